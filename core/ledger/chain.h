#ifndef FRIKOMMUNE_CORE_LEDGER_CHAIN_H_
#define FRIKOMMUNE_CORE_LEDGER_CHAIN_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/ledger/sha256.h"
#include "frikommune/ledger/v1/entry.pb.h"

namespace frikommune::ledger {

// The hash before the first entry of a chain: zeros.
std::string HashBeforeFirst();

// The SHA-256 of what an entry says: of all its fields but its place in the
// chain, which are position, previous_hash and hash. It does not turn on how
// protobuf encodes: the fields are written in the order of their numbers,
//
//   a text or bytes   its length in 8 bytes, and then itself
//   a number          8 bytes
//   `time`            its seconds and its nanoseconds, as two numbers
//   `index`           its fields in the order of their numbers
//
// each number with its lowest byte first and a negative one as two's
// complement. A field that is not set is written as empty, or 0.
std::string ContentDigestOf(const v1::Entry& entry);

// The hash of an entry of that content at a place in the chain: the SHA-256 of
// the position in 8 bytes, as above, the hash before it, and the digest of its
// content.
std::string HashAt(int64_t position, absl::string_view previous_hash,
                   absl::string_view content_digest);

// The hash of an entry at the place that it says it has.
std::string HashOf(const v1::Entry& entry);

// Hashes one entry after the other as the functions do, without allocating once
// it is warm. Not safe to share between threads.
class EntryHasher {
 public:
  // Each is good until the next call.
  absl::string_view ContentDigestOf(const v1::Entry& entry);
  absl::string_view HashAt(int64_t position, absl::string_view previous_hash,
                           absl::string_view content_digest);
  absl::string_view HashOf(const v1::Entry& entry);

 private:
  Sha256Hasher sha256_;
  // What is hashed.
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
