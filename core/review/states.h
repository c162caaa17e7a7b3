#ifndef FRIKOMMUNE_CORE_REVIEW_STATES_H_
#define FRIKOMMUNE_CORE_REVIEW_STATES_H_

#include <optional>

#include "absl/types/span.h"
#include "frikommune/decision/v1/record.pb.h"

namespace frikommune::review {

using decision::v1::DecisionState;

// What happens to a kept decision. The first four are how it begins.
enum class Event {
  // The machine decided, and no person stands behind it.
  kProposed,
  // The machine decided on a person's assessment, and on a leader's review
  // where one was needed.
  kDecidedByPerson,
  // It was decided that the assessment is missing, or the leader's review.
  kAssessmentMissing,
  kReviewMissing,
  // A person approves, or rejects.
  kApproved,
  kRejected,
  // A later decision takes its place.
  kSuperseded,
};
constexpr Event kEvents[] = {Event::kProposed,          Event::kDecidedByPerson,
                             Event::kAssessmentMissing, Event::kReviewMissing,
                             Event::kApproved,          Event::kRejected,
                             Event::kSuperseded};

// One way to go. DECISION_STATE_UNSPECIFIED is where there is no decision yet.
struct Edge {
  DecisionState from;
  Event event;
  DecisionState to;
  // True if nothing but a person can make it happen.
  bool by_person;

  friend bool operator==(const Edge&, const Edge&) = default;
};

// All ways there are: the whole of the machine. What is not here cannot happen.
absl::Span<const Edge> Edges();

// Where `event` leads from `state`; nothing if it cannot happen there.
std::optional<DecisionState> Next(DecisionState state, Event event);

// How a decision of that outcome begins; `assessed` says whether a person's
// assessment was given with the request.
Event Beginning(decision::v1::Outcome outcome, bool assessed);

// True if the outcome is no answer (INSUFFICIENT_FACTS, LAW_NOT_ON_FILE,
// NOT_APPLICABLE): nobody can stand behind it, and it never becomes final.
bool DecidesNothing(decision::v1::Outcome outcome);

}  // namespace frikommune::review

#endif  // FRIKOMMUNE_CORE_REVIEW_STATES_H_
