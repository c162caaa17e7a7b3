// A million random days, against a calendar that shares no line with ours:
// absl's civil time, where date.cc uses std::chrono's.

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>

#include "absl/time/civil_time.h"
#include "core/civil_time/date.h"
#include "gtest/gtest.h"

namespace frikommune::civil_time {
namespace {

constexpr int kDates = 1'000'000;
constexpr uint32_t kSeed = 20190107;  // Fixed, so that a failure comes again.

const absl::CivilDay kEpoch(1970, 1, 1);
const absl::CivilDay kFirst(1, 1, 1);
const absl::CivilDay kLast(9999, 12, 31);

Date FromOracle(absl::CivilDay day) {
  return Date::FromDays(static_cast<int32_t>(day - kEpoch));
}

// Months later, by the oracle: the same day, or the month's last.
absl::CivilDay OracleAddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(absl::CivilDay(month.year(), month.month(), day.day()), last);
}

TEST(DateOracleTest, AgreesOnAMillionDates) {
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<int> any_day(0,
                                             static_cast<int>(kLast - kFirst));
  // Half of the days lie where the law on file does.
  std::uniform_int_distribution<int> near_day(
      static_cast<int>(absl::CivilDay(2010, 1, 1) - kFirst),
      static_cast<int>(absl::CivilDay(2030, 12, 31) - kFirst));
  std::uniform_int_distribution<int> some_days(-4000, 4000);
  std::uniform_int_distribution<int> some_months(-120, 120);

  for (int i = 0; i < kDates; ++i) {
    const absl::CivilDay day =
        kFirst + (i % 2 == 0 ? near_day(random) : any_day(random));
    const Date date = FromOracle(day);
    const auto [y, m, d] = YearMonthDay(date);
    ASSERT_TRUE(y == day.year() && m == day.month() && d == day.day())
        << day << " is taken for " << y << "-" << m << "-" << d;
    const absl::StatusOr<Date> made = DateOf(y, m, d);
    ASSERT_TRUE(made.ok()) << day << ": " << made.status();
    ASSERT_EQ(made->days(), date.days()) << day;

    std::string text = absl::FormatCivilTime(day);
    text.insert(0, 10 - text.size(), '0');  // The oracle does not pad years.
    ASSERT_EQ(FormatDate(date), text);
    const absl::StatusOr<Date> read = ParseDate(text);
    ASSERT_TRUE(read.ok()) << text << ": " << read.status();
    ASSERT_EQ(*read, date) << text;

    const int days = some_days(random);
    ASSERT_EQ(AddDays(date, days), FromOracle(day + days))
        << day << " + " << days << " days";
    ASSERT_EQ(DaysBetween(date, AddDays(date, days)), days);
    const int months = some_months(random);
    ASSERT_EQ(AddMonths(date, months), FromOracle(OracleAddMonths(day, months)))
        << day << " + " << months << " months";
    const int n = 1 + i % 24;
    ASSERT_EQ(Month(date, n),
              (DateRange{FromOracle(OracleAddMonths(day, n - 1)),
                         FromOracle(OracleAddMonths(day, n) - 1)}))
        << day << " month " << n;
  }
}

TEST(DateOracleTest, AgreesWhichDaysExist) {
  for (int year = 1895; year <= 2105; ++year) {
    for (int month = -1; month <= 14; ++month) {
      for (int day = -1; day <= 33; ++day) {
        // The oracle carries a day that does not exist over to one that does.
        const absl::CivilDay carried(year, month, day);
        const bool exists = carried.year() == year &&
                            carried.month() == month && carried.day() == day;
        ASSERT_EQ(DateOf(year, month, day).ok(), exists)
            << year << "-" << month << "-" << day;
      }
    }
  }
}

}  // namespace
}  // namespace frikommune::civil_time
