#ifndef FRIKOMMUNE_CORE_AGENDA_ASSIGNMENT_H_
#define FRIKOMMUNE_CORE_AGENDA_ASSIGNMENT_H_

#include <vector>

#include "absl/types/span.h"

namespace frikommune::rehab {

// A day with places left. Days are numbered from 0 in their order.
struct PlanDay {
  // How many cases it can still take; 0 or more.
  int places = 0;
  // Whether the education member is there.
  bool education = false;
};

// A case, and the days that do for it: from `first` to `last`, which are days,
// and of those only days with an education member if it needs one. None if
// `last` is less.
struct PlanCase {
  int first = 0;
  int last = -1;
  bool needs_education = false;
  // Whether a day after `last` would be too late. A case without a deadline
  // gives way to those that have one.
  bool has_deadline = false;
};

// No day.
constexpr int kNoDay = -1;

// The day of each case, or kNoDay.
//
//  1. As many cases as can be meet their deadline.
//  2. Then as many of the others as can be have a day.
//  3. Then days are early: no assignment at all has more cases within the first
//     k days, whatever k.
//
// Equal arguments give equal answers. Never takes longer than the order of the
// square of the cases, and most often that of cases x days.
std::vector<int> Assign(absl::Span<const PlanDay> days,
                        absl::Span<const PlanCase> cases);

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_CORE_AGENDA_ASSIGNMENT_H_
