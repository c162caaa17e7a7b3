#include "tests/faults/failing_calls.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <sys/socket.h>

#include <atomic>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace frikommune::faults {
namespace {

// 0 when none is to fail. It counts on below 1 when it failed for good.
std::atomic<int> calls_left = 0;
std::atomic<Failure> how = Failure::kBefore;
std::atomic<bool> armed = false;
std::atomic<bool> failed = false;
std::atomic<bool> transactions_broken = false;

// What SQLite is to say of the call that failed in this thread.
thread_local int planted_code = SQLITE_OK;

// Whether this call fails.
bool Fails() {
  if (!armed) return false;
  const int left = --calls_left;
  if (left > 0 || (left < 0 && how != Failure::kForGood)) return false;
  failed = true;
  return true;
}

int FailInSqlite() {
  planted_code = SQLITE_IOERR;
  return SQLITE_IOERR;
}

// Closes a connection, and lets libpq notice.
void Lose(PGconn* connection) {
  if (PQsocket(connection) < 0) return;
  shutdown(PQsocket(connection), SHUT_RDWR);
  PQconsumeInput(connection);
}

// Whether a statement begins or ends a transaction.
bool IsTransaction(absl::string_view sql) {
  return absl::StartsWith(sql, "BEGIN") || sql == "COMMIT" || sql == "ROLLBACK";
}

}  // namespace

std::ostream& operator<<(std::ostream& out, Failure failure) {
  constexpr const char* kNames[] = {"before", "after", "for good"};
  return out << kNames[static_cast<size_t>(failure)];
}

void FailCall(int nth, Failure failure) {
  calls_left = nth;
  how = failure;
  failed = false;
  armed = true;
}

bool StopFailing() {
  armed = false;
  return failed;
}

void BreakTransactions(bool broken) { transactions_broken = broken; }

}  // namespace frikommune::faults

// The linker sends calls of F to __wrap_F, and of __real_F to F. Their names
// and types are the libraries'.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {

using frikommune::faults::FailInSqlite;
using frikommune::faults::Fails;
using frikommune::faults::Failure;
using frikommune::faults::how;
using frikommune::faults::IsTransaction;
using frikommune::faults::Lose;
using frikommune::faults::planted_code;
using frikommune::faults::transactions_broken;

int __real_sqlite3_step(sqlite3_stmt* statement);
int __wrap_sqlite3_step(sqlite3_stmt* statement) {
  planted_code = SQLITE_OK;
  if (!Fails()) return __real_sqlite3_step(statement);
  if (how == Failure::kAfter) __real_sqlite3_step(statement);
  return FailInSqlite();
}

using SqliteCallback = int (*)(void*, int, char**, char**);
int __real_sqlite3_exec(sqlite3* database, const char* sql,
                        SqliteCallback callback, void* argument, char** error);
int __wrap_sqlite3_exec(sqlite3* database, const char* sql,
                        SqliteCallback callback, void* argument, char** error) {
  planted_code = SQLITE_OK;
  const bool skipped = transactions_broken && IsTransaction(sql);
  const auto run = [&] {
    return skipped
               ? SQLITE_OK
               : __real_sqlite3_exec(database, sql, callback, argument, error);
  };
  if (!Fails()) return run();
  if (how == Failure::kAfter) run();
  return FailInSqlite();
}

int __real_sqlite3_prepare_v3(sqlite3* database, const char* sql, int size,
                              unsigned flags, sqlite3_stmt** statement,
                              const char** rest);
int __wrap_sqlite3_prepare_v3(sqlite3* database, const char* sql, int size,
                              unsigned flags, sqlite3_stmt** statement,
                              const char** rest) {
  planted_code = SQLITE_OK;
  if (Fails()) return FailInSqlite();
  return __real_sqlite3_prepare_v3(database, sql, size, flags, statement, rest);
}

int __real_sqlite3_errcode(sqlite3* database);
int __wrap_sqlite3_errcode(sqlite3* database) {
  return planted_code != SQLITE_OK ? planted_code
                                   : __real_sqlite3_errcode(database);
}

PGresult* __real_PQexec(PGconn* connection, const char* sql);
PGresult* __wrap_PQexec(PGconn* connection, const char* sql) {
  const bool skipped = transactions_broken && IsTransaction(sql);
  const bool fails = Fails();
  if (fails && how != Failure::kAfter) Lose(connection);
  PGresult* const result =
      __real_PQexec(connection, skipped ? "SELECT 1" : sql);
  if (!fails || how != Failure::kAfter) return result;
  PQclear(result);
  Lose(connection);
  return nullptr;
}

PGresult* __real_PQexecParams(PGconn* connection, const char* sql, int count,
                              const Oid* types, const char* const* values,
                              const int* lengths, const int* formats,
                              int result_format);
PGresult* __wrap_PQexecParams(PGconn* connection, const char* sql, int count,
                              const Oid* types, const char* const* values,
                              const int* lengths, const int* formats,
                              int result_format) {
  const bool fails = Fails();
  if (fails && how != Failure::kAfter) Lose(connection);
  PGresult* const result = __real_PQexecParams(
      connection, sql, count, types, values, lengths, formats, result_format);
  if (!fails || how != Failure::kAfter) return result;
  PQclear(result);
  Lose(connection);
  return nullptr;
}

PGconn* __real_PQconnectdbParams(const char* const* names,
                                 const char* const* values, int expand);
PGconn* __wrap_PQconnectdbParams(const char* const* names,
                                 const char* const* values, int expand) {
  PGconn* const connection = __real_PQconnectdbParams(names, values, expand);
  if (Fails()) Lose(connection);
  return connection;
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
