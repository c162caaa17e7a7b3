#ifndef FRIKOMMUNE_SERVICES_DECISIONS_REVIEWER_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_REVIEWER_H_

#include <string>
#include <vector>

#include "services/decisions/decision_keeper.h"

namespace frikommune::decisions {

// A review that is asked for: views into its request.
struct AskedReview {
  const google::protobuf::Message* request = nullptr;
  // "frikommune.rehab.v1.RehabService/ReviewDecision".
  absl::string_view call;
  absl::string_view name;
  absl::string_view etag;
  absl::string_view request_id;
  const decision::v1::LeaderReview* review = nullptr;
  decision::v1::View view = decision::v1::VIEW_UNSPECIFIED;
};

// Puts reviews to decisions that are kept. What waits for a leader is decided
// again, from the request as it was kept and with the review in it, so that a
// rejection turns the outcome as the law's table says; a proposal that is
// confirmed stays what it is.
//
// Thread-safe. Workers do it; who calls does not wait.
class Reviewer {
 public:
  // `calls` are all that the service decides.
  Reviewer(const Means& means, std::vector<DecidingCall*> calls)
      : means_(means), deciding_calls_(std::move(calls)) {}

  // Reviews by a request whose fields are checked. Errors as
  // review::AfterReview, and NAME_INVALID, RESOURCE_UNKNOWN, ETAG_STALE,
  // REQUEST_ID_REUSED, OVERLOADED, STORE_UNAVAILABLE. What is asked and `out`
  // live until `done` is called.
  void Review(const AskedReview& asked, decision::v1::RecordedDecision& out,
              Done done);

 private:
  void Attempt(const AskedReview& asked, decision::v1::RecordedDecision& out,
               int attempts_left, Done done);
  // The decision as the review leaves it.
  absl::StatusOr<decision::v1::RecordedDecision> Reviewed(
      const AskedReview& asked, const ledger::v1::Entry& latest);
  absl::Status DecideAgain(const ledger::v1::Entry& latest,
                           const decision::v1::LeaderReview& review,
                           decision::v1::RecordedDecision& decision);
  void Keep(const AskedReview& asked, const ledger::v1::Entry& latest,
            decision::v1::RecordedDecision reviewed,
            decision::v1::RecordedDecision& out, int attempts_left, Done done);

  const Means means_;
  const std::vector<DecidingCall*> deciding_calls_;
};

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_REVIEWER_H_
