#ifndef FRIKOMMUNE_ADAPTERS_LEDGER_SEALED_DRAFT_H_
#define FRIKOMMUNE_ADAPTERS_LEDGER_SEALED_DRAFT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/ledger/chain.h"
#include "core/ledger/chain_walk.h"
#include "ports/ledger.h"

namespace frikommune::ledger {

// A draft that is ready to be written, all but its place in the chain: packed
// and hashed by the thread that brings it, so that the writer has little to do.
class SealedDraft {
 public:
  explicit SealedDraft(LedgerDraft draft);
  // Its texts are views into one piece of memory, which goes with it.
  SealedDraft(SealedDraft&&) = default;
  SealedDraft& operator=(SealedDraft&&) = default;

  // What it is found by.
  int32_t municipality = 0;
  absl::string_view request_id;
  absl::string_view name;
  absl::string_view subject;
  absl::string_view subject_type;
  absl::string_view service;
  absl::string_view case_id;
  absl::string_view provision;
  absl::string_view experiment;
  int32_t outcome = 0;
  int32_t state = 0;
  int32_t day = 0;
  // The entry, without its place.
  absl::string_view packed;
  absl::string_view content_digest;
  // As of the draft.
  std::optional<std::string> follows;
  bool joined = false;

 private:
  std::vector<char> memory_;
};

// An entry that has its place.
struct LinkedDraft {
  const SealedDraft* draft = nullptr;
  int64_t position = 0;
  std::array<char, kHashBytes> previous_hash;
  std::array<char, kHashBytes> hash;
};

inline absl::string_view BytesOf(const std::array<char, kHashBytes>& hash) {
  return {hash.data(), hash.size()};
}

// What a store has of an entry, unpacked. Good until the thread unpacks again.
StoredEntry Unsealed(int64_t position, absl::string_view request_id,
                     absl::string_view subject, absl::string_view packed,
                     absl::string_view previous_hash, absl::string_view hash);

// The entry: DATA_LOSS if it cannot be read.
absl::StatusOr<v1::Entry> EntryIn(const StoredEntry& stored);

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_ADAPTERS_LEDGER_SEALED_DRAFT_H_
