#ifndef FRIKOMMUNE_CORE_SCHEDULING_RECEIPT_H_
#define FRIKOMMUNE_CORE_SCHEDULING_RECEIPT_H_

#include <optional>
#include <vector>

#include "core/civil_time/date.h"

namespace frikommune::scheduling {

// A benefit received for some months within some more (domain 6.1 no. 10).
//
// On day d the days [d - within, d - 1] are looked at, of those only the days
// after the last completed reassessment. With a the first of them with the
// benefit, the condition holds if the days with it are at least as many as from
// a to a + months.
struct ReceiptTerm {
  int months;
  int within_months;
};

// The first day `a` as of the first day of the present run of days on which the
// condition holds; none if it does not hold on `day`. `received` is in time
// order without overlap; `reset` is the last completed reassessment.
std::optional<civil_time::Date> ReceiptSince(
    const ReceiptTerm& term, const std::vector<civil_time::DateRange>& received,
    std::optional<civil_time::Date> reset, civil_time::Date day);

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_RECEIPT_H_
