#include "core/proof/date_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scheduling/vocabulary.h"

namespace frikommune::proof {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class DateTestsTest : public testing::Test {
 protected:
  DateTestsTest()
      : area_("scheduling", scheduling::SchedulingVocabulary().vocabulary) {
    area_.layout.Seal();
    area_.on = SlotOf("on");
  }

  catalog::Slot SlotOf(const char* name) const {
    return area_.layout.vocabulary().Find(name)->slot;
  }

  // The tests of "fact from: text".
  std::vector<DateTest> From(const std::string& fact, const std::string& text) {
    catalog::v1::Condition source;
    source.set_fact(fact);
    source.set_from(text);
    const auto condition = catalog::CompileCondition(source, area_.layout);
    EXPECT_TRUE(condition.ok()) << condition.status();
    std::vector<DateTest> tests;
    AddDateTests(
        *condition, area_,
        [](catalog::Slot) {
          return std::vector<catalog::Value>{2, 3};
        },
        tests, refused_);
    return tests;
  }

  static std::vector<std::string> Texts(const std::vector<DateTest>& tests) {
    std::vector<std::string> texts;
    for (const DateTest& test : tests) texts.push_back(test.bound.text());
    return texts;
  }

  catalog::Area area_;
  std::vector<std::string> refused_;
};

TEST_F(DateTestsTest, ATestOfTheDayTurnsOnTheDateInItsBound) {
  const auto tests = From("on", "start + 42d");
  ASSERT_THAT(tests, SizeIs(1));
  EXPECT_EQ(tests[0].anchor, SlotOf("start"));
  EXPECT_TRUE(tests[0].subject_is_day);
  EXPECT_FALSE(tests[0].bound_reads_day);
}

TEST_F(DateTestsTest, ATestOfADateMayBeBoundByTheDay) {
  const auto tests = From("offers.covered_until", "on + 6m - 1d");
  ASSERT_THAT(tests, SizeIs(1));
  EXPECT_EQ(tests[0].anchor, SlotOf("offers.covered_until"));
  EXPECT_TRUE(tests[0].bound_reads_day);
}

TEST_F(DateTestsTest, AChoiceIsOneTestForEachPartWithTheTermsThatFollow) {
  EXPECT_THAT(
      Texts(From("on",
                 "max(start + 1m, min(first_absence_day, 2019-01-01)) + 3m")),
      ElementsAre("start + 1m + 3m", "first_absence_day + 3m",
                  "2019-01-01 + 3m"));
}

TEST_F(DateTestsTest, ANumberIsOneTestForEachValue) {
  const auto tests = From("on", "start + {meeting.ordinal}m");
  ASSERT_THAT(tests, SizeIs(2));
  EXPECT_EQ(tests[0].times_value, 2);
  EXPECT_EQ(tests[1].times_value, 3);
}

TEST_F(DateTestsTest, TwoDatesOfTheCaseAreNotCompared) {
  EXPECT_THAT(From("start", "first_absence_day + 3m"), IsEmpty());
  EXPECT_THAT(refused_, ElementsAre("start from first_absence_day + 3m"));
}

}  // namespace
}  // namespace frikommune::proof
