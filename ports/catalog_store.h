#ifndef FRIKOMMUNE_PORTS_CATALOG_STORE_H_
#define FRIKOMMUNE_PORTS_CATALOG_STORE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace frikommune {

// The contents of the catalogs that decisions were made by, by their digests,
// so that an old decision can be made again. None is ever changed or removed.
//
// Every implementation passes tests/contract/catalog_store_contract.h, and is
// safe to call from many threads at once. Calls may wait for the store:
// UNAVAILABLE if it cannot be reached.
class CatalogStore {
 public:
  virtual ~CatalogStore() = default;

  // Keeps the content of a catalog, which is that of its digest; nothing
  // changes if it is kept already.
  virtual absl::Status Keep(absl::string_view digest,
                            absl::string_view content) = 0;

  // NOT_FOUND if none of that digest was kept.
  virtual absl::StatusOr<std::string> Find(absl::string_view digest) = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_CATALOG_STORE_H_
