#ifndef FRIKOMMUNE_ADAPTERS_SQLITE_STATEMENT_H_
#define FRIKOMMUNE_ADAPTERS_SQLITE_STATEMENT_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

struct sqlite3;
struct sqlite3_stmt;

namespace frikommune::sqlite {

// What happened to a call of SQLite, as callers know it: UNAVAILABLE for what
// may pass, RESOURCE_EXHAUSTED for a full disk, ABORTED for a broken key.
absl::Status ToStatus(sqlite3* database, absl::string_view doing);

// A prepared statement, used again and again. Not safe to share.
class Statement {
 public:
  static absl::StatusOr<Statement> Prepare(sqlite3* database,
                                           absl::string_view sql);

  Statement() = default;
  Statement(Statement&& other) noexcept
      : statement_(std::exchange(other.statement_, nullptr)) {}
  Statement& operator=(Statement&& other) noexcept {
    std::swap(statement_, other.statement_);
    return *this;
  }
  ~Statement();

  // Sets a parameter, from 1. What is bound is copied by nobody: it must stay
  // until the statement is stepped.
  Statement& Bind(int index, int64_t value);
  Statement& Bind(int index, absl::string_view value);
  Statement& BindBlob(int index, absl::string_view value);

  // The next row: false after the last, which also resets the statement.
  absl::StatusOr<bool> Step();

  // Runs a statement that gives no row.
  absl::Status Run();

  // Makes it ready for the next use; what was bound is forgotten.
  void Reset();

  // A column of the row, from 0.
  int64_t Int(int column) const;
  std::string Bytes(int column) const;
  // Good until the next step.
  absl::string_view View(int column) const;

 private:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  sqlite3_stmt* statement_ = nullptr;
};

// Steps a statement to its end and resets it, whatever happens in between.
class Query {
 public:
  explicit Query(Statement& statement) : statement_(statement) {}
  ~Query() { statement_.Reset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Statement* operator->() { return &statement_; }

 private:
  Statement& statement_;
};

}  // namespace frikommune::sqlite

#endif  // FRIKOMMUNE_ADAPTERS_SQLITE_STATEMENT_H_
