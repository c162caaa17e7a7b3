#ifndef FRIKOMMUNE_CORE_AGENDA_REFUSALS_H_
#define FRIKOMMUNE_CORE_AGENDA_REFUSALS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "frikommune/rehab/v1/agenda.pb.h"

namespace frikommune::rehab {

// How the agenda refuses, in the same words whoever does: the use case or a
// store. `field` is the field of the request at fault.

// NOT_FOUND, reason RESOURCE_UNKNOWN.
absl::Status ResourceUnknown(absl::string_view field);

// ABORTED, reason ETAG_STALE.
absl::Status EtagStale();

// INVALID_ARGUMENT, reason REQUEST_ID_REUSED.
absl::Status RequestIdReused();

// FAILED_PRECONDITION, with the reason of the same name.
absl::Status MeetingDayFull(absl::string_view field);
absl::Status MeetingDayCancelled(absl::string_view field);
absl::Status MeetingDayPast(absl::string_view field);
absl::Status DeadlineMissed(absl::string_view field, absl::string_view message);

// FAILED_PRECONDITION, reason STATE_CONFLICT.
absl::Status StateConflict(absl::string_view field, absl::string_view message);

// ALREADY_EXISTS, reason ALREADY_ON_AGENDA.
absl::Status AlreadyOnAgenda();

// What a caller is told of a day that does not do: the reasons above, and for
// one that lies before the case's first day, or has no education member,
// INVALID_ARGUMENT, reason CONFLICT. OK of DAY_REFUSAL_UNSPECIFIED.
absl::Status StatusOf(v1::DayRefusal refusal, absl::string_view field);

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_CORE_AGENDA_REFUSALS_H_
