#include "adapters/sqlite/backup.h"

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "adapters/sqlite/statement.h"

namespace frikommune::sqlite {
namespace {

namespace fs = std::filesystem;

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, Close>;

absl::StatusOr<Database> Open(const std::string& path, int flags) {
  sqlite3* database = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
  Database opened(database);
  if (code != SQLITE_OK) return ToStatus(database, "opening " + path);
  return opened;
}

// All pages in one go, and so of one moment.
absl::Status Copy(const std::string& from, const std::string& to) {
  const auto source = Open(from, SQLITE_OPEN_READWRITE);
  if (!source.ok()) return source.status();
  const auto copy = Open(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!copy.ok()) return copy.status();
  sqlite3_backup* const backup =
      sqlite3_backup_init(copy->get(), "main", source->get(), "main");
  if (backup == nullptr) return ToStatus(copy->get(), "copying to " + to);
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) == SQLITE_OK) return absl::OkStatus();
  return ToStatus(copy->get(), "copying to " + to);
}

}  // namespace

absl::Status Backup(const std::string& from, const std::string& to) {
  std::error_code error;
  if (!fs::exists(from, error)) {
    return absl::NotFoundError(absl::StrCat("there is no store in ", from));
  }
  if (fs::exists(to, error)) {
    return absl::AlreadyExistsError(absl::StrCat("there is a file ", to));
  }
  const std::string unfinished = to + ".unfinished";
  fs::remove(unfinished, error);
  absl::Status copied = Copy(from, unfinished);
  if (!copied.ok()) {
    fs::remove(unfinished, error);
    return copied;
  }
  fs::rename(unfinished, to, error);
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("cannot name the copy ", to, ": ", error.message()));
}

}  // namespace frikommune::sqlite
