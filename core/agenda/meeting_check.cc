#include "core/agenda/meeting_check.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/civil_time/date.h"
#include "core/error/error.h"

namespace frikommune::rehab {
namespace {

// Who is on every team (domain 4.2).
constexpr v1::TeamRole kAlwaysThere[] = {
    v1::TEAM_ROLE_EMPLOYMENT, v1::TEAM_ROLE_HEALTH, v1::TEAM_ROLE_SOCIAL,
    v1::TEAM_ROLE_HEALTH_COORDINATOR};

absl::Status Refuse(decision::v1::ErrorReason reason, const std::string& field,
                    absl::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, field, message);
}

bool IsThere(const v1::TeamMeeting& meeting, v1::TeamRole role) {
  return std::any_of(
      meeting.members().begin(), meeting.members().end(),
      [role](const v1::TeamMember& member) { return member.role() == role; });
}

}  // namespace

absl::Status CheckTeamMeeting(const v1::TeamMeeting& meeting) {
  if (!civil_time::ParseDate(meeting.date()).ok()) {
    return Refuse(decision::v1::ERROR_REASON_DATE_INVALID, "team_meeting.date",
                  "the date is not a day of the calendar");
  }
  for (const v1::TeamRole role : kAlwaysThere) {
    if (IsThere(meeting, role)) continue;
    return Refuse(
        decision::v1::ERROR_REASON_FIELD_REQUIRED, "team_meeting.members",
        absl::StrCat(absl::StripPrefix(v1::TeamRole_Name(role), "TEAM_ROLE_"),
                     " is not among the members"));
  }
  // A team is a handful.
  for (int i = 0; i < meeting.members_size(); ++i) {
    for (int j = 0; j < i; ++j) {
      if (meeting.members(i).member() != meeting.members(j).member()) continue;
      return Refuse(decision::v1::ERROR_REASON_CONFLICT,
                    absl::StrCat("team_meeting.members[", i, "].member"),
                    "the member is there twice");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckWaitingCase(const v1::WaitingCase& waiting,
                              const std::string& field) {
  if (waiting.deadline().empty() || waiting.earliest() <= waiting.deadline()) {
    return absl::OkStatus();
  }
  return Refuse(decision::v1::ERROR_REASON_DATE_ORDER, field + ".deadline",
                "the deadline lies before the first day");
}

}  // namespace frikommune::rehab
