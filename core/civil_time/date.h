#ifndef FRIKOMMUNE_CORE_CIVIL_TIME_DATE_H_
#define FRIKOMMUNE_CORE_CIVIL_TIME_DATE_H_

#include <cstdint>
#include <string>
#include <tuple>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace frikommune::civil_time {

// A civil date in Europe/Copenhagen, without time of day (domain 6.1 no. 1).
// A value: cheap to copy, ordered, safe to share.
class Date {
 public:
  // 1970-01-01.
  constexpr Date() = default;

  // `days` after 1970-01-01; negative before it.
  static constexpr Date FromDays(int32_t days) { return Date(days); }

  constexpr int32_t days() const { return days_; }

  friend constexpr auto operator<=>(Date, Date) = default;

 private:
  explicit constexpr Date(int32_t days) : days_(days) {}

  int32_t days_ = 0;
};

// The years that can be written: 0001 to 9999.
constexpr int kFirstYear = 1;
constexpr int kLastYear = 9999;

// The date of a year, month and day. INVALID_ARGUMENT if the calendar has no
// such day, or the year is outside 0001 to 9999.
absl::StatusOr<Date> DateOf(int year, int month, int day);

// Reads a date written YYYY-MM-DD, and nothing else. INVALID_ARGUMENT if it is
// not written so, or the calendar has no such day.
absl::StatusOr<Date> ParseDate(absl::string_view text);

// Writes a date as YYYY-MM-DD. A date outside the years that can be written is
// written as the nearest day within them.
std::string FormatDate(Date date);

// Likewise, to `out`, without a terminating zero.
void FormatDateTo(Date date, char out[10]);

// The year, month and day of a date.
std::tuple<int, int, int> YearMonthDay(Date date);

// `days` later; earlier if negative.
constexpr Date AddDays(Date date, int32_t days) {
  return Date::FromDays(date.days() + days);
}

// `weeks` of seven days later.
constexpr Date AddWeeks(Date date, int32_t weeks) {
  return AddDays(date, 7 * weeks);
}

// `months` later, on the same day of the month, or on the month's last day if
// it is shorter: 31 August + 6 months = 28 February (domain 6.1 no. 5).
Date AddMonths(Date date, int32_t months);

// Days from `from` to `to`; negative if `to` is earlier.
constexpr int32_t DaysBetween(Date from, Date to) {
  return to.days() - from.days();
}

// The days from `first` to `last`, both included; empty if `last` is earlier.
struct DateRange {
  Date first;
  Date last;

  constexpr bool Contains(Date date) const {
    return first <= date && date <= last;
  }
  constexpr bool Empty() const { return last < first; }
  friend constexpr bool operator==(const DateRange&,
                                   const DateRange&) = default;
};

// Week `n`, from 1, counted from day 0 `start`: [start + 7(n-1), start + 7n -
// 1] (domain 6.1 no. 3).
constexpr DateRange Week(Date start, int n) {
  return {AddWeeks(start, n - 1), AddDays(AddWeeks(start, n), -1)};
}

// Month `n`, from 1: [start + (n-1) months, start + n months - 1 day] (domain
// 6.1 no. 5).
DateRange Month(Date start, int n);

// 26 weeks is 182 days; "under 26 weeks" is up to 181 (domain 6.1 no. 9).
constexpr int32_t kTwentySixWeeksDays = 182;

}  // namespace frikommune::civil_time

#endif  // FRIKOMMUNE_CORE_CIVIL_TIME_DATE_H_
