// Every case beside the law and the experiments, and every example, answered by
// a real server process.

#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/replay.h"
#include "gmock/gmock.h"
#include "tests/e2e/server_process.h"

namespace frikommune {
namespace {

// The server, once for all tests of this program.
const e2e::ServerProcess& Server() {
  static const e2e::ServerProcess kServer;  // Ends with the program.
  return kServer;
}

struct Outcome {
  int exit_code;
  std::string text;
};

Outcome Replay(const std::string& file, std::istream& in) {
  cli::ReplayOptions options;
  options.files = {file};
  options.target = Server().grpc_address();
  std::ostringstream out;
  const int exit_code = cli::RunReplay(options, in, out);
  return {exit_code, out.str()};
}

// The lines of a report that are not about a case that passed.
std::string Findings(const std::string& text) {
  std::istringstream lines(text);
  std::string findings;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("ok ", 0) != 0) findings += line + "\n";
  }
  return findings;
}

class CasesTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { ASSERT_TRUE(Server().ready()); }
};

TEST_P(CasesTest, AreAnsweredAsExpected) {
  std::istringstream nothing;
  const Outcome outcome =
      Replay(std::string(FRIKOMMUNE_SOURCE_DIR) + "/" + GetParam(), nothing);
  EXPECT_EQ(outcome.exit_code, 0) << Findings(outcome.text);
  EXPECT_THAT(outcome.text, testing::HasSubstr(" passed, 0 failed"));
}

INSTANTIATE_TEST_SUITE_P(Folders, CasesTest,
                         testing::Values("catalog/law", "catalog/experiments",
                                         "examples"),
                         [](const auto& folder) {
                           std::string name = folder.param;
                           for (char& c : name) {
                             if (c == '/') c = '_';
                           }
                           return name;
                         });

// The check itself can fail: one wrong word in an expectation turns it red.
TEST_F(CasesTest, AWrongExpectationFails) {
  std::ifstream file(
      std::string(FRIKOMMUNE_SOURCE_DIR) +
      "/catalog/experiments/e01-meeting-requirements/cases.jsonl");
  std::string line;
  ASSERT_TRUE(std::getline(file, line));
  const std::string right = "\"outcome\":\"OUTCOME_ALLOWED_BY_EXPERIMENT\"";
  const size_t at = line.find(right);
  ASSERT_NE(at, std::string::npos);
  line.replace(at, right.size(), "\"outcome\":\"OUTCOME_LATE\"");
  std::istringstream in(line + "\n");
  const Outcome outcome = Replay("-", in);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.text, testing::HasSubstr("0 passed, 1 failed"));
}

// The acceptance cases that the platform promises for scheduling are all there,
// by their numbers.
TEST(AcceptanceTest, EveryNumberOfSchedulingHasACase) {
  std::string all;
  for (const char* folder :
       {"law/scheduling", "experiments/e01-meeting-requirements",
        "experiments/e06-resource-plan-6m", "experiments/e07-pension-followups",
        "experiments/e08-allowance-reassessment",
        "experiments/e10-integration-contact",
        "experiments/e14-mentor-rules"}) {
    std::ifstream file(std::string(FRIKOMMUNE_SOURCE_DIR) + "/catalog/" +
                       folder + "/cases.jsonl");
    ASSERT_TRUE(file) << folder;
    std::ostringstream text;
    text << file.rdbuf();
    all += text.str();
  }
  const auto has = [&all](int number) {
    return all.find(absl::StrCat("\"AC-", absl::Dec(number, absl::kZeroPad2),
                                 " ")) != std::string::npos;
  };
  const auto expect = [&has](int first, int last) {
    for (int number = first; number <= last; ++number) {
      EXPECT_TRUE(has(number)) << "AC-" << number;
    }
  };
  expect(1, 46);
  expect(85, 87);
  expect(95, 99);
  expect(107, 110);
  EXPECT_FALSE(has(113));
}

}  // namespace
}  // namespace frikommune
