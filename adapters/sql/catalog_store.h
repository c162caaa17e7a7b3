#ifndef FRIKOMMUNE_ADAPTERS_SQL_CATALOG_STORE_H_
#define FRIKOMMUNE_ADAPTERS_SQL_CATALOG_STORE_H_

#include <memory>
#include <string>
#include <utility>

#include "adapters/sql/database.h"
#include "ports/catalog_store.h"

namespace frikommune::sql {

// Contents of catalogs in a database, of whatever engine.
class SqlCatalogStore final : public CatalogStore {
 public:
  explicit SqlCatalogStore(std::unique_ptr<Database> database)
      : database_(std::move(database)) {}

  absl::Status Keep(absl::string_view digest,
                    absl::string_view content) override;
  absl::StatusOr<std::string> Find(absl::string_view digest) override;

 private:
  const std::unique_ptr<Database> database_;
};

}  // namespace frikommune::sql

#endif  // FRIKOMMUNE_ADAPTERS_SQL_CATALOG_STORE_H_
