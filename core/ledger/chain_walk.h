#ifndef FRIKOMMUNE_CORE_LEDGER_CHAIN_WALK_H_
#define FRIKOMMUNE_CORE_LEDGER_CHAIN_WALK_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "core/ledger/chain.h"
#include "frikommune/ledger/v1/entry.pb.h"
#include "frikommune/ledger/v1/ledger_service.pb.h"

namespace frikommune::ledger {

// An entry as a store has it.
struct StoredEntry {
  // What it is found by.
  int64_t position = 0;
  absl::string_view request_id;
  absl::string_view subject;
  // Its bytes, without its place in the chain; nothing if the store itself sees
  // that they are not what it was given.
  std::optional<absl::string_view> bytes;
  // The rest of its place.
  absl::string_view previous_hash;
  absl::string_view hash;
};

// Reads it as the entry that was kept. False if it cannot be read; that it is
// what was kept, ChainWalk sees.
bool Read(const StoredEntry& stored, v1::Entry& entry);

// Walks a municipality's chain as it is stored, from its first entry to its
// last, and finds the first link that is broken. Once warm it does not allocate
// for an entry.
//
// Not safe to share between threads.
class ChainWalk {
 public:
  explicit ChainWalk(int municipality) : municipality_(municipality) {
    verified_.set_hash(HashBeforeFirst());
  }

  // Takes the next entry that is stored. False once a link is broken: what
  // comes after it is not looked at.
  bool Take(const StoredEntry& stored);

  // The chain is at its end, and must have come to `position`. False if it has
  // not.
  bool End(int64_t position);

  // The end of what was found whole.
  const v1::LedgerHead& verified() const { return verified_; }

  // The first broken link, if one was found.
  const std::optional<v1::BrokenLink>& broken() const { return broken_; }

 private:
  v1::LinkFault FaultOf(const StoredEntry& stored);
  // Whether the entry that was read is all that the bytes say.
  bool IsWhole(absl::string_view bytes);

  const int municipality_;
  v1::LedgerHead verified_;
  std::optional<v1::BrokenLink> broken_;
  // Used again for each entry.
  v1::Entry entry_;
  std::string bytes_;
  EntryHasher hasher_;
};

// What a fault is, for people: "entry is missing".
absl::string_view Describe(v1::LinkFault fault);

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_CORE_LEDGER_CHAIN_WALK_H_
