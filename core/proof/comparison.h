#ifndef FRIKOMMUNE_CORE_PROOF_COMPARISON_H_
#define FRIKOMMUNE_CORE_PROOF_COMPARISON_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/catalog/snapshot.h"

namespace frikommune::proof {

// An answer that two catalogs give differently.
struct Change {
  std::string provision;
  // What differs, one line each: "outcome: LATE -> ALLOWED_BY_EXPERIMENT".
  std::vector<std::string> what;
  // By municipality's code, the days on which some case is answered so, first
  // and last, in time order.
  std::map<int, std::vector<std::pair<catalog::Value, catalog::Value>>> days;
  // A case line with the answer of the first catalog.
  std::string example;
};

struct Comparison {
  // Provisions and municipalities that only one of the two has, in a sentence.
  std::vector<std::string> unmatched;
  // In the order of the provisions.
  std::vector<Change> changes;
};

// Decides every case that the proof of either catalog goes through by both, and
// tells what is answered differently: outcomes, gates, deadlines, actions,
// savings, counting. Rows that only have another name or text are no change. A
// fact that only one of them asks for is supposed.
Comparison Compare(const catalog::Snapshot& before,
                   const catalog::Snapshot& after);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_COMPARISON_H_
