#include "adapters/stores/backup_store.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "adapters/sqlite/backup.h"

namespace frikommune::stores {

absl::Status BackupStore(absl::string_view place, const std::string& file) {
  absl::string_view path = place;
  if (absl::ConsumePrefix(&path, "sqlite:") && !path.empty()) {
    return sqlite::Backup(std::string(path), file);
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", place, "\" is not sqlite:PATH; pg_dump copies a database"));
}

}  // namespace frikommune::stores
