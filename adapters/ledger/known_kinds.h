#ifndef FRIKOMMUNE_ADAPTERS_LEDGER_KNOWN_KINDS_H_
#define FRIKOMMUNE_ADAPTERS_LEDGER_KNOWN_KINDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "adapters/ledger/sealed_draft.h"

namespace frikommune::ledger {

// What kind of thing an entry is about: its service, its type, its provision
// and its experiment. There are few of them and many entries, so that a store
// writes the four texts down once, in its table of kinds, and their number with
// each entry. These are the numbers that a store has come to know.
//
// Not safe to share between threads.
class KnownKinds {
 public:
  // Nothing if it is not known.
  std::optional<int64_t> NumberOf(const SealedDraft& draft) const {
    const auto found = numbers_.find(TextsOf(draft));
    if (found == numbers_.end()) return std::nullopt;
    return found->second;
  }

  void Add(const SealedDraft& draft, int64_t number) {
    const auto& [service, type, provision, experiment] = TextsOf(draft);
    numbers_.emplace(Owned(service, type, provision, experiment), number);
  }

  // For when it is no longer certain that the store has them.
  void Forget() { numbers_.clear(); }

 private:
  using Texts = std::tuple<absl::string_view, absl::string_view,
                           absl::string_view, absl::string_view>;
  using Owned = std::tuple<std::string, std::string, std::string, std::string>;

  struct Hash : absl::Hash<Texts> {
    using is_transparent = void;
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const Texts& one, const Texts& other) const {
      return one == other;
    }
  };

  static Texts TextsOf(const SealedDraft& draft) {
    return {draft.service, draft.subject_type, draft.provision,
            draft.experiment};
  }

  absl::flat_hash_map<Owned, int64_t, Hash, Equal> numbers_;
};

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_ADAPTERS_LEDGER_KNOWN_KINDS_H_
