#ifndef FRIKOMMUNE_ADAPTERS_POSTGRES_CONNECTION_H_
#define FRIKOMMUNE_ADAPTERS_POSTGRES_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "adapters/postgres/parameters.h"

struct pg_conn;
struct pg_result;

namespace frikommune::postgres {

// Rows in PostgreSQL's binary format.
class Rows {
 public:
  explicit Rows(pg_result* result) : result_(result) {}

  int size() const;
  bool IsNull(int row, int column) const;
  int64_t Int(int row, int column) const;
  absl::string_view Bytes(int row, int column) const;

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };

  std::unique_ptr<pg_result, Clear> result_;
};

// A connection to a server, made again when it was lost. One thread uses it at
// a time.
class Connection {
 public:
  // `conninfo` as libpq takes it: "host=/run/postgresql dbname=frikommune" or
  // "postgresql://...".
  // Does not connect yet.
  explicit Connection(std::string conninfo);

  // Runs one statement, in the transaction that is open or in one of its own.
  // UNAVAILABLE if the server
  // cannot be reached or was lost on the way, and then it is not known whether
  // it ran; ABORTED if a key is taken or another transaction was in the way;
  // RESOURCE_EXHAUSTED if the server has no room.
  absl::StatusOr<Rows> Run(const char* sql, const Parameters& parameters);

  // The same, of a statement that is run again and again: the server reads and
  // plans it once for a connection. `sql` lives as long as the connection.
  absl::StatusOr<Rows> RunPrepared(const char* sql,
                                   const Parameters& parameters);

  // Runs statements that give no row, in one transaction.
  absl::Status Execute(const std::string& sql);

 private:
  friend class Transaction;

  struct Close {
    void operator()(pg_conn* connection) const;
  };

  absl::Status Connect();
  // The name under which the server knows the statement.
  absl::StatusOr<std::string> Prepared(const char* sql,
                                       const Parameters& parameters);

  const std::string conninfo_;
  std::unique_ptr<pg_conn, Close> connection_;
  // The statements that it has prepared; their places are their names.
  std::vector<const char*> prepared_;
  // Then it is not made again when it is lost: what follows would not be in the
  // transaction.
  bool in_transaction_ = false;
};

// A transaction that is rolled back unless it is committed. Each statement sees
// what others have committed by then, and waits for rows that they have locked.
class Transaction {
 public:
  // Connects again first if the connection was lost while nothing was done.
  static absl::StatusOr<Transaction> Begin(Connection& connection);

  Transaction(Transaction&& other) noexcept
      : connection_(std::exchange(other.connection_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  // UNAVAILABLE if it is not known whether it was committed.
  absl::Status Commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}

  absl::Status End(const char* how);

  Connection* connection_;
};

}  // namespace frikommune::postgres

#endif  // FRIKOMMUNE_ADAPTERS_POSTGRES_CONNECTION_H_
