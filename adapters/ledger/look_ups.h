#ifndef FRIKOMMUNE_ADAPTERS_LEDGER_LOOK_UPS_H_
#define FRIKOMMUNE_ADAPTERS_LEDGER_LOOK_UPS_H_

#include <algorithm>
#include <cstddef>

#include "absl/types/span.h"
#include "adapters/ledger/sealed_draft.h"

namespace frikommune::ledger {

// When a store looks up what it has of some drafts before it writes them. As a
// rule it has nothing, and so it writes at once: its keys refuse the group if
// it has, and then it looks. From there on it looks first, until a group comes
// that was all new. Not safe to share between threads.
class LookUps {
 public:
  // What a draft must follow is always looked up.
  bool Needed(absl::Span<const SealedDraft* const> drafts) const {
    return first_ || std::any_of(drafts.begin(), drafts.end(),
                                 [](const SealedDraft* draft) {
                                   return draft->follows.has_value();
                                 });
  }

  // The keys refused a group.
  void Refused() { first_ = true; }

  // Of so many drafts so many were new.
  void Found(size_t drafts, size_t added) { first_ = added < drafts; }

 private:
  bool first_ = false;
};

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_ADAPTERS_LEDGER_LOOK_UPS_H_
