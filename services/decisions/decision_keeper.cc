#include "services/decisions/decision_keeper.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/civil_time/date.h"
#include "core/decision/render.h"
#include "core/error/error.h"
#include "core/error/item_error.h"
#include "core/ledger/request_digest.h"
#include "core/resource_id/resource_id.h"
#include "core/review/review.h"
#include "services/decisions/record_writer.h"

namespace frikommune::decisions {
namespace {

using decision::ViewOr;
using decision::v1::Decision;
using decision::v1::DecisionResult;
using decision::v1::DecisionState;
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

Record RecordOf(const Asked& asked) {
  return {.case_id = asked.case_id,
          .decision_date = asked.decision_date,
          .assessment = asked.assessment,
          .leader_review = asked.leader_review};
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
  if (!HasRoom(1)) return std::move(done)(Overloaded());
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

void DecisionKeeper::DecideAll(DecidingCall& call, const AskedBatch& batch,
                               MessageWriter& out, Done done) {
  if (!batch.validate_only && !HasRoom(batch.items.size())) {
    return std::move(done)(Overloaded());
  }
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
        if (AllAreOverloaded(settled)) return std::move(*shared)(Overloaded());
        const std::string written(out.bytes());
        out =
            MessageWriter(written.size() + settled.size() * kBasicAnswerBytes);
        WriteAll(settled, written, out);
        std::move (*shared)(absl::OkStatus());
      },
      [shared](const absl::Status& status) { std::move (*shared)(status); });
}

bool DecisionKeeper::HasRoom(size_t drafts) {
  const LedgerQueue queue = means_.ledger.Queue();
  return queue.depth == 0 || queue.depth + drafts <= queue.limit;
}

bool DecisionKeeper::AllAreOverloaded(const Items& items) {
  return std::all_of(items.begin(), items.end(), [](const Item& item) {
    return absl::IsResourceExhausted(item.status);
  });
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
  Record record = RecordOf(asked);
  record.catalog_digest = digest;
  const auto decide = [&] {
    const auto answer = call.Write(*asked.request, view, out);
    if (answer.ok()) {
      means_.meter.Count(*answer,
                         ParseMunicipality(asked.municipality).value_or(0));
    }
    return answer.status();
  };
  return out.TryMessage(
      DecisionResult::kDecisionFieldNumber,
      [&] { return WriteRecord(record, decide, out); }, wire::Expect::kLong);
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
  drafts.reserve(items.size());
  Written written;
  for (Item& item : items) item.status = Draft(call, item, written, drafts);
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
                                   Written& written,
                                   std::vector<LedgerDraft>& drafts) {
  const Asked& asked = item.asked;
  absl::Status status = Write(call, asked, written);
  if (!status.ok()) return status;
  item.municipality = ParseMunicipality(asked.municipality).value_or(0);
  std::string request = ledger::Canonical(*asked.request);
  item.digest =
      ledger::DigestOfCanonical(call.call(), request, call.request_id_field());

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

  const absl::Time now = means_.clock.Now();
  LedgerDraft draft = DraftOf(
      {.service = means_.service,
       .name = call.call(),
       .municipality = item.municipality,
       .request_id = asked.request_id.empty() ? means_.ids.Next()
                                              : std::string(asked.request_id),
       .request_digest = item.digest,
       .request = std::move(request),
       .time = now},
      means_.ids);
  const Decision& decision = written.said;
  const DecisionState state = *review::Next(
      decision::v1::DECISION_STATE_UNSPECIFIED,
      review::Beginning(decision.outcome(),
                        asked.assessment != nullptr &&
                            !asked.assessment->assessor().empty()));
  WriteEntry(item, state, written, draft.entry);
  item.answer = draft.entry.response();
  item.experiment = decision.experiment();
  item.outcome = decision.outcome();
  item.regime = decision.regime();
  item.effect = EffectOf(state, decision);
  item.draft = static_cast<int>(drafts.size());
  drafts.push_back(std::move(draft));
  if (!asked.supersedes.empty()) DraftEnd(*std::move(old), now, drafts);
  return status;
}

absl::Status DecisionKeeper::Write(DecidingCall& call, const Asked& asked,
                                   Written& out) {
  out.full.Clear();
  out.basic.Clear();
  absl::Status status =
      call.Write(*asked.request, VIEW_FULL, out.full).status();
  if (status.ok()) {
    status = call.Write(*asked.request, VIEW_BASIC, out.basic).status();
  }
  if (status.ok()) wire::Read(out.basic, out.said);
  return status;
}

void DecisionKeeper::WriteEntry(const Item& item, DecisionState state,
                                Written& written, ledger::v1::Entry& entry) {
  const Asked& asked = item.asked;
  const std::string name =
      WriteName(entry.municipality(), kDecisionNames, means_.ids.Next());
  Record record = RecordOf(asked);
  record.name = name;
  record.state = state;
  record.supersedes = asked.supersedes;
  record.etag = ParseName(entry.name())->id;
  record.time = &entry.time();
  record.catalog_digest = means_.snapshot.digest();
  record.request_id = entry.request_id();
  const auto write = [&](const MessageWriter& decision) {
    return WriteRecord(
        record,
        [&] {
          written.record.Encoded(decision.bytes());
          return absl::OkStatus();
        },
        written.record);
  };
  written.record.Clear();
  write(written.full).IgnoreError();
  entry.set_subject_state(std::string(written.record.bytes()));
  written.record.Clear();
  written.record
      .TryMessage(
          DecisionResult::kDecisionFieldNumber,
          [&] {
            return write(item.view == VIEW_BASIC ? written.basic
                                                 : written.full);
          },
          wire::Expect::kLong)
      .IgnoreError();
  entry.set_response(std::string(written.record.bytes()));
  entry.set_subject(name);
  entry.set_subject_type(RecordedDecisionType());
  entry.set_catalog_digest(means_.snapshot.digest());
  ledger::v1::SubjectIndex& index = *entry.mutable_index();
  index.set_case_id(std::string(asked.case_id));
  index.set_provision(written.said.provision());
  index.set_experiment(written.said.experiment());
  index.set_outcome(written.said.outcome());
  index.set_state(state);
  const auto day = civil_time::ParseDate(asked.decision_date);
  if (day.ok()) index.set_day(day->days());
}

void DecisionKeeper::DraftEnd(RecordedDecision old, absl::Time now,
                              std::vector<LedgerDraft>& drafts) {
  std::string follows =
      EntryOfEtag(ParseName(old.name())->municipality, old.etag());
  const ledger::v1::Entry& by = drafts.back().entry;
  old.set_state(*review::Next(old.state(), review::Event::kSuperseded));
  old.set_superseded_by(by.subject());
  LedgerDraft end =
      DraftOf({.service = by.service(),
               .name = by.call(),
               .municipality = by.municipality(),
               .request_id = absl::StrCat(by.subject(), "/supersedes"),
               .time = now},
              means_.ids, old);
  end.follows = std::move(follows);
  end.joined = true;
  drafts.push_back(std::move(end));
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
