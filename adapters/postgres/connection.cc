#include "adapters/postgres/connection.h"

#include <libpq-fe.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "adapters/sql/store_full.h"

namespace frikommune::postgres {
namespace {

// Set on every connection, whatever the server's defaults: a commit that is
// answered is on the disk, and nothing waits for ever.
constexpr char kSettings[] =
    "SET synchronous_commit = on; SET statement_timeout = '10s'; "
    "SET lock_timeout = '5s'; SET client_min_messages = warning";

std::string MessageOf(const PGconn* connection) {
  return std::string(
      absl::StripTrailingAsciiWhitespace(PQerrorMessage(connection)));
}

// The classes of SQLSTATE: appendix A of the manual.
absl::Status ToStatus(const PGconn* connection, const PGresult* result) {
  const char* const state = result == nullptr
                                ? nullptr
                                : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const absl::string_view code = state == nullptr ? "" : state;
  const std::string message = MessageOf(connection);
  // The connection is gone, or the server is going or coming.
  if (code.empty() || absl::StartsWith(code, "08") ||
      absl::StartsWith(code, "57")) {
    return absl::UnavailableError(message);
  }
  if (code == "53100") return sql::StoreFull();
  if (absl::StartsWith(code, "53"))
    return absl::ResourceExhaustedError(message);
  if (code == "23505" || absl::StartsWith(code, "40"))
    return absl::AbortedError(message);
  if (code == "55P03") return absl::UnavailableError(message);
  return absl::InternalError(absl::StrCat(code, ": ", message));
}

}  // namespace

void Rows::Clear::operator()(pg_result* result) const { PQclear(result); }

int Rows::size() const { return PQntuples(result_.get()); }

bool Rows::IsNull(int row, int column) const {
  return PQgetisnull(result_.get(), row, column) != 0;
}

int64_t Rows::Int(int row, int column) const {
  const absl::string_view bytes = Bytes(row, column);
  uint64_t number = !bytes.empty() && bytes[0] < 0 ? ~uint64_t{0} : 0;
  for (const char byte : bytes) {
    number = (number << 8) | static_cast<unsigned char>(byte);
  }
  return static_cast<int64_t>(number);
}

absl::string_view Rows::Bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<size_t>(PQgetlength(result_.get(), row, column))};
}

namespace {

// Parameters as libpq takes them.
struct Arguments {
  explicit Arguments(const Parameters& parameters)
      : count(static_cast<int>(parameters.size())),
        formats(parameters.size(), 1) {
    for (const std::string& value : parameters.values()) {
      values.push_back(value.data());
      lengths.push_back(static_cast<int>(value.size()));
    }
  }

  int count;
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
};

absl::StatusOr<Rows> RowsOf(const PGconn* connection, PGresult* result) {
  Rows rows(result);
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return rows;
  return ToStatus(connection, result);
}

}  // namespace

Connection::Connection(std::string conninfo) : conninfo_(std::move(conninfo)) {}

void Connection::Close::operator()(pg_conn* connection) const {
  PQfinish(connection);
}

absl::Status Connection::Connect() {
  if (connection_ != nullptr && PQstatus(connection_.get()) == CONNECTION_OK) {
    return absl::OkStatus();
  }
  // What comes later wins: the operator's own settings.
  const char* const names[] = {"connect_timeout",
                               "keepalives_idle",
                               "keepalives_interval",
                               "keepalives_count",
                               "application_name",
                               "dbname",
                               nullptr};
  const char* const values[] = {
      "3", "10", "3", "3", "frikommune", conninfo_.c_str(), nullptr};
  prepared_.clear();
  connection_.reset(PQconnectdbParams(names, values, /*expand_dbname=*/1));
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    absl::Status status = absl::UnavailableError(MessageOf(connection_.get()));
    connection_ = nullptr;
    return status;
  }
  return Execute(kSettings);
}

absl::StatusOr<Rows> Connection::Run(const char* sql,
                                     const Parameters& parameters) {
  if (!in_transaction_) {
    if (absl::Status connected = Connect(); !connected.ok()) return connected;
  }
  const Arguments use(parameters);
  return RowsOf(connection_.get(),
                PQexecParams(connection_.get(), sql, use.count,
                             parameters.types().data(), use.values.data(),
                             use.lengths.data(), use.formats.data(), 1));
}

absl::StatusOr<Rows> Connection::RunPrepared(const char* sql,
                                             const Parameters& parameters) {
  if (!in_transaction_) {
    if (absl::Status connected = Connect(); !connected.ok()) return connected;
  }
  const auto name = Prepared(sql, parameters);
  if (!name.ok()) return name.status();
  const Arguments use(parameters);
  return RowsOf(connection_.get(),
                PQexecPrepared(connection_.get(), name->c_str(), use.count,
                               use.values.data(), use.lengths.data(),
                               use.formats.data(), 1));
}

absl::StatusOr<std::string> Connection::Prepared(const char* sql,
                                                 const Parameters& parameters) {
  const auto known = std::find(prepared_.begin(), prepared_.end(), sql);
  std::string name = absl::StrCat("s", known - prepared_.begin());
  if (known != prepared_.end()) return name;
  const auto made =
      RowsOf(connection_.get(), PQprepare(connection_.get(), name.c_str(), sql,
                                          static_cast<int>(parameters.size()),
                                          parameters.types().data()));
  if (!made.ok()) return made.status();
  prepared_.push_back(sql);
  return name;
}

absl::Status Connection::Execute(const std::string& sql) {
  if (connection_ == nullptr) {
    if (absl::Status connected = Connect(); !connected.ok()) return connected;
  }
  return RowsOf(connection_.get(), PQexec(connection_.get(), sql.c_str()))
      .status();
}

absl::StatusOr<Transaction> Transaction::Begin(Connection& connection) {
  const auto begin = [&connection] {
    if (absl::Status made = connection.Connect(); !made.ok()) return made;
    return connection.Execute("BEGIN ISOLATION LEVEL READ COMMITTED");
  };
  absl::Status begun = begin();
  // That a connection was lost is seen when it is used.
  if (absl::IsUnavailable(begun)) begun = begin();
  if (!begun.ok()) return begun;
  connection.in_transaction_ = true;
  return Transaction(connection);
}

Transaction::~Transaction() {
  if (connection_ != nullptr) End("ROLLBACK").IgnoreError();
}

absl::Status Transaction::Commit() { return End("COMMIT"); }

absl::Status Transaction::End(const char* how) {
  Connection* const connection = std::exchange(connection_, nullptr);
  connection->in_transaction_ = false;
  return connection->Execute(how);
}

}  // namespace frikommune::postgres
