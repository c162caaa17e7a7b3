#include "adapters/ledger/known_entries.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "core/ledger/chain_walk.h"

namespace frikommune::ledger {

void KnownEntries::AddKept(v1::Entry entry) {
  Key key = {entry.municipality(), entry.request_id()};
  kept_[std::move(key)] = std::move(entry);
}

void KnownEntries::AddLatest(const v1::Entry& entry) {
  latest_[{entry.municipality(), entry.subject()}] = entry.name();
}

void KnownEntries::AddHead(int municipality, ChainHead head) {
  heads_[municipality] = std::move(head);
}

std::vector<LinkedDraft> KnownEntries::Take(
    absl::Span<const SealedDraft* const> drafts,
    std::vector<LedgerReceipt>& receipts) {
  receipts.assign(drafts.size(), {});
  std::vector<LinkedDraft> linked;
  linked.reserve(drafts.size());
  for (size_t begin = 0, end; begin < drafts.size(); begin = end) {
    end = begin + 1;
    while (end < drafts.size() && drafts[end]->joined) ++end;
    TakeJoined(drafts.subspan(begin, end - begin),
               absl::MakeSpan(receipts).subspan(begin, end - begin), linked);
  }
  return linked;
}

std::map<int, ChainHead> KnownEntries::MovedHeads() const {
  std::map<int, ChainHead> moved;
  for (const auto& [municipality, head] : heads_) {
    if (moved_.contains(municipality)) moved.emplace(municipality, head);
  }
  return moved;
}

void KnownEntries::TakeJoined(absl::Span<const SealedDraft* const> joined,
                              absl::Span<LedgerReceipt> receipts,
                              std::vector<LinkedDraft>& linked) {
  bool repeated = false;
  for (size_t i = 0; i < joined.size(); ++i) {
    auto kept = KeptOf(*joined[i], linked);
    if (!kept.has_value()) continue;
    receipts[i].entry = *std::move(kept);
    repeated = true;
  }
  absl::Status status;
  for (const SealedDraft* const draft : joined) {
    if (!repeated) status.Update(CheckFollows(*draft));
  }
  for (size_t i = 0; i < joined.size(); ++i) {
    receipts[i].status = status;
    receipts[i].repeated = repeated;
    if (repeated || !status.ok()) continue;
    linked_now_[{joined[i]->municipality, joined[i]->request_id}] =
        linked.size();
    linked.push_back(Link(*joined[i]));
    receipts[i].position = linked.back().position;
  }
}

std::optional<v1::Entry> KnownEntries::KeptOf(
    const SealedDraft& draft, const std::vector<LinkedDraft>& linked) const {
  const auto now = linked_now_.find({draft.municipality, draft.request_id});
  if (now != linked_now_.end()) {
    const LinkedDraft& first = linked[now->second];
    v1::Entry entry;
    Read(Unsealed(first.position, first.draft->request_id, first.draft->subject,
                  first.draft->packed, BytesOf(first.previous_hash),
                  BytesOf(first.hash)),
         entry);
    return entry;
  }
  if (kept_.empty()) return std::nullopt;
  const auto kept =
      kept_.find({draft.municipality, std::string(draft.request_id)});
  if (kept == kept_.end()) return std::nullopt;
  return kept->second;
}

absl::Status KnownEntries::CheckFollows(const SealedDraft& draft) const {
  if (!draft.follows.has_value()) return absl::OkStatus();
  absl::string_view latest;
  const auto now = latest_now_.find({draft.municipality, draft.subject});
  const auto before =
      latest_.find({draft.municipality, std::string(draft.subject)});
  if (now != latest_now_.end()) {
    latest = now->second;
  } else if (before != latest_.end()) {
    latest = before->second;
  }
  if (*draft.follows == latest) return absl::OkStatus();
  return absl::AbortedError(absl::StrCat(draft.subject, " has changed"));
}

LinkedDraft KnownEntries::Link(const SealedDraft& draft) {
  ChainHead& head = heads_[draft.municipality];
  LinkedDraft linked;
  linked.draft = &draft;
  linked.position = head.position + 1;
  head.hash.copy(linked.previous_hash.data(), kHashBytes);
  const absl::string_view hash =
      hasher_.HashAt(linked.position, head.hash, draft.content_digest);
  hash.copy(linked.hash.data(), kHashBytes);
  head.position = linked.position;
  head.hash.assign(hash.data(), hash.size());
  moved_.insert(draft.municipality);
  latest_now_[{draft.municipality, draft.subject}] = draft.name;
  return linked;
}

}  // namespace frikommune::ledger
