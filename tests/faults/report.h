#ifndef FRIKOMMUNE_TESTS_FAULTS_REPORT_H_
#define FRIKOMMUNE_TESTS_FAULTS_REPORT_H_

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "tests/faults/checker.h"

namespace frikommune::faults {

// How many of something a run makes: the bounded one, and the long one, which
// FRIKOMMUNE_FAULTS_LONG asks for.
int Count(int bounded, int in_the_long_run);

// What a run is to show in one line, which is written on stdout when the test
// program ends.
struct Line {
  // How often the fault was made.
  int count = 0;
  int64_t acknowledged = 0;
  int64_t lost = 0;
  int64_t duplicates = 0;
  // Whether anything else was wrong.
  bool holds = false;
  std::optional<absl::Duration> worst_recovery;
  // The lowest rate before a fault, in acknowledgements a second.
  std::optional<double> lowest_rate;
  // What the control did, and whether the checker found it.
  std::string control;
  std::optional<bool> control_is_red;

  void Take(const Verdict& verdict);
};

// The line of a fault: "1 kill of a service, sqlite".
Line& LineOf(const std::string& fault);

// The least rate before a fault at which it counts.
inline constexpr double kLeastRate = 100;

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_REPORT_H_
