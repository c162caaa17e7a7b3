#ifndef FRIKOMMUNE_CORE_SCHEDULING_STATUS_H_
#define FRIKOMMUNE_CORE_SCHEDULING_STATUS_H_

#include "core/decision/allowed_days.h"
#include "core/scheduling/planner.h"

namespace frikommune::scheduling {

// Where a duty with windows stands on `as_of`, by the days that are left of
// those on which it may be done. `waits` says that one before it is not done.
v1::DutyStatus StatusByDays(const decision::Stretches& days,
                            const DutyView& duty, catalog::Value as_of,
                            bool waits);

// Where a duty without windows stands on `as_of`, by its outcome and its
// deadline. `has_event` says that an event fulfils it.
v1::DutyStatus StatusByOutcome(decision::v1::Outcome outcome,
                               catalog::Value deadline, catalog::Value as_of,
                               bool has_event);

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_STATUS_H_
