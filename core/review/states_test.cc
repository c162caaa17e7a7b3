#include "core/review/states.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "core/catalog/rule.h"

namespace frikommune::review {
namespace {

using namespace decision::v1;  // The states and the outcomes, by their names.

constexpr DecisionState kNothing = DECISION_STATE_UNSPECIFIED;
constexpr DecisionState kProposed = DECISION_STATE_PROPOSED;
constexpr DecisionState kNeedsAssessment = DECISION_STATE_NEEDS_ASSESSMENT;
constexpr DecisionState kNeedsLeader = DECISION_STATE_NEEDS_LEADER_REVIEW;
constexpr DecisionState kFinal = DECISION_STATE_FINAL;
constexpr DecisionState kSuperseded = DECISION_STATE_SUPERSEDED;

// What happens in each state by each event, in the order of kEvents; kNothing
// where it cannot happen. Written by hand, apart from the table of the machine:
// an edge that is added or removed there must be argued for here too.
struct Row {
  DecisionState from;
  DecisionState to[std::size(kEvents)];
};
// clang-format off
const Row kWritten[] = {
    //                  proposed    by person  no assessment      no leader      approved   rejected   superseded
    {kNothing,         {kProposed,  kFinal,    kNeedsAssessment,  kNeedsLeader,  kNothing,  kNothing,  kNothing}},
    {kProposed,        {kNothing,   kNothing,  kNothing,          kNothing,      kFinal,    kNothing,  kSuperseded}},
    {kNeedsAssessment, {kNothing,   kNothing,  kNothing,          kNothing,      kNothing,  kNothing,  kSuperseded}},
    {kNeedsLeader,     {kNothing,   kNothing,  kNothing,          kNothing,      kFinal,    kFinal,    kSuperseded}},
    {kFinal,           {kNothing,   kNothing,  kNothing,          kNothing,      kNothing,  kNothing,  kSuperseded}},
    {kSuperseded,      {kNothing,   kNothing,  kNothing,          kNothing,      kNothing,  kNothing,  kNothing}},
};
// clang-format on

TEST(StatesTest, EveryStateAndEventIsAsWritten) {
  size_t ways = 0;
  for (int number = 0; number < DecisionState_ARRAYSIZE; ++number) {
    const Row& row = kWritten[number];
    ASSERT_EQ(row.from, number) << "a state without a row";
    for (size_t i = 0; i < std::size(kEvents); ++i) {
      const auto next = Next(row.from, kEvents[i]);
      EXPECT_EQ(next.value_or(kNothing), row.to[i])
          << DecisionState_Name(row.from) << ", event " << i;
      if (row.to[i] != kNothing) ++ways;
    }
  }
  EXPECT_EQ(std::size(kWritten), size_t{DecisionState_ARRAYSIZE});
  EXPECT_EQ(Edges().size(), ways) << "an edge that no row knows, or one twice";
}

// Walks every way there is without a person's step.
TEST(StatesTest, NoWayLeadsToFinalWithoutAPerson) {
  for (const DecisionState start :
       {kNothing, kProposed, kNeedsAssessment, kNeedsLeader, kSuperseded}) {
    std::set<DecisionState> reached = {start};
    std::vector<DecisionState> left = {start};
    while (!left.empty()) {
      const DecisionState state = left.back();
      left.pop_back();
      for (const Edge& edge : Edges()) {
        if (edge.from != state || edge.by_person) continue;
        if (reached.insert(edge.to).second) left.push_back(edge.to);
      }
    }
    EXPECT_EQ(reached.count(kFinal), 0u) << DecisionState_Name(start);
  }
}

TEST(StatesTest, EveryStateIsReachedAndFinalCanBe) {
  std::set<DecisionState> reached = {kNothing};
  for (size_t i = 0; i < Edges().size(); ++i) {
    for (const Edge& edge : Edges()) {
      if (reached.count(edge.from) != 0) reached.insert(edge.to);
    }
  }
  EXPECT_EQ(reached.size(), size_t{DecisionState_ARRAYSIZE});
}

TEST(StatesTest, EveryOutcomeBeginsSomewhere) {
  for (int number = 0; number < Outcome_ARRAYSIZE; ++number) {
    if (!Outcome_IsValid(number)) continue;
    const auto outcome = static_cast<Outcome>(number);
    const auto state = [&](bool assessed) {
      return *Next(kNothing, Beginning(outcome, assessed));
    };
    if (outcome == OUTCOME_NEEDS_ASSESSMENT) {
      EXPECT_EQ(state(true), kNeedsAssessment);
      EXPECT_EQ(state(false), kNeedsAssessment);
    } else if (outcome == OUTCOME_NEEDS_LEADER_REVIEW) {
      EXPECT_EQ(state(true), kNeedsLeader);
      EXPECT_EQ(state(false), kNeedsLeader);
    } else {
      EXPECT_EQ(state(false), kProposed) << Outcome_Name(outcome);
      EXPECT_EQ(state(true), DecidesNothing(outcome) ? kProposed : kFinal)
          << Outcome_Name(outcome);
    }
    using annotations::v1::OUTCOME_KIND_PENDING;
    using annotations::v1::OUTCOME_KIND_SILENT;
    const auto kind = catalog::KindOf(outcome);
    if (kind == OUTCOME_KIND_SILENT || kind == OUTCOME_KIND_PENDING) {
      EXPECT_NE(state(true), kFinal) << Outcome_Name(outcome);
    }
  }
}

}  // namespace
}  // namespace frikommune::review
