#include "core/civil_time/date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace frikommune::civil_time {
namespace {

constexpr Date kFirstDate = Date::FromDays(-719162);  // 0001-01-01.
constexpr Date kLastDate = Date::FromDays(2932896);   // 9999-12-31.

std::chrono::year_month_day Calendar(Date date) {
  return std::chrono::sys_days(std::chrono::days(date.days()));
}

Date FromCalendar(std::chrono::year_month_day day) {
  return Date::FromDays(static_cast<int32_t>(
      std::chrono::sys_days(day).time_since_epoch().count()));
}

// "00" to "99", one after the other.
constexpr auto kTwoDigits = [] {
  std::array<char, 200> digits{};
  for (int number = 0; number < 100; ++number) {
    digits[2 * number] = static_cast<char>('0' + number / 10);
    digits[2 * number + 1] = static_cast<char>('0' + number % 10);
  }
  return digits;
}();

void WriteTwoDigits(int number, char out[2]) {
  std::memcpy(out, &kTwoDigits[2 * static_cast<size_t>(number)], 2);
}

void Write(Date date, char out[10]) {
  const auto [year, month, day] =
      YearMonthDay(std::clamp(date, kFirstDate, kLastDate));
  WriteTwoDigits(year / 100, out);
  WriteTwoDigits(year % 100, out + 2);
  out[4] = '-';
  WriteTwoDigits(month, out + 5);
  out[7] = '-';
  WriteTwoDigits(day, out + 8);
}

// A date and how it is written.
struct Written {
  Date date;
  char text[10] = {'1', '9', '7', '0', '-', '0', '1', '-', '0', '1'};
};

// The number written by `digits`, or -1 if one of them is no digit.
int Number(absl::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

absl::StatusOr<Date> DateOf(int year, int month, int day) {
  // Within what std::chrono's one-byte months and days can hold.
  if (year >= kFirstYear && year <= kLastYear && month >= 1 && month <= 12 &&
      day >= 1 && day <= 31) {
    const std::chrono::year_month_day calendar(
        std::chrono::year(year),
        std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day)));
    if (calendar.ok()) return FromCalendar(calendar);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("the calendar has no day ", year, "-", month, "-", day));
}

absl::StatusOr<Date> ParseDate(absl::string_view text) {
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const int year = Number(text.substr(0, 4));
    const int month = Number(text.substr(5, 2));
    const int day = Number(text.substr(8, 2));
    if (year >= 0 && month >= 0 && day >= 0) return DateOf(year, month, day);
  }
  return absl::InvalidArgumentError("a date is written YYYY-MM-DD");
}

std::tuple<int, int, int> YearMonthDay(Date date) {
  const auto calendar = Calendar(date);
  return {static_cast<int>(calendar.year()),
          static_cast<int>(static_cast<unsigned>(calendar.month())),
          static_cast<int>(static_cast<unsigned>(calendar.day()))};
}

void FormatDateTo(Date date, char out[10]) {
  // An answer tells the same few days over and over.
  constinit thread_local std::array<Written, 64> lately;
  Written& written = lately[static_cast<uint32_t>(date.days()) % 64];
  if (written.date != date) [[unlikely]] {
    written.date = date;
    Write(date, written.text);
  }
  std::memcpy(out, written.text, sizeof written.text);
}

std::string FormatDate(Date date) {
  std::string text(10, '0');
  FormatDateTo(date, text.data());
  return text;
}

Date AddMonths(Date date, int32_t months) {
  const auto calendar = Calendar(date);
  const int from = static_cast<int>(calendar.year()) * 12 +
                   static_cast<int>(static_cast<unsigned>(calendar.month())) -
                   1;
  const int to = from + months;
  const int year = (to >= 0 ? to : to - 11) / 12;
  const std::chrono::month month(static_cast<unsigned>(to - year * 12 + 1));
  const auto day =
      calendar.day() <= std::chrono::day(28)
          ? calendar.day()
          : std::min(
                calendar.day(),
                (std::chrono::year(year) / month / std::chrono::last).day());
  return FromCalendar({std::chrono::year(year), month, day});
}

DateRange Month(Date start, int n) {
  return {AddMonths(start, n - 1), AddDays(AddMonths(start, n), -1)};
}

}  // namespace frikommune::civil_time
