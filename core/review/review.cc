#include "core/review/review.h"

#include "absl/strings/str_cat.h"
#include "core/error/error.h"

namespace frikommune::review {
namespace {

using namespace decision::v1;  // The states and the verdicts, by their names.

absl::Status Conflict(absl::string_view field, absl::string_view what) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   ERROR_REASON_STATE_CONFLICT, field, what);
}

}  // namespace

absl::StatusOr<DecisionState> AfterReview(const RecordedDecision& decision,
                                          const LeaderReview& review) {
  if (decision.assessment().assessor() == review.reviewer()) {
    return MakeError(absl::StatusCode::kInvalidArgument,
                     ERROR_REASON_REVIEWER_IS_ASSESSOR, "review.reviewer",
                     "the reviewer is another person than the assessor");
  }
  const bool approved = review.verdict() == VERDICT_APPROVED;
  if (decision.state() == DECISION_STATE_PROPOSED) {
    if (DecidesNothing(decision.decision().outcome())) {
      return Conflict("name", "it decides nothing that a person could confirm");
    }
    if (!approved) {
      return Conflict("review.verdict",
                      "a proposal is not rejected; decide again, superseding "
                      "it");
    }
  }
  const auto next =
      Next(decision.state(), approved ? Event::kApproved : Event::kRejected);
  if (!next.has_value()) {
    return Conflict("name",
                    absl::StrCat("it is ", DecisionState_Name(decision.state()),
                                 ", and waits for no review"));
  }
  return *next;
}

absl::Status CheckSupersede(const RecordedDecision& decision) {
  if (Next(decision.state(), Event::kSuperseded).has_value()) {
    return absl::OkStatus();
  }
  return Conflict("supersedes", "a later decision has taken its place already");
}

}  // namespace frikommune::review
