#include "services/host/proved_catalog.h"

#include <vector>

#include "adapters/files/catalog_files.h"
#include "core/catalog/problem.h"
#include "core/proof/proof.h"

namespace frikommune::host {

absl::StatusOr<std::shared_ptr<const catalog::Snapshot>> LoadProvedCatalog(
    const std::string& folder) {
  auto snapshot = files::LoadCatalog(folder);
  if (!snapshot.ok()) return snapshot;
  std::vector<catalog::Problem> problems = proof::Prove(**snapshot).problems;
  for (catalog::Problem& problem : problems) files::NameFolder(folder, problem);
  if (!problems.empty()) return catalog::ToStatus(problems);
  return snapshot;
}

}  // namespace frikommune::host
