#ifndef FRIKOMMUNE_ADAPTERS_LEDGER_KNOWN_ENTRIES_H_
#define FRIKOMMUNE_ADAPTERS_LEDGER_KNOWN_ENTRIES_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "adapters/ledger/sealed_draft.h"
#include "core/ledger/chain.h"
#include "frikommune/ledger/v1/entry.pb.h"
#include "ports/ledger.h"

namespace frikommune::ledger {

// The end of a municipality's chain.
struct ChainHead {
  int64_t position = 0;
  std::string hash;
};

// What a store has that matters to some drafts: looked up by the store's own
// means, and then gone through here, in the same way for every store. The
// drafts outlive it.
class KnownEntries {
 public:
  // An entry that is kept under its municipality and request id.
  void AddKept(v1::Entry entry);

  // The latest entry of its subject; a subject of which none is added has none.
  void AddLatest(const v1::Entry& entry);

  // The end of a chain. Needed of every municipality in the drafts.
  void AddHead(int municipality, ChainHead head);

  // Goes through the drafts in their order, as Ledger::Append says: gives each
  // its receipt, and links those to be kept into their chains. Returns these.
  std::vector<LinkedDraft> Take(absl::Span<const SealedDraft* const> drafts,
                                std::vector<LedgerReceipt>& receipts);

  // The chains' ends, with what Take linked.
  const std::map<int, ChainHead>& heads() const { return heads_; }

  // Those of the chains that Take made longer.
  std::map<int, ChainHead> MovedHeads() const;

 private:
  using Key = std::pair<int, std::string>;
  using KeyView = std::pair<int, absl::string_view>;

  // Drafts that are joined, or one that is not.
  void TakeJoined(absl::Span<const SealedDraft* const> joined,
                  absl::Span<LedgerReceipt> receipts,
                  std::vector<LinkedDraft>& linked);
  // The entry that is kept under the draft's request id, if there is one.
  std::optional<v1::Entry> KeptOf(const SealedDraft& draft,
                                  const std::vector<LinkedDraft>& linked) const;
  absl::Status CheckFollows(const SealedDraft& draft) const;
  LinkedDraft Link(const SealedDraft& draft);

  // What the store has.
  std::map<Key, v1::Entry> kept_;
  std::map<Key, std::string> latest_;
  std::map<int, ChainHead> heads_;
  absl::flat_hash_set<int> moved_;
  // What is linked now: where, and the name of the latest of each subject.
  absl::flat_hash_map<KeyView, size_t> linked_now_;
  absl::flat_hash_map<KeyView, absl::string_view> latest_now_;
  EntryHasher hasher_;
};

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_ADAPTERS_LEDGER_KNOWN_ENTRIES_H_
