#ifndef FRIKOMMUNE_CORE_REVIEW_REVIEW_H_
#define FRIKOMMUNE_CORE_REVIEW_REVIEW_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/review/states.h"

namespace frikommune::review {

// The state that a review takes a decision to. Errors by MakeError:
//
//   REVIEWER_IS_ASSESSOR  the reviewer assessed (INVALID_ARGUMENT, of the field
//                         review.reviewer)
//   STATE_CONFLICT        it waits for no review, or decides nothing, or is a
//                         proposal that is rejected: a proposal is changed by
//                         deciding again (FAILED_PRECONDITION)
absl::StatusOr<DecisionState> AfterReview(
    const decision::v1::RecordedDecision& decision,
    const decision::v1::LeaderReview& review);

// STATE_CONFLICT, of the field `supersedes`, unless a later decision can take
// the place of `decision`.
absl::Status CheckSupersede(const decision::v1::RecordedDecision& decision);

}  // namespace frikommune::review

#endif  // FRIKOMMUNE_CORE_REVIEW_REVIEW_H_
