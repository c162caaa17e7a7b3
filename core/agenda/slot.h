#ifndef FRIKOMMUNE_CORE_AGENDA_SLOT_H_
#define FRIKOMMUNE_CORE_AGENDA_SLOT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "frikommune/rehab/v1/agenda.pb.h"

namespace frikommune::rehab {

// Dates in this folder are written YYYY-MM-DD and have been checked, so that
// they compare as text. An empty one sets no limit.

// Why a day of the team does not do for a case; DAY_REFUSAL_UNSPECIFIED if it
// does. The first reason in this order: cancelled, past, too early, after the
// deadline, no education member, full. Days before `as_of` are past; `as_of`
// itself, the case's first day and its deadline are not refused.
v1::DayRefusal RefusalOf(const v1::TeamMeeting& meeting,
                         const v1::WaitingCase& waiting,
                         absl::string_view as_of);

// The first day that does for a case, and what was tried before it.
struct AgendaSlot {
  // Null if no day does.
  const v1::TeamMeeting* meeting = nullptr;
  // The days before it; where no day does, the days before `schedulable_from`,
  // and all of them if that is empty too.
  std::vector<v1::TriedDay> tried;
  // Where no day does: the first day that would do but for the deadline. Empty
  // if there is none.
  std::string schedulable_from;
};

// `meetings` are in the order of their dates and outlive the slot.
AgendaSlot FindSlot(absl::Span<const v1::TeamMeeting> meetings,
                    const v1::WaitingCase& waiting, absl::string_view as_of);

// Whether an education member is on the team that day.
bool HasEducationMember(const v1::TeamMeeting& meeting);

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_CORE_AGENDA_SLOT_H_
