#ifndef FRIKOMMUNE_CORE_LEDGER_SHA256_H_
#define FRIKOMMUNE_CORE_LEDGER_SHA256_H_

#include <cstddef>
#include <memory>

#include "absl/strings/string_view.h"

namespace frikommune::ledger {

// The bytes of a SHA-256.
constexpr size_t kHashBytes = 32;

// Hashes one text after the other. What takes as long as a short hash, looking
// the algorithm up and making room for it, is done once. Not safe to share
// between threads: ThisThreads() gives each its own.
class Sha256Hasher {
 public:
  Sha256Hasher();
  ~Sha256Hasher();
  Sha256Hasher(const Sha256Hasher&) = delete;
  Sha256Hasher& operator=(const Sha256Hasher&) = delete;

  static Sha256Hasher& ThisThreads();

  // The SHA-256 of `bytes`. Good until the next call.
  absl::string_view HashOf(absl::string_view bytes);

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_CORE_LEDGER_SHA256_H_
