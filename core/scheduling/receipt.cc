#include "core/scheduling/receipt.h"

#include <algorithm>

namespace frikommune::scheduling {
namespace {

using civil_time::AddDays;
using civil_time::AddMonths;
using civil_time::Date;
using civil_time::DateRange;
using civil_time::DaysBetween;

// The first day with the benefit in the days looked at on `day`, if the
// condition holds then.
std::optional<Date> HoldsOn(const ReceiptTerm& term,
                            const std::vector<DateRange>& received,
                            std::optional<Date> reset, Date day) {
  Date from = AddMonths(day, -term.within_months);
  if (reset.has_value()) from = std::max(from, AddDays(*reset, 1));
  const Date to = AddDays(day, -1);
  std::optional<Date> first;
  int32_t days = 0;
  for (const DateRange& spell : received) {
    const DateRange seen = {std::max(spell.first, from),
                            std::min(spell.last, to)};
    if (seen.Empty()) continue;
    if (!first.has_value()) first = seen.first;
    days += DaysBetween(seen.first, seen.last) + 1;
  }
  if (!first.has_value()) return std::nullopt;
  if (days < DaysBetween(*first, AddMonths(*first, term.months)))
    return std::nullopt;
  return first;
}

}  // namespace

std::optional<Date> ReceiptSince(const ReceiptTerm& term,
                                 const std::vector<DateRange>& received,
                                 std::optional<Date> reset, Date day) {
  std::optional<Date> since = HoldsOn(term, received, reset, day);
  if (!since.has_value()) return std::nullopt;
  // Back to the first day of this run: it cannot have begun before the benefit.
  while (day > received.front().first) {
    day = AddDays(day, -1);
    const std::optional<Date> before = HoldsOn(term, received, reset, day);
    if (!before.has_value()) break;
    since = before;
  }
  return since;
}

}  // namespace frikommune::scheduling
