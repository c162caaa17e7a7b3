#ifndef FRIKOMMUNE_ADAPTERS_STORES_BACKUP_STORE_H_
#define FRIKOMMUNE_ADAPTERS_STORES_BACKUP_STORE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace frikommune::stores {

// Copies a store of one file, sqlite:PATH, to `file`; see sqlite::Backup.
// INVALID_ARGUMENT for another place: a database has pg_dump.
absl::Status BackupStore(absl::string_view place, const std::string& file);

}  // namespace frikommune::stores

#endif  // FRIKOMMUNE_ADAPTERS_STORES_BACKUP_STORE_H_
