#ifndef FRIKOMMUNE_CORE_LEDGER_CHAIN_H_
#define FRIKOMMUNE_CORE_LEDGER_CHAIN_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "frikommune/ledger/v1/entry.pb.h"

namespace frikommune::ledger {

// The bytes of a SHA-256.
constexpr size_t kHashBytes = 32;

// The hash before the first entry of a chain: zeros.
std::string HashBeforeFirst();

// The SHA-256 of an entry, its own hash left out. It does not turn on how
// protobuf encodes: the fields are written in the order of their numbers,
//
//   a text or bytes   its length in 8 bytes, and then itself
//   a number          8 bytes
//   `time`            its seconds and its nanoseconds, as two numbers
//   `index`           its fields in the order of their numbers
//
// each number with its lowest byte first and a negative one as two's
// complement. A field that is not set is written as empty, or 0.
std::string HashOf(const v1::Entry& entry);

// Hashes one entry after the other as HashOf does, without allocating once it
// is warm. Not safe to share between threads.
class EntryHasher {
 public:
  EntryHasher();
  ~EntryHasher();
  EntryHasher(const EntryHasher&) = delete;
  EntryHasher& operator=(const EntryHasher&) = delete;

  // Good until the next call.
  absl::string_view HashOf(const v1::Entry& entry);

 private:
  struct Sha256;

  const std::unique_ptr<Sha256> sha256_;
  // What is hashed of an entry.
  std::string written_;
};

// Gives `entry` its place after an entry at `position_before` of the hash
// `hash_before`: sets its position and its hashes.
void Link(int64_t position_before, absl::string_view hash_before,
          v1::Entry& entry);

// Whether `entry` follows there, and is as it was when it was linked.
bool Follows(int64_t position_before, absl::string_view hash_before,
             const v1::Entry& entry);

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_CORE_LEDGER_CHAIN_H_
