#ifndef FRIKOMMUNE_CORE_AGENDA_MEETING_CHECK_H_
#define FRIKOMMUNE_CORE_AGENDA_MEETING_CHECK_H_

#include <string>

#include "absl/status/status.h"
#include "frikommune/rehab/v1/agenda.pb.h"

namespace frikommune::rehab {

// Whether the team can meet so. INVALID_ARGUMENT, with the field below
// "team_meeting":
//
//   DATE_INVALID    the date is no day of the calendar
//   FIELD_REQUIRED  employment, health, social services or the health
//                   coordinator is not among the members
//   CONFLICT        a person is there twice
//
// What the contract states on single fields is checked by core/request.
absl::Status CheckTeamMeeting(const v1::TeamMeeting& meeting);

// Whether a case can wait so. INVALID_ARGUMENT, reason DATE_ORDER, field
// `field`.deadline, if the deadline lies before the first day.
absl::Status CheckWaitingCase(const v1::WaitingCase& waiting,
                              const std::string& field);

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_CORE_AGENDA_MEETING_CHECK_H_
