#ifndef FRIKOMMUNE_CLI_CATALOG_CASES_H_
#define FRIKOMMUNE_CLI_CATALOG_CASES_H_

#include <vector>

#include "core/catalog/snapshot.h"

namespace frikommune::cli {

// Answers the catalog's cases in process and adds to `problems` each that is
// not answered as it expects, with what differs.
void CompareCases(const catalog::Snapshot& snapshot,
                  std::vector<catalog::Problem>& problems);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_CATALOG_CASES_H_
