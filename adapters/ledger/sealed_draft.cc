#include "adapters/ledger/sealed_draft.h"

#include <utility>

#include "adapters/ledger/packing.h"
#include "core/ledger/chain.h"

namespace frikommune::ledger {

SealedDraft::SealedDraft(LedgerDraft draft)
    : municipality(draft.entry.municipality()),
      outcome(draft.entry.index().outcome()),
      state(draft.entry.index().state()),
      day(draft.entry.index().day()),
      follows(std::move(draft.follows)),
      joined(draft.joined) {
  thread_local EntryHasher hasher;
  thread_local std::string bytes;
  const v1::Entry& entry = draft.entry;
  entry.SerializeToString(&bytes);
  const std::string packed_bytes = Pack(bytes);
  const std::pair<absl::string_view, absl::string_view*> texts[] = {
      {entry.request_id(), &request_id},
      {entry.name(), &name},
      {entry.subject(), &subject},
      {entry.subject_type(), &subject_type},
      {entry.service(), &service},
      {entry.index().case_id(), &case_id},
      {entry.index().provision(), &provision},
      {entry.index().experiment(), &experiment},
      {packed_bytes, &packed},
      {hasher.ContentDigestOf(entry), &content_digest},
  };
  size_t size = 0;
  for (const auto& [text, view] : texts) size += text.size();
  memory_.resize(size);
  char* at = memory_.data();
  for (const auto& [text, view] : texts) {
    text.copy(at, text.size());
    *view = {at, text.size()};
    at += text.size();
  }
}

StoredEntry Unsealed(int64_t position, absl::string_view request_id,
                     absl::string_view subject, absl::string_view packed,
                     absl::string_view previous_hash, absl::string_view hash) {
  return {position, request_id, subject, Unpack(packed), previous_hash, hash};
}

absl::StatusOr<v1::Entry> EntryIn(const StoredEntry& stored) {
  v1::Entry entry;
  if (Read(stored, entry)) return entry;
  return absl::DataLossError("a stored entry cannot be read");
}

}  // namespace frikommune::ledger
