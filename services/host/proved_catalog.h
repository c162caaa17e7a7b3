#ifndef FRIKOMMUNE_SERVICES_HOST_PROVED_CATALOG_H_
#define FRIKOMMUNE_SERVICES_HOST_PROVED_CATALOG_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "core/catalog/snapshot.h"

namespace frikommune::host {

// The catalog in a folder, if it is well written and every case has one answer
// by it. Else an error with a line for each problem, FILE:LINE: REASON.
absl::StatusOr<std::shared_ptr<const catalog::Snapshot>> LoadProvedCatalog(
    const std::string& folder);

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_PROVED_CATALOG_H_
