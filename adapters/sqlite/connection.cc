#include "adapters/sqlite/connection.h"

#include <sqlite3.h>

#include "absl/base/call_once.h"

namespace frikommune::sqlite {
namespace {

// How long a statement waits for another process's, such as a backup's.
constexpr int kBusyMs = 5000;

constexpr char kPragmas[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA wal_autocheckpoint = 4000;"
    "PRAGMA cache_size = -16384;"
    // Nothing is deleted but places on agendas, and they say little.
    "PRAGMA secure_delete = OFF;";

// Nobody asks SQLite how much memory it has, and to count it takes a lock for
// every piece. Only the first call of a process says anything to SQLite, before
// it is in use.
void DoNotCountMemory() {
  static absl::once_flag once;
  absl::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

}  // namespace

void Connection::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

absl::StatusOr<Connection> Connection::Open(const std::string& path) {
  DoNotCountMemory();
  sqlite3* database = nullptr;
  const int code = sqlite3_open_v2(
      path.c_str(), &database,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
      nullptr);
  Connection connection(database);
  if (code != SQLITE_OK) return ToStatus(database, "opening " + path);
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, kBusyMs);
  if (absl::Status set = connection.Execute(kPragmas); !set.ok()) return set;
  return connection;
}

absl::Status Connection::Execute(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) ==
      SQLITE_OK) {
    return absl::OkStatus();
  }
  return ToStatus(database_.get(), "running a statement");
}

bool Connection::InTransaction() const {
  return sqlite3_get_autocommit(database_.get()) == 0;
}

absl::StatusOr<Transaction> Transaction::Begin(Connection& connection) {
  if (connection.InTransaction()) {
    absl::Status ended = connection.Execute("ROLLBACK");
    if (!ended.ok()) return ended;
  }
  if (absl::Status begun = connection.Execute("BEGIN IMMEDIATE"); !begun.ok())
    return begun;
  return Transaction(connection);
}

Transaction::~Transaction() {
  // A commit that failed may have ended it already; then there is nothing to
  // roll back, and to say so changes nothing.
  if (connection_ != nullptr) connection_->Execute("ROLLBACK").IgnoreError();
}

absl::Status Transaction::Commit() {
  absl::Status committed = connection_->Execute("COMMIT");
  if (committed.ok()) connection_ = nullptr;
  return committed;
}

}  // namespace frikommune::sqlite
