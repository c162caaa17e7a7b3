// Every case beside the law and the experiments, and every example, answered by
// the real server processes.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/replay.h"
#include "gmock/gmock.h"
#include "tests/e2e/three_servers.h"

namespace frikommune {
namespace {

// The servers, once for all tests of this program.
const e2e::ThreeServers& Servers() {
  static const e2e::ThreeServers kServers;  // They end with the program.
  return kServers;
}

struct Outcome {
  int exit_code;
  std::string text;
};

Outcome Replay(const std::string& file, std::istream& in) {
  cli::ReplayOptions options;
  options.files = {file};
  options.targets = Servers().targets();
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
  void SetUp() override { ASSERT_TRUE(Servers().ready()); }
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

// All that stands beside the law and the experiments.
std::string AllCases() {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::string(FRIKOMMUNE_SOURCE_DIR) + "/catalog")) {
    if (entry.path().extension() != ".jsonl") continue;
    std::ifstream file(entry.path());
    std::ostringstream text;
    text << file.rdbuf();
    all += text.str();
  }
  return all;
}

// The acceptance cases that the platform promises are all there, by their
// numbers.
TEST(AcceptanceTest, EveryPromisedNumberHasACase) {
  const std::string all = AllCases();
  const auto has = [&all](int number) {
    return all.find(absl::StrCat("\"AC-", absl::Dec(number, absl::kZeroPad2),
                                 " ")) != std::string::npos;
  };
  const auto expect = [&has](int first, int last) {
    for (int number = first; number <= last; ++number) {
      EXPECT_TRUE(has(number)) << "AC-" << number;
    }
  };
  expect(1, 75);
  expect(85, 87);
  expect(95, 99);
  expect(105, 110);
  EXPECT_FALSE(has(113));
}

}  // namespace
}  // namespace frikommune
