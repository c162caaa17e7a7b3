#ifndef FRIKOMMUNE_CORE_AGENDA_CHANGES_H_
#define FRIKOMMUNE_CORE_AGENDA_CHANGES_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "frikommune/rehab/v1/agenda.pb.h"

namespace frikommune::rehab {

// How days and items change, whatever keeps them. Etags are the store's own.

// A day as it begins: OPEN, with every place free and no etag.
v1::TeamMeeting NewDay(const v1::TeamMeeting& asked);

// An item as it begins: its name and case, waiting, and on no day.
v1::AgendaItem NewItem(const v1::AgendaItem& asked);

// EtagStale if `seen` is neither empty nor `etag`.
absl::Status CheckEtag(absl::string_view seen, absl::string_view etag);

// Whether a case can be put on the day: MeetingDayCancelled, MeetingDayFull,
// field team_meeting.
absl::Status CheckPlace(const v1::TeamMeeting& day);

// The item is on the day, or on none. The day's count is not touched.
void PutOn(const v1::TeamMeeting& day, int place, v1::AgendaItem& item);
void TakeOff(v1::AgendaItem& item);

// An item whose day was cancelled waits again once it is on another, and what
// certificates said is forgotten. Returns whether it was such a one.
bool WaitAgain(v1::AgendaItem& item);

// What certificates says of an item that waits; any other stays as it is.
// Returns whether it changed.
bool Settle(v1::AgendaItemState state, absl::string_view certificate,
            v1::AgendaItem& item);

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_CORE_AGENDA_CHANGES_H_
