#ifndef FRIKOMMUNE_CORE_PROOF_DATE_TESTS_H_
#define FRIKOMMUNE_CORE_PROOF_DATE_TESTS_H_

#include <string>
#include <vector>

#include "core/catalog/question.h"

namespace frikommune::proof {

// A test of one date against one date expression: subject >= bound, or
// subject <= bound.
struct DateTest {
  catalog::Slot subject = catalog::kNoSlot;
  catalog::DateExpression bound;
  bool is_from = true;
  // The integer fact that `bound` multiplies with, and a number of it; kNoSlot
  // if it has none.
  catalog::Slot times = catalog::kNoSlot;
  catalog::Value times_value = 0;
  // The one date fact, other than "on", that the test turns on; kNoSlot if it
  // turns on the day alone.
  catalog::Slot anchor = catalog::kNoSlot;
  // Where the bound and the subject turn on the day that is decided for.
  bool bound_reads_day = false;
  bool subject_is_day = false;
};

// The numbers that an integer fact may have where a bound multiplies with it.
using TimesValues =
    absl::FunctionRef<std::vector<catalog::Value>(catalog::Slot times)>;

// Takes the date tests of a condition apart until each turns on one date fact:
// max and min become one test for each part, because adding days and months
// keeps the order of dates. Adds to `refused` the text of a test that turns on
// two date facts at once.
void AddDateTests(const catalog::Condition& condition,
                  const catalog::Area& area, TimesValues times_values,
                  std::vector<DateTest>& tests,
                  std::vector<std::string>& refused);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_DATE_TESTS_H_
