#ifndef FRIKOMMUNE_CORE_SCHEDULING_DATES_H_
#define FRIKOMMUNE_CORE_SCHEDULING_DATES_H_

#include <string>

#include "core/civil_time/date.h"

namespace frikommune::scheduling {

// A day beyond every date that can be written, and far from overflow.
inline constexpr civil_time::Date kNever =
    civil_time::Date::FromDays(100'000'000);

// The date in a field that has been checked; kNever for one that has not.
inline civil_time::Date DateIn(const std::string& text) {
  return civil_time::ParseDate(text).value_or(kNever);
}

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_DATES_H_
