#ifndef FRIKOMMUNE_ADAPTERS_SQLITE_DATABASE_H_
#define FRIKOMMUNE_ADAPTERS_SQLITE_DATABASE_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "adapters/sql/database.h"
#include "adapters/sqlite/connection.h"

namespace frikommune::sqlite {

// Statements on one connection, each prepared once.
class SqliteSession final : public sql::Session {
 public:
  explicit SqliteSession(Connection connection)
      : connection_(std::move(connection)) {}

  absl::Status Run(
      const std::string& statement, absl::Span<const sql::Value> values,
      absl::FunctionRef<absl::Status(const sql::Row&)> take) override;

  Connection& connection() { return connection_; }

 private:
  absl::StatusOr<Statement*> Prepared(const std::string& statement);

  Connection connection_;
  absl::flat_hash_map<std::string, Statement> statements_;
};

// One SQLite file, for one process. Changes are made one after the other, on a
// connection of their own, and reads on another, so that readers never wait for
// the disk.
class SqliteDatabase final : public sql::Database {
 public:
  // One that writes, one that reads.
  static constexpr int kConnections = 2;

  // Opens the file and brings it to the newest schema. FAILED_PRECONDITION if
  // it is newer than this program.
  static absl::StatusOr<std::unique_ptr<SqliteDatabase>> Open(
      const std::string& path);

  absl::Status Change(Act act) override ABSL_LOCKS_EXCLUDED(writing_);
  absl::Status Read(Act act) override ABSL_LOCKS_EXCLUDED(reading_);

 private:
  SqliteDatabase(Connection writer, Connection reader)
      : writer_(std::move(writer)), reader_(std::move(reader)) {}

  absl::Mutex writing_;
  SqliteSession writer_ ABSL_GUARDED_BY(writing_);
  absl::Mutex reading_;
  SqliteSession reader_ ABSL_GUARDED_BY(reading_);
};

}  // namespace frikommune::sqlite

#endif  // FRIKOMMUNE_ADAPTERS_SQLITE_DATABASE_H_
