#include "core/review/states.h"

namespace frikommune::review {
namespace {

using namespace decision::v1;  // The states and the outcomes, by their names.

// clang-format off
constexpr Edge kEdges[] = {
    {DECISION_STATE_UNSPECIFIED,         Event::kProposed,          DECISION_STATE_PROPOSED,            false},
    {DECISION_STATE_UNSPECIFIED,         Event::kDecidedByPerson,   DECISION_STATE_FINAL,               true},
    {DECISION_STATE_UNSPECIFIED,         Event::kAssessmentMissing, DECISION_STATE_NEEDS_ASSESSMENT,    false},
    {DECISION_STATE_UNSPECIFIED,         Event::kReviewMissing,     DECISION_STATE_NEEDS_LEADER_REVIEW, false},

    {DECISION_STATE_PROPOSED,            Event::kApproved,          DECISION_STATE_FINAL,               true},
    {DECISION_STATE_NEEDS_LEADER_REVIEW, Event::kApproved,          DECISION_STATE_FINAL,               true},
    {DECISION_STATE_NEEDS_LEADER_REVIEW, Event::kRejected,          DECISION_STATE_FINAL,               true},

    {DECISION_STATE_PROPOSED,            Event::kSuperseded,        DECISION_STATE_SUPERSEDED,          false},
    {DECISION_STATE_NEEDS_ASSESSMENT,    Event::kSuperseded,        DECISION_STATE_SUPERSEDED,          false},
    {DECISION_STATE_NEEDS_LEADER_REVIEW, Event::kSuperseded,        DECISION_STATE_SUPERSEDED,          false},
    {DECISION_STATE_FINAL,               Event::kSuperseded,        DECISION_STATE_SUPERSEDED,          false},
};
// clang-format on

}  // namespace

absl::Span<const Edge> Edges() { return kEdges; }

std::optional<DecisionState> Next(DecisionState state, Event event) {
  for (const Edge& edge : kEdges) {
    if (edge.from == state && edge.event == event) return edge.to;
  }
  return std::nullopt;
}

Event Beginning(Outcome outcome, bool assessed) {
  if (outcome == OUTCOME_NEEDS_ASSESSMENT) return Event::kAssessmentMissing;
  if (outcome == OUTCOME_NEEDS_LEADER_REVIEW) return Event::kReviewMissing;
  return assessed && !DecidesNothing(outcome) ? Event::kDecidedByPerson
                                              : Event::kProposed;
}

bool DecidesNothing(Outcome outcome) {
  return outcome == OUTCOME_UNSPECIFIED ||
         outcome == OUTCOME_INSUFFICIENT_FACTS ||
         outcome == OUTCOME_LAW_NOT_ON_FILE ||
         outcome == OUTCOME_NOT_APPLICABLE;
}

}  // namespace frikommune::review
