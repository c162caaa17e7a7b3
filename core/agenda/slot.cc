#include "core/agenda/slot.h"

#include <algorithm>

namespace frikommune::rehab {

bool HasEducationMember(const v1::TeamMeeting& meeting) {
  return std::any_of(meeting.members().begin(), meeting.members().end(),
                     [](const v1::TeamMember& member) {
                       return member.role() == v1::TEAM_ROLE_EDUCATION;
                     });
}

v1::DayRefusal RefusalOf(const v1::TeamMeeting& meeting,
                         const v1::WaitingCase& waiting,
                         absl::string_view as_of) {
  if (meeting.state() == v1::TEAM_MEETING_STATE_CANCELLED) {
    return v1::DAY_REFUSAL_CANCELLED;
  }
  if (meeting.date() < as_of) return v1::DAY_REFUSAL_PAST;
  if (meeting.date() < waiting.earliest()) return v1::DAY_REFUSAL_TOO_EARLY;
  if (!waiting.deadline().empty() && meeting.date() > waiting.deadline()) {
    return v1::DAY_REFUSAL_AFTER_DEADLINE;
  }
  if (waiting.needs_education_member() && !HasEducationMember(meeting)) {
    return v1::DAY_REFUSAL_NO_EDUCATION_MEMBER;
  }
  if (meeting.booked() >= meeting.capacity()) return v1::DAY_REFUSAL_FULL;
  return v1::DAY_REFUSAL_UNSPECIFIED;
}

AgendaSlot FindSlot(absl::Span<const v1::TeamMeeting> meetings,
                    const v1::WaitingCase& waiting, absl::string_view as_of) {
  v1::WaitingCase patient = waiting;
  patient.clear_deadline();
  AgendaSlot slot;
  for (const v1::TeamMeeting& meeting : meetings) {
    const v1::DayRefusal refusal = RefusalOf(meeting, waiting, as_of);
    if (refusal == v1::DAY_REFUSAL_UNSPECIFIED) {
      slot.meeting = &meeting;
      return slot;
    }
    // Days come in their order, so none after this one keeps the deadline.
    if (RefusalOf(meeting, patient, as_of) == v1::DAY_REFUSAL_UNSPECIFIED) {
      slot.schedulable_from = meeting.date();
      return slot;
    }
    v1::TriedDay& tried = slot.tried.emplace_back();
    tried.set_team_meeting(meeting.name());
    tried.set_date(meeting.date());
    tried.set_refusal(refusal);
  }
  return slot;
}

}  // namespace frikommune::rehab
