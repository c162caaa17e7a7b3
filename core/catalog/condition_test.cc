#include "core/catalog/condition.h"

#include "core/civil_time/date.h"
#include "frikommune/scheduling/v1/contact_course.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"

namespace frikommune::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Layout MakeLayout() {
  Vocabulary words;
  words.AddMessage("", scheduling::v1::ContactCourse::descriptor());
  words.AddMessage("", scheduling::v1::DerivedFacts::descriptor());
  Layout layout(std::move(words));
  layout.Seal();
  return layout;
}

v1::Condition Read(const std::string& text) {
  v1::Condition condition;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &condition))
      << text;
  return condition;
}

// A case of a test: what it says of a fact with a value.
struct Case {
  const char* name;
  const char* test;
  const char* fact;
  Value value;
  Truth want;
};

const Value kDay = civil_time::ParseDate("2019-07-06")->days();
const Value kStart = civil_time::ParseDate("2019-01-07")->days();

// Both sides of every limit; start is 2019-01-07.
// clang-format off
const Case kCases[] = {
    {"NumberBelow",      R"(fact: "weekly_ordinary_hours" at_least: 20)", "weekly_ordinary_hours", 19, Truth::kFalse},
    {"NumberAt",         R"(fact: "weekly_ordinary_hours" at_least: 20)", "weekly_ordinary_hours", 20, Truth::kTrue},
    {"NumberMissing",    R"(fact: "weekly_ordinary_hours" at_least: 20)", "weekly_ordinary_hours", kUnknown, Truth::kMaybe},
    {"RangeTop",         R"(fact: "days_to_exit" at_least: 0 at_most: 42)", "days_to_exit", 42, Truth::kTrue},
    {"RangeOver",        R"(fact: "days_to_exit" at_least: 0 at_most: 42)", "days_to_exit", 43, Truth::kFalse},
    {"RangeUnder",       R"(fact: "days_to_exit" at_least: 0 at_most: 42)", "days_to_exit", -1, Truth::kFalse},
    {"Yes",              R"(fact: "seasonal" is: true)", "seasonal", 1, Truth::kTrue},
    {"NoIsNotYes",       R"(fact: "seasonal" is: true)", "seasonal", 0, Truth::kFalse},
    {"No",               R"(fact: "seasonal" is: false)", "seasonal", 0, Truth::kTrue},
    {"UnsetIsNotNo",     R"(fact: "seasonal" is: false)", "seasonal", kUnknown, Truth::kMaybe},
    {"OneOf",            R"(fact: "risk" in: "RISK_LOW" in: "RISK_HIGH")", "risk", scheduling::v1::RISK_HIGH, Truth::kTrue},
    {"NoneOf",           R"(fact: "risk" in: "RISK_LOW" in: "RISK_HIGH")", "risk", scheduling::v1::RISK_MEDIUM, Truth::kFalse},
    {"AnsweredNo",       R"(fact: "available" answered: true)", "available", 0, Truth::kTrue},
    {"NotAnswered",      R"(fact: "available" answered: true)", "available", kUnknown, Truth::kMaybe},
    {"LastDay",          R"(fact: "on" to: "start + 6m - 1d")", "on", kDay, Truth::kTrue},
    {"DayAfter",         R"(fact: "on" to: "start + 6m - 1d")", "on", kDay + 1, Truth::kFalse},
    {"FirstDay",         R"(fact: "on" from: "start + 6m - 1d" to: "start + 7m")", "on", kDay, Truth::kTrue},
    {"DayBefore",        R"(fact: "on" from: "start + 6m - 1d" to: "start + 7m")", "on", kDay - 1, Truth::kFalse},
    {"NoDateAtAll",      R"(fact: "last_followup" to: "on")", "last_followup", kNone, Truth::kFalse},
    {"FromNoDate",       R"(fact: "on" from: "last_followup")", "last_followup", kNone, Truth::kFalse},
    {"FromMissingDate",  R"(fact: "on" from: "last_followup")", "last_followup", kUnknown, Truth::kMaybe},
};
// clang-format on

class ConditionTest : public testing::TestWithParam<Case> {};

TEST_P(ConditionTest, Says) {
  Layout layout = MakeLayout();
  const auto condition = CompileCondition(Read(GetParam().test), layout);
  ASSERT_TRUE(condition.ok()) << condition.status();
  Facts facts(layout);
  const auto slot = [&layout](const char* name) {
    return layout.vocabulary().Find(name)->slot;
  };
  facts.Set(slot("start"), kStart);
  facts.Set(slot("on"), kDay);
  facts.Set(slot(GetParam().fact), GetParam().value);
  EXPECT_EQ(Evaluate(*condition, facts), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Limits, ConditionTest, testing::ValuesIn(kCases),
                         [](const auto& given) {
                           return std::string(given.param.name);
                         });

class ConditionsTest : public testing::Test {
 protected:
  Condition Compile(const std::string& text) {
    auto condition = CompileCondition(Read(text), layout_);
    EXPECT_TRUE(condition.ok()) << condition.status();
    return *std::move(condition);
  }
  std::string Refusal(const std::string& text) {
    return std::string(
        CompileCondition(Read(text), layout_).status().message());
  }
  Slot SlotOf(const char* name) {
    return layout_.vocabulary().Find(name)->slot;
  }

  Layout layout_ = MakeLayout();
};

TEST_F(ConditionsTest, FalseWinsOverUnknownAndUnknownOverTrue) {
  const std::vector<Condition> conditions = {
      Compile(R"(fact: "seasonal" is: true)"),
      Compile(R"(fact: "weekly_ordinary_hours" at_least: 20)")};
  Facts facts(layout_);
  EXPECT_EQ(EvaluateAll(conditions, facts), Truth::kMaybe);
  facts.Set(SlotOf("seasonal"), 1);
  EXPECT_EQ(EvaluateAll(conditions, facts), Truth::kMaybe);
  facts.Set(SlotOf("weekly_ordinary_hours"), 19);
  EXPECT_EQ(EvaluateAll(conditions, facts), Truth::kFalse);
  facts.Set(SlotOf("seasonal"), kUnknown);
  EXPECT_EQ(EvaluateAll(conditions, facts), Truth::kFalse);
}

TEST_F(ConditionsTest, AnyOfIsTrueIfOneIs) {
  const Condition any = Compile(
      R"(any_of { fact: "seasonal" is: true } any_of { fact: "weekly_ordinary_hours" at_least: 20 })");
  Facts facts(layout_);
  facts.Set(SlotOf("seasonal"), 0);
  EXPECT_EQ(Evaluate(any, facts), Truth::kMaybe);
  facts.Set(SlotOf("weekly_ordinary_hours"), 20);
  EXPECT_EQ(Evaluate(any, facts), Truth::kTrue);
  facts.Set(SlotOf("weekly_ordinary_hours"), 19);
  EXPECT_EQ(Evaluate(any, facts), Truth::kFalse);
}

TEST_F(ConditionsTest, NamesWhatIsMissing) {
  const Condition test =
      Compile(R"(fact: "on" to: "start + {sickness_category}m")");
  Facts facts(layout_);
  facts.Set(SlotOf("on"), kDay);
  std::vector<Slot> missing;
  AddMissing(test, facts, missing);
  EXPECT_THAT(missing,
              ElementsAre(SlotOf("start"), SlotOf("sickness_category")));
}

TEST_F(ConditionsTest, ADateIsComputedAgainWhenAFactOfItChanges) {
  const Condition test = Compile(R"(fact: "on" to: "start + 42d")");
  Facts facts(layout_);
  facts.Set(SlotOf("on"), kStart + 43);
  facts.Set(SlotOf("start"), kStart);
  EXPECT_EQ(Evaluate(test, facts), Truth::kFalse);
  facts.Set(SlotOf("start"), kStart + 1);
  EXPECT_EQ(Evaluate(test, facts), Truth::kTrue);
}

TEST_F(ConditionsTest, TellsTheNextDayOnWhichATestTurns) {
  const Condition test =
      Compile(R"(fact: "on" from: "start + 42d" to: "start + 55d")");
  Facts facts(layout_);
  facts.Set(SlotOf("start"), kStart);
  const auto turn = [&](Value day) {
    facts.Set(SlotOf("on"), day);
    facts.Unturn();
    Evaluate(test, facts);
    return facts.turn();
  };
  EXPECT_EQ(turn(kStart), kStart + 42);
  EXPECT_EQ(turn(kStart + 42), kStart + 56);
  EXPECT_EQ(turn(kStart + 55), kStart + 56);
  EXPECT_EQ(turn(kStart + 56), Facts::kNeverTurns);
}

TEST_F(ConditionsTest, RefusesWhatTheContractDoesNotName) {
  EXPECT_THAT(Refusal(R"(fact: "hours" at_least: 20)"),
              HasSubstr("unknown fact \"hours\""));
  EXPECT_THAT(Refusal(R"(fact: "risk" in: "RISK_GREAT")"),
              HasSubstr("\"RISK_GREAT\" is no value"));
  EXPECT_THAT(Refusal(R"(fact: "risk" in: "RISK_UNSPECIFIED")"),
              HasSubstr("is no value"));
  EXPECT_THAT(Refusal(R"(fact: "risk" is: true)"),
              HasSubstr("is not a yes or no"));
  EXPECT_THAT(Refusal(R"(fact: "seasonal" at_most: 1)"),
              HasSubstr("is not a number"));
  EXPECT_THAT(Refusal(R"(fact: "seasonal" to: "on")"),
              HasSubstr("is not a date"));
  EXPECT_THAT(Refusal(R"(fact: "seasonal" in: "X")"),
              HasSubstr("named values"));
  EXPECT_THAT(Refusal(R"(fact: "seasonal")"), HasSubstr("holds 0 tests"));
  EXPECT_THAT(Refusal(R"(fact: "seasonal" is: true answered: true)"),
              HasSubstr("holds 2 tests"));
  EXPECT_THAT(Refusal(R"(fact: "days_to_exit" at_least: 2 at_most: 1)"),
              HasSubstr("no number"));
  EXPECT_THAT(
      Refusal(R"(fact: "seasonal" any_of { fact: "seasonal" is: true })"),
      HasSubstr("any_of stands alone"));
  EXPECT_THAT(Refusal(R"(fact: "on" from: "start + 1")"),
              HasSubstr("the unit is missing"));
}

}  // namespace
}  // namespace frikommune::catalog
