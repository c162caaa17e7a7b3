#ifndef FRIKOMMUNE_ADAPTERS_SQLITE_CONNECTION_H_
#define FRIKOMMUNE_ADAPTERS_SQLITE_CONNECTION_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/sqlite/statement.h"

namespace frikommune::sqlite {

// An open database file. One thread uses it at a time.
class Connection {
 public:
  // Opens the file, making it if it is not there. A commit has reached the disk
  // when it returns (write-ahead log, synchronous FULL); readers do not wait
  // for the writer, nor it for them.
  static absl::StatusOr<Connection> Open(const std::string& path);

  // Runs statements that give no row.
  absl::Status Execute(const char* sql);

  // Whether a transaction is open.
  bool InTransaction() const;

  absl::StatusOr<Statement> Prepare(absl::string_view sql) {
    return Statement::Prepare(database_.get(), sql);
  }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit Connection(sqlite3* database) : database_(database) {}

  std::unique_ptr<sqlite3, Close> database_;
};

// A transaction that is rolled back unless it is committed.
class Transaction {
 public:
  // Takes the right to write at once, so that it cannot be refused later. One
  // before it that could not be rolled back is rolled back first.
  static absl::StatusOr<Transaction> Begin(Connection& connection);

  Transaction(Transaction&& other) noexcept
      : connection_(std::exchange(other.connection_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  absl::Status Commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}

  Connection* connection_;
};

}  // namespace frikommune::sqlite

#endif  // FRIKOMMUNE_ADAPTERS_SQLITE_CONNECTION_H_
