#include "core/proof/day_cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/civil_time/date.h"
#include "core/scheduling/vocabulary.h"

namespace frikommune::proof {
namespace {

using catalog::Value;

Value Day(const char* text) { return civil_time::ParseDate(text)->days(); }

class DayCellsTest : public testing::Test {
 protected:
  DayCellsTest()
      : area_("scheduling", scheduling::SchedulingVocabulary().vocabulary) {
    area_.layout.Seal();
    area_.on = area_.layout.vocabulary().Find("on")->slot;
  }

  void Add(const std::string& fact, const std::string& from,
           const std::string& to) {
    catalog::v1::Condition source;
    source.set_fact(fact);
    source.set_from(from);
    source.set_to(to);
    const auto condition = catalog::CompileCondition(source, area_.layout);
    ASSERT_TRUE(condition.ok()) << condition.status();
    conditions_.push_back(*condition);
    std::vector<std::string> refused;
    AddDateTests(
        conditions_.back(), area_,
        [](catalog::Slot) { return std::vector<Value>{1, 2, 3, 4, 5, 6}; },
        tests_, refused);
    ASSERT_TRUE(refused.empty()) << refused[0];
  }

  // What every test says of a day and one date.
  std::vector<bool> Truths(const DateTest& of, Value on, Value date) {
    std::vector<bool> truths;
    std::vector<Value> values(static_cast<size_t>(area_.layout.size()),
                              catalog::kUnknown);
    for (const DateTest& test : tests_) {
      if (test.anchor != of.anchor) continue;
      values[static_cast<size_t>(area_.on)] = on;
      values[static_cast<size_t>(test.anchor)] = date;
      if (test.times != catalog::kNoSlot) {
        values[static_cast<size_t>(test.times)] = test.times_value;
      }
      const Value bound = test.bound.Evaluate(values.data());
      const Value subject = values[static_cast<size_t>(test.subject)];
      truths.push_back(test.is_from ? subject >= bound : subject <= bound);
    }
    return truths;
  }

  // Holds that no pair of a day and a date, of all there are, is in a cell that
  // was not found.
  void ExpectEveryPairFound(Value first, Value last) {
    const DayCells cells(area_, *WorldOf("scheduling"), tests_, first, last);
    ASSERT_EQ(cells.anchors().size(), 1u);
    std::set<std::vector<bool>> found;
    for (const DayCells::Day& day : cells.DaysFor(first, last)) {
      for (const Value date : day.dates[0]) {
        found.insert(Truths(tests_[0], day.on, date));
      }
    }
    std::set<std::vector<bool>> met;
    for (Value on = first; on <= last; ++on) {
      for (Value date = on - 900; date <= on + 400; ++date) {
        met.insert(Truths(tests_[0], on, date));
      }
    }
    EXPECT_EQ(found, met);
  }

  catalog::Area area_;
  std::vector<catalog::Condition> conditions_;
  std::vector<DateTest> tests_;
};

TEST_F(DayCellsTest, EveryPairOfADayAndAStartIsInACellThatWasFound) {
  Add("on", "start + 4m", "start + 6m - 1d");
  Add("on", "start + 6m", "start + 7m - 1d");
  Add("on", "start + 6m + 1d", "start + 182d");
  ExpectEveryPairFound(Day("2019-01-01"), Day("2020-12-31"));
}

TEST_F(DayCellsTest, EveryPairIsFoundWhereANumberCountsTheMonths) {
  Add("on", "start + {meeting.ordinal}m - 1m",
      "start + {meeting.ordinal}m + 13d");
  ExpectEveryPairFound(Day("2019-11-01"), Day("2020-06-30"));
}

TEST_F(DayCellsTest, EveryPairIsFoundWhereTheDayBoundsADate) {
  Add("offers.covered_until", "on + 6m - 1d", "on + 200d");
  Add("offers.covered_until", "2020-01-01", "");
  ExpectEveryPairFound(Day("2019-06-01"), Day("2020-12-31"));
}

// From 31 August six months later is 28 or 29 February: "6m" and "184d" change
// places with the month, and a day that shows only one of the two is not
// enough.
TEST_F(DayCellsTest, DaysStandForEachOtherOnlyIfTheyReachTheSameCells) {
  Add("on", "start + 6m", "");
  Add("on", "start + 183d", "");
  const DayCells cells(area_, *WorldOf("scheduling"), tests_, Day("2019-01-01"),
                       Day("2020-12-31"));
  std::set<std::vector<bool>> found;
  for (const auto& day : cells.DaysFor(Day("2019-01-01"), Day("2020-12-31"))) {
    for (const Value date : day.dates[0])
      found.insert(Truths(tests_[0], day.on, date));
  }
  EXPECT_EQ(found.size(), 4u);
}

TEST_F(DayCellsTest, ATestOfTheDayAloneCutsTheDays) {
  Add("on", "2019-03-01", "2019-03-31");
  const DayCells cells(area_, *WorldOf("scheduling"), tests_, Day("2019-01-01"),
                       Day("2019-12-31"));
  const auto days = cells.DaysFor(Day("2019-01-01"), Day("2019-12-31"));
  ASSERT_EQ(days.size(), 3u);
  EXPECT_EQ(days[1].first, Day("2019-03-01"));
  EXPECT_EQ(days[1].last, Day("2019-03-31"));
  EXPECT_EQ(cells.DaysFor(Day("2019-03-02"), Day("2019-03-31")).size(), 1u);
}

TEST_F(DayCellsTest, WhatIsPastIsNotAfterTheDayAndMayBeNone) {
  Add("on", "", "last_followup + 28d");
  const DayCells cells(area_, *WorldOf("scheduling"), tests_, Day("2019-01-01"),
                       Day("2019-12-31"));
  const auto days = cells.DaysFor(Day("2019-01-01"), Day("2019-12-31"));
  ASSERT_EQ(days.size(), 1u);
  for (const Value date : days[0].dates[0]) EXPECT_LE(date, days[0].on);
  EXPECT_EQ(days[0].dates[0].back(), catalog::kNone);
  EXPECT_EQ(days[0].dates[0].size(), 3u);
}

}  // namespace
}  // namespace frikommune::proof
