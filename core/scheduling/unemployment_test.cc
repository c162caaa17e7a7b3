#include "core/scheduling/unemployment.h"

#include "gmock/gmock.h"

namespace frikommune::scheduling {
namespace {

using civil_time::FormatDate;
using civil_time::ParseDate;

v1::ContactCourse Course(
    const std::vector<std::pair<const char*, const char*>>& spells) {
  v1::ContactCourse course;
  for (const auto& [from, to] : spells) {
    v1::Spell& spell = *course.add_unemployment_spells();
    spell.set_from(from);
    spell.set_to(to);
  }
  return course;
}

std::string StartOn(const Unemployment& unemployment, const char* day) {
  return FormatDate(unemployment.StartOn(*ParseDate(day)));
}

TEST(UnemploymentTest, AStartAloneIsTakenAsUninterrupted) {
  v1::ContactCourse course;
  course.set_unemployment_start("2019-01-07");
  const Unemployment unemployment(course);
  EXPECT_TRUE(unemployment.known());
  EXPECT_TRUE(unemployment.taken_as_uninterrupted());
  EXPECT_EQ(StartOn(unemployment, "2021-01-01"), "2019-01-07");
}

TEST(UnemploymentTest, NothingGivenIsNotKnown) {
  EXPECT_FALSE(Unemployment(v1::ContactCourse()).known());
}

// Domain 6.1 no. 12: each day of interruption before the day moves the start by
// one day.
TEST(UnemploymentTest, EachDayOfInterruptionMovesTheStart) {
  const Unemployment unemployment(
      Course({{"2019-01-07", "2019-01-31"}, {"2019-02-11", ""}}));
  EXPECT_FALSE(unemployment.taken_as_uninterrupted());
  EXPECT_EQ(StartOn(unemployment, "2019-01-31"), "2019-01-07");
  // 1 February is the first day in work; it is before 2 February.
  EXPECT_EQ(StartOn(unemployment, "2019-02-01"), "2019-01-07");
  EXPECT_EQ(StartOn(unemployment, "2019-02-02"), "2019-01-08");
  EXPECT_EQ(StartOn(unemployment, "2019-02-10"), "2019-01-16");
  // Ten days, 1 to 10 February.
  EXPECT_EQ(StartOn(unemployment, "2019-02-11"), "2019-01-17");
  EXPECT_EQ(StartOn(unemployment, "2020-01-01"), "2019-01-17");
}

TEST(UnemploymentTest, InterruptionsAddUp) {
  const Unemployment unemployment(Course({{"2019-01-01", "2019-01-10"},
                                          {"2019-01-16", "2019-01-20"},
                                          {"2019-01-23", "2019-01-31"}}));
  EXPECT_EQ(StartOn(unemployment, "2019-01-16"), "2019-01-06");
  EXPECT_EQ(StartOn(unemployment, "2019-01-23"), "2019-01-08");
  // Days after the last spell interrupt too.
  EXPECT_EQ(StartOn(unemployment, "2019-02-01"), "2019-01-08");
  EXPECT_EQ(StartOn(unemployment, "2019-02-02"), "2019-01-09");
}

TEST(UnemploymentTest, SpellsThatTouchAreNoInterruption) {
  const Unemployment unemployment(
      Course({{"2019-01-01", "2019-01-10"}, {"2019-01-11", ""}}));
  EXPECT_EQ(StartOn(unemployment, "2019-06-01"), "2019-01-01");
}

}  // namespace
}  // namespace frikommune::scheduling
