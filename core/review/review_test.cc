#include "core/review/review.h"

#include <gtest/gtest.h>

#include "core/error/error.h"

namespace frikommune::review {
namespace {

using namespace decision::v1;  // The states and the verdicts, by their names.

RecordedDecision DecisionIn(DecisionState state, Outcome outcome) {
  RecordedDecision decision;
  decision.set_state(state);
  decision.mutable_decision()->set_outcome(outcome);
  decision.mutable_assessment()->set_assessor("anna");
  return decision;
}

LeaderReview ReviewBy(const char* reviewer, Verdict verdict) {
  LeaderReview review;
  review.set_reviewer(reviewer);
  review.set_verdict(verdict);
  return review;
}

ErrorReason ReasonOf(const absl::Status& status) {
  return ErrorInfoOf(status).reason;
}

TEST(AfterReviewTest, ALeaderMakesFinalEitherWay) {
  const auto decision = DecisionIn(DECISION_STATE_NEEDS_LEADER_REVIEW,
                                   OUTCOME_NEEDS_LEADER_REVIEW);
  for (const Verdict verdict : {VERDICT_APPROVED, VERDICT_REJECTED}) {
    const auto next = AfterReview(decision, ReviewBy("bo", verdict));
    ASSERT_TRUE(next.ok());
    EXPECT_EQ(*next, DECISION_STATE_FINAL);
  }
}

TEST(AfterReviewTest, TheAssessorDoesNotReview) {
  const auto decision = DecisionIn(DECISION_STATE_NEEDS_LEADER_REVIEW,
                                   OUTCOME_NEEDS_LEADER_REVIEW);
  const auto next = AfterReview(decision, ReviewBy("anna", VERDICT_APPROVED));
  EXPECT_EQ(ReasonOf(next.status()), ERROR_REASON_REVIEWER_IS_ASSESSOR);
  EXPECT_EQ(ErrorInfoOf(next.status()).field, "review.reviewer");
}

TEST(AfterReviewTest, AProposalIsConfirmedAndNotRejected) {
  const auto decision =
      DecisionIn(DECISION_STATE_PROPOSED, OUTCOME_OBTAIN_LAE265);
  EXPECT_TRUE(AfterReview(decision, ReviewBy("bo", VERDICT_APPROVED)).ok());
  EXPECT_EQ(
      ReasonOf(
          AfterReview(decision, ReviewBy("bo", VERDICT_REJECTED)).status()),
      ERROR_REASON_STATE_CONFLICT);
}

TEST(AfterReviewTest, WhatDecidesNothingIsNeverFinal) {
  for (const Outcome outcome :
       {OUTCOME_INSUFFICIENT_FACTS, OUTCOME_LAW_NOT_ON_FILE,
        OUTCOME_NOT_APPLICABLE}) {
    const auto decision = DecisionIn(DECISION_STATE_PROPOSED, outcome);
    EXPECT_EQ(
        ReasonOf(
            AfterReview(decision, ReviewBy("bo", VERDICT_APPROVED)).status()),
        ERROR_REASON_STATE_CONFLICT);
  }
}

TEST(AfterReviewTest, WhatWaitsForNoReviewIsLeft) {
  for (const DecisionState state :
       {DECISION_STATE_NEEDS_ASSESSMENT, DECISION_STATE_FINAL,
        DECISION_STATE_SUPERSEDED}) {
    const auto decision = DecisionIn(state, OUTCOME_WAIVE_LAE265);
    for (const Verdict verdict : {VERDICT_APPROVED, VERDICT_REJECTED}) {
      const auto next = AfterReview(decision, ReviewBy("bo", verdict));
      EXPECT_EQ(next.status().code(), absl::StatusCode::kFailedPrecondition);
      EXPECT_EQ(ReasonOf(next.status()), ERROR_REASON_STATE_CONFLICT);
    }
  }
}

TEST(CheckSupersedeTest, OnlyOnce) {
  EXPECT_TRUE(
      CheckSupersede(DecisionIn(DECISION_STATE_FINAL, OUTCOME_WAIVE_LAE265))
          .ok());
  EXPECT_EQ(ReasonOf(CheckSupersede(
                DecisionIn(DECISION_STATE_SUPERSEDED, OUTCOME_WAIVE_LAE265))),
            ERROR_REASON_STATE_CONFLICT);
}

}  // namespace
}  // namespace frikommune::review
