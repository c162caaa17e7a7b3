#include "tests/faults/report.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "absl/strings/str_format.h"

namespace frikommune::faults {
namespace {

std::map<std::string, Line>& Lines() {
  static auto* const kLines = new std::map<std::string, Line>();
  return *kLines;
}

class Printer final : public testing::Environment {
 public:
  void TearDown() override {
    for (const auto& [fault, line] : Lines()) {
      std::cout << absl::StreamFormat(
          "fault %s: count=%d acknowledged=%d lost=%d duplicates=%d holds=%s",
          fault, line.count, line.acknowledged, line.lost, line.duplicates,
          line.holds ? "yes" : "NO");
      if (line.worst_recovery.has_value()) {
        std::cout << absl::StreamFormat(
            " worst_recovery=%.2fs",
            absl::ToDoubleSeconds(*line.worst_recovery));
      }
      if (line.lowest_rate.has_value()) {
        std::cout << absl::StreamFormat(" lowest_rate=%.0f/s",
                                        *line.lowest_rate);
      }
      if (line.control_is_red.has_value()) {
        std::cout << absl::StreamFormat(" control(%s)=%s", line.control,
                                        *line.control_is_red ? "red" : "GREEN");
      }
      std::cout << std::endl;
    }
  }
};

// GoogleTest owns it.
[[maybe_unused]] testing::Environment* const kPrinter =
    testing::AddGlobalTestEnvironment(new Printer);

}  // namespace

int Count(int bounded, int in_the_long_run) {
  return std::getenv("FRIKOMMUNE_FAULTS_LONG") == nullptr ? bounded
                                                          : in_the_long_run;
}

void Line::Take(const Verdict& verdict) {
  acknowledged = verdict.acknowledged;
  lost = verdict.lost;
  duplicates = verdict.duplicated;
  holds = verdict.Holds();
}

Line& LineOf(const std::string& fault) { return Lines()[fault]; }

}  // namespace frikommune::faults
