#include "services/decisions/decision_keeper.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/decision/basic_view.h"
#include "core/decision/render.h"
#include "core/error/error.h"
#include "core/error/item_error.h"
#include "core/ledger/request_digest.h"
#include "core/review/review.h"

namespace frikommune::decisions {
namespace {

using decision::ViewOr;
using decision::v1::DecisionResult;
using decision::v1::RecordedDecision;
using decision::v1::View;
using decision::v1::VIEW_BASIC;
using decision::v1::VIEW_FULL;
using wire::MessageWriter;

// How many items are decided between two looks at whether anyone still wants
// the answer.
constexpr int kItemsBetweenLooks = 64;

// About what an answer in the BASIC view takes.
constexpr size_t kBasicAnswerBytes = 512;

void WriteCase(const Asked& asked, RecordedDecision& out) {
  out.set_case_id(std::string(asked.case_id));
  out.set_decision_date(std::string(asked.decision_date));
  if (asked.assessment != nullptr) {
    *out.mutable_assessment() = *asked.assessment;
  }
  if (asked.leader_review != nullptr) {
    *out.mutable_leader_review() = *asked.leader_review;
  }
}

// Writes the error of an item that is refused.
void WriteRefusal(const absl::Status& status, MessageWriter& out) {
  out.Message(DecisionResult::kErrorFieldNumber,
              [&] { WriteItemError(status, out); });
}

absl::Status RefuseSupersede(absl::StatusCode code,
                             decision::v1::ErrorReason reason,
                             absl::string_view what) {
  return MakeError(code, reason, "supersedes", what);
}

}  // namespace

void DecisionKeeper::Decide(DecidingCall& call, const Asked& asked,
                            MessageWriter& out, Done done) {
  const View view = ViewOr(asked.view, VIEW_FULL);
  if (asked.validate_only) {
    return std::move(done)(
        Answer(call, asked, view, means_.snapshot.digest(), out));
  }
  Items items;
  items.push_back({.asked = asked, .view = view});
  auto shared = std::make_shared<Done>(std::move(done));
  Keep(
      call, std::move(items),
      [&out, shared](const Items& settled) {
        const Item& item = settled[0];
        if (item.status.ok()) out.Encoded(item.answer);
        std::move (*shared)(item.status);
      },
      [shared](const absl::Status& status) { std::move (*shared)(status); });
}

void DecisionKeeper::DecideItem(DecidingCall& call, const Asked& asked,
                                MessageWriter& out,
                                absl::AnyInvocable<void() &&> done) {
  const absl::Status checked = call.Check(*asked.request);
  if (!checked.ok()) {
    WriteRefusal(checked, out);
    return std::move(done)();
  }
  Asked basic = asked;
  basic.view = ViewOr(asked.view, VIEW_BASIC);
  Decide(call, basic, out,
         [&out, done = std::move(done)](const absl::Status& status) mutable {
           if (!status.ok()) WriteRefusal(status, out);
           std::move(done)();
         });
}

void DecisionKeeper::DecideAll(DecidingCall& call, AskedBatch batch,
                               MessageWriter& out, Done done) {
  Items items;
  int at = 0;
  for (const Asked& asked : batch.items) {
    if (at++ % kItemsBetweenLooks == 0 && batch.is_cancelled()) {
      return std::move(done)(absl::CancelledError("given up by the caller"));
    }
    const View view = ViewOr(asked.view, batch.view);
    absl::Status status = call.Check(*asked.request);
    if (status.ok() && !batch.validate_only && !asked.validate_only) {
      items.push_back({.asked = asked, .view = view, .place = out.size()});
      continue;
    }
    const auto write = [&] {
      if (status.ok()) status = Answer(call, asked, view, "", out);
      if (!status.ok()) WriteRefusal(status, out);
    };
    out.Message(kResultsField, write, wire::Expect::kLong);
  }
  if (items.empty()) {
    out.Text(kCatalogDigestField, means_.snapshot.digest());
    return std::move(done)(absl::OkStatus());
  }
  auto shared = std::make_shared<Done>(std::move(done));
  Keep(
      call, std::move(items),
      [this, &out, shared](const Items& settled) {
        const std::string written(out.bytes());
        out =
            MessageWriter(written.size() + settled.size() * kBasicAnswerBytes);
        WriteAll(settled, written, out);
        std::move (*shared)(absl::OkStatus());
      },
      [shared](const absl::Status& status) { std::move (*shared)(status); });
}

void DecisionKeeper::WriteAll(const Items& items, absl::string_view written,
                              MessageWriter& out) {
  size_t done = 0;
  for (const Item& item : items) {
    out.Encoded(written.substr(done, item.place - done));
    done = item.place;
    const auto write = [&] {
      if (item.status.ok()) {
        out.Encoded(item.answer);
      } else {
        WriteRefusal(item.status, out);
      }
    };
    out.Message(kResultsField, write, wire::Expect::kLong);
  }
  out.Encoded(written.substr(done));
  out.Text(kCatalogDigestField, means_.snapshot.digest());
}

absl::Status DecisionKeeper::Answer(DecidingCall& call, const Asked& asked,
                                    View view, absl::string_view digest,
                                    MessageWriter& out) {
  using R = RecordedDecision;
  const auto decide = [&] {
    const auto answer = call.Write(*asked.request, view, out);
    if (answer.ok()) {
      means_.meter.Count(*answer,
                         ParseMunicipality(asked.municipality).value_or(0));
    }
    return answer.status();
  };
  const auto fill = [&] {
    out.Text(R::kCaseIdFieldNumber, asked.case_id);
    out.Text(R::kDecisionDateFieldNumber, asked.decision_date);
    absl::Status status =
        out.TryMessage(R::kDecisionFieldNumber, decide, wire::Expect::kLong);
    if (!status.ok()) return status;
    if (asked.assessment != nullptr) {
      wire::WriteMessage(R::kAssessmentFieldNumber, *asked.assessment, out);
    }
    if (asked.leader_review != nullptr) {
      wire::WriteMessage(R::kLeaderReviewFieldNumber, *asked.leader_review,
                         out);
    }
    out.Text(R::kCatalogDigestFieldNumber, digest);
    return status;
  };
  return out.TryMessage(DecisionResult::kDecisionFieldNumber, fill,
                        wire::Expect::kLong);
}

void DecisionKeeper::Keep(DecidingCall& call, Items items, Settled settled,
                          Done overloaded) {
  bool reads = false;
  for (const Item& item : items) reads |= !item.asked.supersedes.empty();
  if (!reads) return KeepNow(call, std::move(items), std::move(settled));
  OnWorker(means_.workers, std::move(overloaded),
           [this, &call, items = std::move(items),
            settled = std::move(settled)](Done) mutable {
             KeepNow(call, std::move(items), std::move(settled));
           });
}

void DecisionKeeper::KeepNow(DecidingCall& call, Items items, Settled settled) {
  std::vector<LedgerDraft> drafts;
  for (Item& item : items) item.status = Draft(call, item, drafts);
  if (drafts.empty()) return std::move(settled)(std::move(items));
  means_.ledger.Append(
      std::move(drafts),
      [this, items = std::move(items), settled = std::move(settled)](
          const std::vector<LedgerReceipt>& receipts) mutable {
        for (Item& item : items) {
          if (item.draft < 0) continue;
          Settle(receipts[static_cast<size_t>(item.draft)], item);
        }
        std::move(settled)(std::move(items));
      });
}

absl::Status DecisionKeeper::Draft(DecidingCall& call, Item& item,
                                   std::vector<LedgerDraft>& drafts) {
  const Asked& asked = item.asked;
  RecordedDecision kept;
  absl::Status status = call.Decide(*asked.request, *kept.mutable_decision());
  if (!status.ok()) return status;
  item.municipality = ParseMunicipality(asked.municipality).value_or(0);
  item.digest = ledger::DigestOfRequest(call.call(), *asked.request);

  absl::StatusOr<RecordedDecision> old = RecordedDecision();
  if (!asked.supersedes.empty()) old = Superseded(item);
  if (!old.ok()) {
    // It may be that this very request has done it.
    auto earlier = EarlierAnswer(means_.ledger, item.municipality,
                                 asked.request_id, item.digest, means_.effects);
    if (absl::IsNotFound(earlier.status())) return old.status();
    if (!earlier.ok()) return ToRefusal(earlier.status());
    item.answer = *std::move(earlier);
    return absl::OkStatus();
  }

  const Call made = {.service = means_.service,
                     .name = call.call(),
                     .municipality = item.municipality,
                     .request_id = asked.request_id.empty()
                                       ? means_.ids.Next()
                                       : std::string(asked.request_id),
                     .request_digest = item.digest,
                     .request = ledger::Canonical(*asked.request),
                     .time = means_.clock.Now()};
  WriteCase(asked, kept);
  kept.set_name(
      WriteName(item.municipality, kDecisionNames, means_.ids.Next()));
  kept.set_state(
      *review::Next(decision::v1::DECISION_STATE_UNSPECIFIED,
                    review::Beginning(kept.decision().outcome(),
                                      !kept.assessment().assessor().empty())));
  kept.set_supersedes(std::string(asked.supersedes));
  WriteTime(made.time, *kept.mutable_create_time());
  kept.set_catalog_digest(means_.snapshot.digest());
  kept.set_request_id(made.request_id);
  item.draft = static_cast<int>(drafts.size());
  drafts.push_back(DraftOf(made, means_.ids, kept));

  item.experiment = kept.decision().experiment();
  item.outcome = kept.decision().outcome();
  item.regime = kept.decision().regime();
  item.effect = EffectOf(kept);
  if (item.view == VIEW_BASIC) {
    decision::ReduceToBasic(*kept.mutable_decision());
  }
  item.answer = EncodeAnswer(kept);
  drafts.back().entry.set_response(item.answer);
  if (asked.supersedes.empty()) return status;

  old->set_state(*review::Next(old->state(), review::Event::kSuperseded));
  old->set_superseded_by(kept.name());
  const std::string follows = EntryOfEtag(item.municipality, old->etag());
  LedgerDraft end =
      DraftOf({.service = made.service,
               .name = made.name,
               .municipality = made.municipality,
               .request_id = absl::StrCat(kept.name(), "/supersedes"),
               .time = made.time},
              means_.ids, *old);
  end.follows = follows;
  end.joined = true;
  drafts.push_back(std::move(end));
  return status;
}

absl::StatusOr<RecordedDecision> DecisionKeeper::Superseded(const Item& item) {
  const Asked& asked = item.asked;
  const auto name = NameIn("supersedes", asked.supersedes, kDecisionNames);
  if (!name.ok()) return name.status();
  if (name->municipality != item.municipality) {
    return RefuseSupersede(absl::StatusCode::kNotFound,
                           decision::v1::ERROR_REASON_RESOURCE_UNKNOWN,
                           "supersedes names no decision of the municipality");
  }
  const auto entry = LatestOf(means_.ledger, "supersedes", asked.supersedes,
                              RecordedDecisionType());
  if (!entry.ok()) return entry.status();
  auto old = DecisionIn(*entry);
  if (!old.ok()) return old;
  if (old->case_id() != asked.case_id) {
    return RefuseSupersede(absl::StatusCode::kInvalidArgument,
                           decision::v1::ERROR_REASON_CONFLICT,
                           "supersedes names a decision of another case");
  }
  const absl::Status status = review::CheckSupersede(*old);
  if (!status.ok()) return status;
  return old;
}

void DecisionKeeper::Settle(const LedgerReceipt& receipt, Item& item) {
  if (absl::IsAborted(receipt.status)) {
    item.status = RefuseSupersede(
        absl::StatusCode::kAborted, decision::v1::ERROR_REASON_ETAG_STALE,
        "the decision to supersede changed at the same moment; send again");
    return;
  }
  if (const auto how = HowTaken(receipt, item.digest)) {
    means_.effects.Took(*how);
  }
  auto first = FirstAnswer(receipt, item.digest);
  item.status = first.status();
  if (!first.ok()) return;
  if (first->empty()) {
    means_.meter.Count(item.experiment, item.outcome, item.regime,
                       item.municipality);
    decisions::Count(item.effect, item.municipality, means_.effects);
  } else {
    item.answer = *std::move(first);
  }
}

}  // namespace frikommune::decisions
