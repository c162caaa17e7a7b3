#include "cli/json_subset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::cli {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

struct Case {
  const char* expected;
  const char* actual;
  bool matches;
};

// clang-format off
constexpr Case kCases[] = {
    // Objects.
    {R"({})", R"({"a":1})", true},
    {R"({"a":1})", R"({"a":1,"b":2})", true},
    {R"({"a":1})", R"({"b":2})", false},
    {R"({"a":{"b":1}})", R"({"a":{"b":1,"c":2}})", true},
    {R"({"a":{"b":1}})", R"({"a":{"c":2}})", false},
    {R"({"a":{}})", R"({})", false},
    // What proto3 JSON leaves out.
    {R"({"a":false})", R"({})", true},
    {R"({"a":true})", R"({})", false},
    {R"({"a":0})", R"({})", true},
    {R"({"a":""})", R"({})", true},
    {R"({"a":[]})", R"({})", true},
    {R"({"a":"GATE_UNSPECIFIED"})", R"({})", true},
    {R"({"a":"GATE_UNSPECIFIED"})", R"({"a":"GATE_X"})", false},
    {R"({"a":false})", R"({"a":true})", false},
    {R"({"a":null})", R"({})", true},
    {R"({"a":null})", R"({"a":1})", false},
    // Lists: in order, with others between.
    {R"([1,3])", R"([1,2,3])", true},
    {R"([3,1])", R"([1,2,3])", false},
    {R"([1,1])", R"([1,2])", false},
    {R"([1,1])", R"([1,1])", true},
    {R"([])", R"([1])", false},
    {R"([])", R"([])", true},
    {R"([{"a":1},{"a":2}])", R"([{"a":1,"b":0},{"a":3},{"a":2}])", true},
    {R"([{"a":2}])", R"([])", false},
    // Values.
    {R"("x")", R"("x")", true},
    {R"("x")", R"("y")", false},
    {R"(5)", R"("5")", true},
    {R"(5)", R"("6")", false},
    {R"("5")", R"(5)", false},
    {R"([1])", R"({"a":1})", false},
    {R"({"a":[1]})", R"({"a":1})", false},
};
// clang-format on

TEST(JsonSubsetTest, MatchesWhatIsExpectedAndNoMore) {
  for (const Case& c : kCases) {
    EXPECT_EQ(
        Differences(json::parse(c.expected), json::parse(c.actual)).empty(),
        c.matches)
        << c.expected << " of " << c.actual;
  }
}

TEST(JsonSubsetTest, AnUnsetOptionalFieldIsNotNo) {
  const auto* type = decision::v1::Decision::descriptor();
  EXPECT_THAT(Differences({{"counts", false}}, json::object(), type),
              ElementsAre(Difference{"counts", "false", "nothing"}));
  EXPECT_THAT(Differences({{"counts", nullptr}}, json::object(), type),
              IsEmpty());
  EXPECT_THAT(
      Differences({{"countsAsExperimentUse", false}}, json::object(), type),
      IsEmpty());
}

TEST(JsonSubsetTest, KnowsAFieldByBothItsNames) {
  const auto* type = decision::v1::Decision::descriptor();
  const json actual = {{"ordinaryLawOutcome", "OUTCOME_LATE"}};
  EXPECT_THAT(
      Differences({{"ordinary_law_outcome", "OUTCOME_LATE"}}, actual, type),
      IsEmpty());
}

TEST(JsonSubsetTest, NamesEachPlaceAndTheClosestElement) {
  const json expected = json::parse(
      R"({"d":"x","verdicts":[{"provision":"b","outcome":"LATE","n":1}]})");
  const json actual = json::parse(
      R"({"d":"y","verdicts":[{"provision":"a","outcome":"LATE"},
                              {"provision":"b","outcome":"OK","n":1}]})");
  EXPECT_THAT(
      Differences(expected, actual),
      ElementsAre(Difference{"d", "\"x\"", "\"y\""},
                  Difference{"verdicts[1].outcome", "\"LATE\"", "\"OK\""}));
}

TEST(JsonSubsetTest, SaysThatTheOrderIsWrong) {
  EXPECT_THAT(
      Differences(json::parse("[3,1]"), json::parse("[1,3]")),
      ElementsAre(Difference{"[2]", "1 here or later", "it earlier only"}));
}

}  // namespace
}  // namespace frikommune::cli
