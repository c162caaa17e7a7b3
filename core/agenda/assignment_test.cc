#include "core/agenda/assignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace frikommune::rehab {
namespace {

using testing::ElementsAre;

PlanCase Due(int first, int last) { return {first, last, false, true}; }
PlanCase DueWithEducation(int first, int last) {
  return {first, last, true, true};
}

TEST(AssignTest, NothingIsPlannedOnNothing) {
  EXPECT_TRUE(Assign({}, {}).empty());
  EXPECT_THAT(Assign({}, {{0, -1, false, false}}), ElementsAre(kNoDay));
  EXPECT_THAT(Assign({{0, true}}, {Due(0, 0)}), ElementsAre(kNoDay));
}

TEST(AssignTest, TakesTheFirstDay) {
  EXPECT_THAT(Assign({{1}, {1}, {1}}, {Due(1, 2), Due(0, 2)}),
              ElementsAre(1, 0));
}

TEST(AssignTest, ACaseStandsOnBothItsLimits) {
  EXPECT_THAT(Assign({{1}, {1}, {1}}, {Due(1, 1), Due(1, 1)}),
              ElementsAre(1, kNoDay));
}

TEST(AssignTest, APatientCaseGivesWay) {
  EXPECT_THAT(Assign({{1}, {1}}, {{0, 1, false, true}, {0, 0, false, true}}),
              ElementsAre(1, 0));
}

TEST(AssignTest, ADeadlineGoesBeforeNone) {
  EXPECT_THAT(Assign({{1}}, {{0, 0, false, false}, Due(0, 0)}),
              ElementsAre(kNoDay, 0));
}

TEST(AssignTest, ACaseWithoutADeadlineTakesWhatIsLeft) {
  EXPECT_THAT(Assign({{1}, {1}}, {{0, 1, false, false}, Due(0, 1)}),
              ElementsAre(1, 0));
}

TEST(AssignTest, EducationIsOnlyOnItsDays) {
  EXPECT_THAT(Assign({{2}, {1, true}, {1}, {1, true}},
                     {DueWithEducation(0, 3), DueWithEducation(0, 3),
                      DueWithEducation(0, 3)}),
              ElementsAre(1, 3, kNoDay));
}

// The case without the need leaves the day with the education member although
// its own deadline is the nearer one.
TEST(AssignTest, OthersLeaveTheEducationDayToWhoNeedsIt) {
  EXPECT_THAT(
      Assign({{1, true}, {1}, {0, true}}, {Due(0, 1), DueWithEducation(0, 2)}),
      ElementsAre(1, 0));
}

// A chain of moves over every day.
TEST(AssignTest, MovesMany) {
  constexpr int kDays = 50;
  std::vector<PlanCase> cases;
  for (int i = 0; i + 1 < kDays; ++i) cases.push_back(Due(i, i + 1));
  cases.push_back(Due(0, 0));
  const auto day_of = Assign(std::vector<PlanDay>(kDays, PlanDay{1}), cases);
  for (int i = 0; i + 1 < kDays; ++i) {
    EXPECT_EQ(day_of[static_cast<size_t>(i)], i + 1);
  }
  EXPECT_EQ(day_of.back(), 0);
}

// What an assignment is worth.
struct Worth {
  int deadlines_met = 0;
  int placed = 0;
  // Cases within the first k + 1 days.
  std::vector<int> within;
};

Worth WorthOf(const std::vector<int>& day_of,
              const std::vector<PlanCase>& cases, size_t days) {
  Worth worth;
  worth.within.resize(days);
  for (size_t i = 0; i < cases.size(); ++i) {
    if (day_of[i] == kNoDay) continue;
    ++worth.placed;
    if (cases[i].has_deadline) ++worth.deadlines_met;
    for (auto day = static_cast<size_t>(day_of[i]); day < days; ++day) {
      ++worth.within[day];
    }
  }
  return worth;
}

bool MayBe(const PlanCase& one, const std::vector<PlanDay>& days, int day) {
  return one.first <= day && day <= one.last &&
         (!one.needs_education || days[static_cast<size_t>(day)].education);
}

// Tries every assignment.
class Oracle {
 public:
  Oracle(const std::vector<PlanDay>& days, const std::vector<PlanCase>& cases)
      : days_(days), cases_(cases), day_of_(cases.size(), kNoDay) {
    best_.within.resize(days.size());
    for (const PlanDay& day : days) left_.push_back(day.places);
    Try(0);
  }
  // Each number by itself as large as any assignment makes it; `placed` among
  // those that meet the most deadlines.
  const Worth& best() const { return best_; }

 private:
  void Try(size_t number) {
    if (number == cases_.size()) return Compare();
    Try(number + 1);
    for (size_t day = 0; day < days_.size(); ++day) {
      if (left_[day] == 0 ||
          !MayBe(cases_[number], days_, static_cast<int>(day))) {
        continue;
      }
      --left_[day];
      day_of_[number] = static_cast<int>(day);
      Try(number + 1);
      day_of_[number] = kNoDay;
      ++left_[day];
    }
  }
  void Compare() {
    const Worth worth = WorthOf(day_of_, cases_, days_.size());
    if (worth.deadlines_met > best_.deadlines_met) best_.placed = 0;
    if (worth.deadlines_met >= best_.deadlines_met) {
      best_.deadlines_met = worth.deadlines_met;
      best_.placed = std::max(best_.placed, worth.placed);
    }
    for (size_t k = 0; k < days_.size(); ++k) {
      best_.within[k] = std::max(best_.within[k], worth.within[k]);
    }
  }

  const std::vector<PlanDay>& days_;
  const std::vector<PlanCase>& cases_;
  std::vector<int> day_of_;
  std::vector<int> left_;
  Worth best_;
};

void ExpectLawful(const std::vector<int>& day_of,
                  const std::vector<PlanDay>& days,
                  const std::vector<PlanCase>& cases) {
  std::vector<int> used(days.size());
  ASSERT_EQ(day_of.size(), cases.size());
  for (size_t i = 0; i < cases.size(); ++i) {
    if (day_of[i] == kNoDay) continue;
    EXPECT_TRUE(MayBe(cases[i], days, day_of[i]));
    ++used[static_cast<size_t>(day_of[i])];
  }
  for (size_t day = 0; day < days.size(); ++day) {
    EXPECT_LE(used[day], days[day].places);
  }
}

TEST(AssignTest, IsAsGoodAsTheBestOfAll) {
  constexpr int kInstances = 20000;
  std::mt19937 random(20180701);
  const auto upto = [&random](int last) {
    return static_cast<int>(random() % static_cast<unsigned>(last + 1));
  };
  int missed = 0;
  for (int instance = 0; instance < kInstances; ++instance) {
    std::vector<PlanDay> days(static_cast<size_t>(1 + upto(4)));
    for (PlanDay& day : days) day = {upto(2), upto(1) == 0};
    const int last = static_cast<int>(days.size()) - 1;
    std::vector<PlanCase> cases(static_cast<size_t>(upto(6)));
    for (PlanCase& one : cases) {
      one = {upto(last), upto(last), upto(2) == 0, upto(3) != 0};
      if (!one.has_deadline) one.last = last;
    }
    const std::vector<int> day_of = Assign(days, cases);
    ExpectLawful(day_of, days, cases);
    const Worth got = WorthOf(day_of, cases, days.size());
    const Worth best = Oracle(days, cases).best();
    ASSERT_EQ(got.deadlines_met, best.deadlines_met) << "instance " << instance;
    ASSERT_EQ(got.placed, best.placed) << "instance " << instance;
    ASSERT_EQ(got.within, best.within) << "instance " << instance;
    if (got.placed < static_cast<int>(cases.size())) ++missed;
  }
  // The instances are neither all easy nor all hopeless.
  EXPECT_GT(missed, kInstances / 10);
  EXPECT_LT(missed, kInstances * 9 / 10);
}

}  // namespace
}  // namespace frikommune::rehab
