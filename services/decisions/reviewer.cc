#include "services/decisions/reviewer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/catalog/rule.h"
#include "core/decision/basic_view.h"
#include "core/error/error.h"
#include "core/ledger/request_digest.h"
#include "core/review/review.h"

namespace frikommune::decisions {
namespace {

using decision::v1::RecordedDecision;

// How often a review without an etag is put to a decision that changes under
// it.
constexpr int kAttempts = 3;

absl::Status Stale() {
  return MakeError(absl::StatusCode::kAborted,
                   decision::v1::ERROR_REASON_ETAG_STALE, "etag",
                   "the decision has changed; look at it again");
}

}  // namespace

void Reviewer::Review(const AskedReview& asked, RecordedDecision& out,
                      Done done) {
  OnWorker(means_.workers, std::move(done), [this, asked, &out](Done end) {
    Attempt(asked, out, kAttempts, std::move(end));
  });
}

void Reviewer::Attempt(const AskedReview& asked, RecordedDecision& out,
                       int attempts_left, Done done) {
  const auto name = NameIn("name", asked.name, kDecisionNames);
  if (!name.ok()) return std::move(done)(name.status());
  const auto latest =
      LatestOf(means_.ledger, "name", asked.name, RecordedDecisionType());
  if (!latest.ok()) return std::move(done)(latest.status());
  auto reviewed = Reviewed(asked, *latest);
  if (reviewed.ok()) {
    return Keep(asked, *latest, *std::move(reviewed), out, attempts_left,
                std::move(done));
  }
  // It may be that this very request has done it.
  const auto earlier = EarlierAnswer(
      means_.ledger, name->municipality, asked.request_id,
      ledger::DigestOfRequest(asked.call, *asked.request), means_.effects);
  if (absl::IsNotFound(earlier.status())) {
    return std::move(done)(reviewed.status());
  }
  if (!earlier.ok()) return std::move(done)(ToRefusal(earlier.status()));
  std::move(done)(DecodeAnswer(*earlier, out)
                      ? absl::OkStatus()
                      : absl::DataLossError("a kept answer cannot be read"));
}

absl::StatusOr<RecordedDecision> Reviewer::Reviewed(
    const AskedReview& asked, const ledger::v1::Entry& latest) {
  auto decision = DecisionIn(latest);
  if (!decision.ok()) return decision;
  if (!asked.etag.empty() && asked.etag != decision->etag()) return Stale();
  const auto next = review::AfterReview(*decision, *asked.review);
  if (!next.ok()) return next.status();
  if (decision->state() == decision::v1::DECISION_STATE_NEEDS_LEADER_REVIEW) {
    const absl::Status status = DecideAgain(latest, *asked.review, *decision);
    if (!status.ok()) return status;
  }
  *decision->mutable_leader_review() = *asked.review;
  decision->set_state(*next);
  return decision;
}

absl::Status Reviewer::DecideAgain(const ledger::v1::Entry& latest,
                                   const decision::v1::LeaderReview& review,
                                   RecordedDecision& decision) {
  for (DecidingCall* const call : deciding_calls_) {
    if (call->call() != latest.call()) continue;
    decision::v1::Decision again;
    absl::Status status = call->DecideReviewed(latest.request(), review, again);
    if (!status.ok()) return status;
    if (review::DecidesNothing(again.outcome()) ||
        catalog::KindOf(again.outcome()) ==
            annotations::v1::OUTCOME_KIND_PENDING) {
      return MakeError(absl::StatusCode::kFailedPrecondition,
                       decision::v1::ERROR_REASON_STATE_CONFLICT, "name",
                       "by the catalog of today it still waits; decide again, "
                       "superseding it");
    }
    *decision.mutable_decision() = std::move(again);
    decision.set_catalog_digest(means_.snapshot.digest());
    return status;
  }
  return absl::DataLossError(
      absl::StrCat(latest.name(), " is of no call of this service"));
}

void Reviewer::Keep(const AskedReview& asked, const ledger::v1::Entry& latest,
                    RecordedDecision reviewed, RecordedDecision& out,
                    int attempts_left, Done done) {
  const Call call = {
      .service = means_.service,
      .name = std::string(asked.call),
      .municipality = latest.municipality(),
      .request_id = asked.request_id.empty() ? means_.ids.Next()
                                             : std::string(asked.request_id),
      .request_digest = ledger::DigestOfRequest(asked.call, *asked.request),
      .request = ledger::Canonical(*asked.request),
      .time = means_.clock.Now()};
  // A decision that was final already has had its effect.
  Effect effect;
  const auto before = DecisionIn(latest);
  if (before.ok() && before->state() != decision::v1::DECISION_STATE_FINAL) {
    effect = EffectOf(reviewed.state(), reviewed.decision());
  }
  std::vector<LedgerDraft> drafts;
  drafts.push_back(DraftOf(call, means_.ids, reviewed));
  drafts[0].follows = latest.name();
  out = std::move(reviewed);
  if (asked.view == decision::v1::VIEW_BASIC) {
    decision::ReduceToBasic(*out.mutable_decision());
  }
  drafts[0].entry.set_response(EncodeAnswer(out));
  means_.ledger.Append(std::move(drafts),
                       [this, asked, &out, attempts_left, effect,
                        municipality = call.municipality,
                        digest = call.request_digest, done = std::move(done)](
                           const std::vector<LedgerReceipt>& receipts) mutable {
                         if (absl::IsAborted(receipts[0].status)) {
                           if (!asked.etag.empty() || attempts_left == 1) {
                             return std::move(done)(Stale());
                           }
                           return OnWorker(
                               means_.workers, std::move(done),
                               [this, asked, &out, attempts_left](Done end) {
                                 Attempt(asked, out, attempts_left - 1,
                                         std::move(end));
                               });
                         }
                         if (const auto how = HowTaken(receipts[0], digest)) {
                           means_.effects.Took(*how);
                         }
                         const auto first = FirstAnswer(receipts[0], digest);
                         if (first.ok() && !first->empty())
                           DecodeAnswer(*first, out);
                         if (first.ok() && first->empty()) {
                           Count(effect, municipality, means_.effects);
                         }
                         std::move(done)(first.status());
                       });
}

}  // namespace frikommune::decisions
