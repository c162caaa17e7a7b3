#include "core/agenda/plan.h"

#include <algorithm>
#include <vector>

#include "core/agenda/assignment.h"
#include "core/agenda/slot.h"

namespace frikommune::rehab {
namespace {

PlanDay DayOf(const v1::TeamMeeting& meeting, absl::string_view as_of) {
  PlanDay day;
  day.education = HasEducationMember(meeting);
  const bool usable = meeting.state() != v1::TEAM_MEETING_STATE_CANCELLED &&
                      meeting.date() >= as_of;
  if (usable) day.places = std::max(meeting.capacity() - meeting.booked(), 0);
  return day;
}

PlanCase CaseOf(absl::Span<const v1::TeamMeeting> meetings,
                const v1::WaitingCase& waiting) {
  const auto first = std::partition_point(
      meetings.begin(), meetings.end(), [&](const v1::TeamMeeting& meeting) {
        return meeting.date() < waiting.earliest();
      });
  const auto end = std::partition_point(
      meetings.begin(), meetings.end(), [&](const v1::TeamMeeting& meeting) {
        return waiting.deadline().empty() ||
               meeting.date() <= waiting.deadline();
      });
  PlanCase planned;
  planned.first = static_cast<int>(first - meetings.begin());
  planned.last = static_cast<int>(end - meetings.begin()) - 1;
  planned.needs_education = waiting.needs_education_member();
  planned.has_deadline = !waiting.deadline().empty();
  return planned;
}

}  // namespace

void PlanAgenda(
    absl::Span<const v1::TeamMeeting> meetings,
    const google::protobuf::RepeatedPtrField<v1::WaitingCase>& cases,
    absl::string_view as_of, v1::PlanAgendaResponse& response) {
  std::vector<PlanDay> days;
  days.reserve(meetings.size());
  for (const auto& meeting : meetings) days.push_back(DayOf(meeting, as_of));
  std::vector<PlanCase> waiting;
  waiting.reserve(static_cast<size_t>(cases.size()));
  for (const auto& one : cases) waiting.push_back(CaseOf(meetings, one));

  const std::vector<int> day_of = Assign(days, waiting);
  response.mutable_planned()->Reserve(cases.size());
  for (int i = 0; i < cases.size(); ++i) {
    v1::PlannedCase& planned = *response.add_planned();
    planned.set_case_id(cases[i].case_id());
    const int day = day_of[static_cast<size_t>(i)];
    if (day == kNoDay) {
      response.set_missed_count(response.missed_count() + 1);
      continue;
    }
    const v1::TeamMeeting& meeting = meetings[static_cast<size_t>(day)];
    planned.set_team_meeting(meeting.name());
    planned.set_date(meeting.date());
  }
}

}  // namespace frikommune::rehab
