#include "adapters/ledger/known_entries.h"

#include "absl/strings/str_cat.h"
#include "core/ledger/chain.h"

namespace frikommune::ledger {

void KnownEntries::AddKept(v1::Entry entry) {
  Key key = {entry.municipality(), entry.request_id()};
  kept_[std::move(key)] = std::move(entry);
}

void KnownEntries::AddLatest(int municipality, std::string subject,
                             std::string entry_name) {
  latest_[{municipality, std::move(subject)}] = std::move(entry_name);
}

void KnownEntries::AddHead(int municipality, ChainHead head) {
  heads_[municipality] = std::move(head);
}

std::vector<const v1::Entry*> KnownEntries::Take(
    absl::Span<const LedgerDraft* const> drafts,
    std::vector<LedgerReceipt>& receipts) {
  receipts.assign(drafts.size(), {});
  std::vector<const v1::Entry*> added;
  for (size_t begin = 0, end; begin < drafts.size(); begin = end) {
    end = begin + 1;
    while (end < drafts.size() && drafts[end]->joined) ++end;
    TakeJoined(drafts.subspan(begin, end - begin),
               absl::MakeSpan(receipts).subspan(begin, end - begin), added);
  }
  return added;
}

void KnownEntries::TakeJoined(absl::Span<const LedgerDraft* const> joined,
                              absl::Span<LedgerReceipt> receipts,
                              std::vector<const v1::Entry*>& added) {
  bool repeated = false;
  for (size_t i = 0; i < joined.size(); ++i) {
    const v1::Entry& wanted = joined[i]->entry;
    const auto kept = kept_.find({wanted.municipality(), wanted.request_id()});
    if (kept == kept_.end()) continue;
    receipts[i].entry = kept->second;
    repeated = true;
  }
  absl::Status status;
  for (const LedgerDraft* const draft : joined) {
    if (!repeated) status.Update(CheckFollows(*draft));
  }
  for (size_t i = 0; i < joined.size(); ++i) {
    receipts[i].status = status;
    receipts[i].repeated = repeated;
    if (repeated || !status.ok()) continue;
    Link(*joined[i], receipts[i]);
    added.push_back(&receipts[i].entry);
  }
}

absl::Status KnownEntries::CheckFollows(const LedgerDraft& draft) const {
  if (!draft.follows.has_value()) return absl::OkStatus();
  const auto latest =
      latest_.find({draft.entry.municipality(), draft.entry.subject()});
  if (*draft.follows == (latest == latest_.end() ? "" : latest->second)) {
    return absl::OkStatus();
  }
  return absl::AbortedError(
      absl::StrCat(draft.entry.subject(), " has changed"));
}

void KnownEntries::Link(const LedgerDraft& draft, LedgerReceipt& receipt) {
  v1::Entry& entry = receipt.entry;
  entry = draft.entry;
  ChainHead& head = heads_[entry.municipality()];
  ledger::Link(head.position, head.hash, entry);
  head = {entry.position(), entry.hash()};
  kept_[{entry.municipality(), entry.request_id()}] = entry;
  latest_[{entry.municipality(), entry.subject()}] = entry.name();
}

}  // namespace frikommune::ledger
