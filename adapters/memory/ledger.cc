#include "adapters/memory/ledger.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/ledger/chain.h"

namespace frikommune {
namespace {

using ledger::v1::Entry;

bool Matches(const SubjectFilter& filter, const Entry& entry) {
  const auto text = [](const std::string& wanted, const std::string& has) {
    return wanted.empty() || wanted == has;
  };
  const auto number = [](const std::optional<int>& wanted, int has) {
    return !wanted.has_value() || *wanted == has;
  };
  const auto& index = entry.index();
  return text(filter.service, entry.service()) &&
         text(filter.subject_type, entry.subject_type()) &&
         text(filter.case_id, index.case_id()) &&
         text(filter.provision, index.provision()) &&
         text(filter.experiment, index.experiment()) &&
         number(filter.outcome, index.outcome()) &&
         number(filter.state, index.state()) &&
         (!filter.from_day.has_value() || index.day() >= *filter.from_day) &&
         (!filter.to_day.has_value() || index.day() <= *filter.to_day);
}

absl::Status NotThere(absl::string_view what) {
  return absl::NotFoundError(absl::StrCat("no entry of ", what));
}

}  // namespace

void MemoryLedger::Append(std::vector<LedgerDraft> drafts, Done done) {
  std::vector<LedgerReceipt> receipts;
  receipts.reserve(drafts.size());
  {
    absl::MutexLock lock(&mutex_);
    for (size_t begin = 0, end; begin < drafts.size(); begin = end) {
      end = begin + 1;
      while (end < drafts.size() && drafts[end].joined) ++end;
      Keep(absl::MakeSpan(drafts).subspan(begin, end - begin), receipts);
    }
  }
  std::move(done)(std::move(receipts));
}

void MemoryLedger::Keep(absl::Span<LedgerDraft> joined,
                        std::vector<LedgerReceipt>& out) {
  Chain& chain = chains_[joined[0].entry.municipality()];
  bool repeated = false;
  for (const LedgerDraft& draft : joined) {
    repeated |= chain.by_request_id.contains(draft.entry.request_id());
  }
  absl::Status status;
  for (const LedgerDraft& draft : joined) {
    if (repeated || !draft.follows.has_value()) continue;
    const auto latest = chain.latest.find(draft.entry.subject());
    if (*draft.follows !=
        (latest == chain.latest.end() ? "" : latest->second->name())) {
      status = absl::AbortedError(
          absl::StrCat(draft.entry.subject(), " has changed"));
    }
  }
  for (LedgerDraft& draft : joined) {
    LedgerReceipt& receipt = out.emplace_back();
    receipt.status = status;
    receipt.repeated = repeated;
    const auto kept = chain.by_request_id.find(draft.entry.request_id());
    if (kept != chain.by_request_id.end()) receipt.entry = *kept->second;
    if (repeated || !status.ok()) continue;
    const bool first = chain.entries.empty();
    ledger::Link(
        static_cast<int64_t>(chain.entries.size()),
        first ? ledger::HashBeforeFirst() : chain.entries.back().hash(),
        draft.entry);
    chain.entries.push_back(std::move(draft.entry));
    const Entry& entry = chain.entries.back();
    chain.by_request_id[entry.request_id()] = &entry;
    chain.latest[entry.subject()] = &entry;
    receipt.position = entry.position();
  }
}

const MemoryLedger::Chain* MemoryLedger::Find(int municipality) const {
  const auto found = chains_.find(municipality);
  return found == chains_.end() ? nullptr : &found->second;
}

absl::StatusOr<Entry> MemoryLedger::FindByRequestId(
    int municipality, absl::string_view request_id) {
  absl::MutexLock lock(&mutex_);
  const Chain* const chain = Find(municipality);
  if (chain == nullptr) return NotThere(request_id);
  const auto found = chain->by_request_id.find(request_id);
  if (found == chain->by_request_id.end()) return NotThere(request_id);
  return *found->second;
}

absl::StatusOr<Entry> MemoryLedger::Latest(int municipality,
                                           absl::string_view subject) {
  absl::MutexLock lock(&mutex_);
  const Chain* const chain = Find(municipality);
  if (chain == nullptr) return NotThere(subject);
  const auto found = chain->latest.find(subject);
  if (found == chain->latest.end()) return NotThere(subject);
  return *found->second;
}

absl::StatusOr<std::vector<Entry>> MemoryLedger::ListSubjects(
    int municipality, const SubjectFilter& filter, absl::string_view after,
    int limit) {
  absl::MutexLock lock(&mutex_);
  std::vector<Entry> found;
  const Chain* const chain = Find(municipality);
  if (chain == nullptr) return found;
  for (auto at = chain->latest.upper_bound(after);
       at != chain->latest.end() && static_cast<int>(found.size()) < limit;
       ++at) {
    if (Matches(filter, *at->second)) found.push_back(*at->second);
  }
  return found;
}

absl::StatusOr<std::vector<Entry>> MemoryLedger::Read(int municipality,
                                                      int64_t after_position,
                                                      int limit) {
  absl::MutexLock lock(&mutex_);
  std::vector<Entry> found;
  const Chain* const chain = Find(municipality);
  if (chain == nullptr) return found;
  for (auto i = static_cast<size_t>(after_position);
       i < chain->entries.size() && static_cast<int>(found.size()) < limit;
       ++i) {
    found.push_back(chain->entries[i]);
  }
  return found;
}

absl::Status MemoryLedger::Scan(
    int municipality, int64_t after_position, int limit,
    absl::FunctionRef<void(const ledger::StoredEntry&)> take) {
  const auto entries = Read(municipality, after_position, limit);
  if (!entries.ok()) return entries.status();
  for (const Entry& entry : *entries) {
    Entry content = entry;
    content.clear_position();
    content.clear_previous_hash();
    content.clear_hash();
    const std::string bytes = content.SerializeAsString();
    take({entry.position(), entry.request_id(), entry.subject(), bytes,
          entry.previous_hash(), entry.hash()});
  }
  return absl::OkStatus();
}

absl::StatusOr<int> MemoryLedger::NextMunicipality(int after) {
  absl::MutexLock lock(&mutex_);
  int next = 0;
  for (const auto& [municipality, chain] : chains_) {
    if (municipality <= after || chain.entries.empty()) continue;
    if (next == 0 || municipality < next) next = municipality;
  }
  return next;
}

absl::StatusOr<int64_t> MemoryLedger::LastPosition(int municipality) {
  absl::MutexLock lock(&mutex_);
  const Chain* const chain = Find(municipality);
  return chain == nullptr ? 0 : static_cast<int64_t>(chain->entries.size());
}

absl::StatusOr<int64_t> MemoryLedger::NotedEnd(int municipality) {
  return LastPosition(municipality);
}

}  // namespace frikommune
