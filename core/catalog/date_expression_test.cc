#include "core/catalog/date_expression.h"

#include "core/civil_time/date.h"
#include "gmock/gmock.h"

namespace frikommune::catalog {
namespace {

using civil_time::ParseDate;
using testing::ElementsAre;
using testing::HasSubstr;

// Facts: start and other are dates, number is a number.
class DateExpressionTest : public testing::Test {
 protected:
  DateExpressionTest() {
    start_ = words_.AddFact("start", FactKind::kDate);
    other_ = words_.AddFact("case.other", FactKind::kDate);
    number_ = words_.AddFact("meeting.ordinal", FactKind::kInteger);
    values_.assign(3, kUnknown);
  }

  absl::StatusOr<DateExpression> Parse(absl::string_view text) {
    return DateExpression::Parse(
        text, [this](absl::string_view name) { return words_.Find(name); });
  }

  // The date of an expression, written; or "unknown", "none", or the error.
  std::string Date(absl::string_view text) {
    const auto expression = Parse(text);
    if (!expression.ok()) return std::string(expression.status().message());
    const Value value = expression->Evaluate(values_.data());
    if (value == kUnknown) return "unknown";
    if (value == kNone) return "none";
    return civil_time::FormatDate(civil_time::Date::FromDays(value));
  }

  void Set(Slot slot, const char* date) {
    values_[static_cast<size_t>(slot)] = ParseDate(date)->days();
  }

  Vocabulary words_;
  Slot start_, other_, number_;
  std::vector<Value> values_;
};

TEST_F(DateExpressionTest, CountsDaysWeeksAndMonths) {
  Set(start_, "2019-01-07");
  EXPECT_EQ(Date("start"), "2019-01-07");
  EXPECT_EQ(Date("start + 42d"), "2019-02-18");
  EXPECT_EQ(Date("start + 6w"), "2019-02-18");
  EXPECT_EQ(Date("start + 6m - 1d"), "2019-07-06");
  EXPECT_EQ(Date("start-1d"), "2019-01-06");
  EXPECT_EQ(Date("2020-02-29 + 12m"), "2021-02-28");
}

TEST_F(DateExpressionTest, AppliesTermsFromTheLeftAndClampsMonths) {
  Set(start_, "2018-08-31");
  EXPECT_EQ(Date("start + 6m"), "2019-02-28");
  EXPECT_EQ(Date("start + 6m + 1d"), "2019-03-01");
  EXPECT_EQ(Date("start + 1d + 6m"), "2019-03-01");
  EXPECT_EQ(Date("start + 5m + 1m"), "2019-02-28");
}

TEST_F(DateExpressionTest, MultipliesByANumber) {
  Set(start_, "2019-01-07");
  values_[static_cast<size_t>(number_)] = 3;
  EXPECT_EQ(Date("start + {meeting.ordinal}m"), "2019-04-07");
  EXPECT_EQ(Date("start + {meeting.ordinal - 1}m"), "2019-03-07");
  EXPECT_EQ(Date("start - {meeting.ordinal}w"), "2018-12-17");
}

TEST_F(DateExpressionTest, TakesTheLaterAndTheEarlier) {
  Set(start_, "2019-01-07");
  Set(other_, "2019-03-01");
  EXPECT_EQ(Date("max(start, case.other)"), "2019-03-01");
  EXPECT_EQ(Date("min(start + 3m, case.other) + 1d"), "2019-03-02");
  EXPECT_EQ(Date("max(start, min(case.other, 2019-02-01))"), "2019-02-01");
}

TEST_F(DateExpressionTest, IsUnknownWhereAFactIsUnknown) {
  Set(start_, "2019-01-07");
  EXPECT_EQ(Date("case.other + 1d"), "unknown");
  EXPECT_EQ(Date("max(start, case.other)"), "unknown");
  EXPECT_EQ(Date("start + {meeting.ordinal}m"), "unknown");
}

TEST_F(DateExpressionTest, WhatIsKnownToBeNoneGivesWayInAChoice) {
  Set(start_, "2019-01-07");
  values_[static_cast<size_t>(other_)] = kNone;
  EXPECT_EQ(Date("case.other + 1d"), "none");
  EXPECT_EQ(Date("max(start, case.other)"), "2019-01-07");
  EXPECT_EQ(Date("min(case.other, start)"), "2019-01-07");
}

TEST_F(DateExpressionTest, NamesItsFacts) {
  std::vector<Slot> slots;
  Parse("max(start, case.other) + {meeting.ordinal}m")->AddSlots(slots);
  EXPECT_THAT(slots, ElementsAre(start_, other_, number_));
}

TEST_F(DateExpressionTest, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(Date(""), HasSubstr("a date or a fact is missing"));
  EXPECT_THAT(Date("begin + 1d"), HasSubstr("unknown fact \"begin\""));
  EXPECT_THAT(Date("meeting.ordinal"), HasSubstr("is not a date"));
  EXPECT_THAT(Date("start + {start}d"), HasSubstr("is not a number"));
  EXPECT_THAT(Date("start + 1"), HasSubstr("the unit is missing"));
  EXPECT_THAT(Date("start + d"), HasSubstr("a number is missing"));
  EXPECT_THAT(Date("start + 10001d"), HasSubstr("over 10000"));
  EXPECT_THAT(Date("start + 1d 2"), HasSubstr("something follows"));
  EXPECT_THAT(Date("max(start)"), HasSubstr("two dates or more"));
  EXPECT_THAT(Date("max(start, case.other"),
              HasSubstr("\",\" or \")\" is missing"));
  EXPECT_THAT(Date("2019-02-29"), HasSubstr("the calendar has no day"));
  EXPECT_THAT(Date("start + 1y"), HasSubstr("at character 10"));
}

}  // namespace
}  // namespace frikommune::catalog
