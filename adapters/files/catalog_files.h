#ifndef FRIKOMMUNE_ADAPTERS_FILES_CATALOG_FILES_H_
#define FRIKOMMUNE_ADAPTERS_FILES_CATALOG_FILES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/catalog/snapshot.h"

namespace frikommune::files {

// Reads the .textproto and .jsonl files of a catalog's folder, and of the
// folders in it, in the order of their names. Their paths are relative to
// `folder`. NOT_FOUND, naming it, if there is no such folder or it holds no
// such file; UNAVAILABLE, naming the file, if one cannot be read.
absl::StatusOr<std::vector<catalog::SourceFile>> ReadCatalogFiles(
    const std::string& folder);

// Reads, checks and compiles the catalog in `folder`. Adds to `problems` what
// keeps it from being used, each with its file as seen from where the program
// runs, and its line; null if there is any. Safe to call from many threads.
std::shared_ptr<const catalog::Snapshot> LoadCatalog(
    const std::string& folder, std::vector<catalog::Problem>& problems);

// Likewise. INVALID_ARGUMENT, with one line for each problem, if there is any.
absl::StatusOr<std::shared_ptr<const catalog::Snapshot>> LoadCatalog(
    const std::string& folder);

// Puts the catalog's folder before the file of a problem found in it.
void NameFolder(const std::string& folder, catalog::Problem& problem);

}  // namespace frikommune::files

#endif  // FRIKOMMUNE_ADAPTERS_FILES_CATALOG_FILES_H_
