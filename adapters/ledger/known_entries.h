#ifndef FRIKOMMUNE_ADAPTERS_LEDGER_KNOWN_ENTRIES_H_
#define FRIKOMMUNE_ADAPTERS_LEDGER_KNOWN_ENTRIES_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "frikommune/ledger/v1/entry.pb.h"
#include "ports/ledger.h"

namespace frikommune::ledger {

// The end of a municipality's chain.
struct ChainHead {
  int64_t position = 0;
  std::string hash;
};

// What a store has that matters to some drafts: looked up by the store's own
// means, and then gone through here, in the same way for every store.
class KnownEntries {
 public:
  // An entry that is kept under its municipality and request id.
  void AddKept(v1::Entry entry);

  // The name of the latest entry of a subject; of one that is not added there
  // is none.
  void AddLatest(int municipality, std::string subject, std::string entry_name);

  // The end of a chain. Needed of every municipality in the drafts.
  void AddHead(int municipality, ChainHead head);

  // Goes through the drafts in their order, as Ledger::Append says: gives each
  // its receipt, and links those to be kept into their chains. Returns these;
  // they are in the receipts.
  std::vector<const v1::Entry*> Take(
      absl::Span<const LedgerDraft* const> drafts,
      std::vector<LedgerReceipt>& receipts);

  // The chains' ends, with what Take linked.
  const std::map<int, ChainHead>& heads() const { return heads_; }

 private:
  using Key = std::pair<int, std::string>;

  // Drafts that are joined, or one that is not.
  void TakeJoined(absl::Span<const LedgerDraft* const> joined,
                  absl::Span<LedgerReceipt> receipts,
                  std::vector<const v1::Entry*>& added);
  absl::Status CheckFollows(const LedgerDraft& draft) const;
  void Link(const LedgerDraft& draft, LedgerReceipt& receipt);

  std::map<Key, v1::Entry> kept_;
  std::map<Key, std::string> latest_;
  std::map<int, ChainHead> heads_;
};

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_ADAPTERS_LEDGER_KNOWN_ENTRIES_H_
