#include "adapters/postgres/database.h"

#include <utility>
#include <variant>

#include "adapters/postgres/migrations.h"

namespace frikommune::postgres {
namespace {

class ResultRow final : public sql::Row {
 public:
  ResultRow(const Rows& rows, int row) : rows_(rows), row_(row) {}

  int64_t Int(int column) const override { return rows_.Int(row_, column); }
  std::string Bytes(int column) const override {
    return std::string(rows_.Bytes(row_, column));
  }

 private:
  const Rows& rows_;
  const int row_;
};

void Add(const sql::Value& value, Parameters& parameters) {
  if (const auto* number = std::get_if<int64_t>(&value)) {
    parameters.AddBigint(*number);
  } else if (const auto* text = std::get_if<absl::string_view>(&value)) {
    parameters.AddText(*text);
  } else {
    parameters.AddBlob(std::get<sql::Blob>(value).bytes);
  }
}

class PostgresSession final : public sql::Session {
 public:
  explicit PostgresSession(Connection& connection) : connection_(connection) {}

  absl::Status Run(
      const std::string& statement, absl::Span<const sql::Value> values,
      absl::FunctionRef<absl::Status(const sql::Row&)> take) override {
    Parameters parameters;
    for (const sql::Value& value : values) Add(value, parameters);
    const auto rows = connection_.Run(statement.c_str(), parameters);
    if (!rows.ok()) return rows.status();
    for (int row = 0; row < rows->size(); ++row) {
      absl::Status taken = take(ResultRow(*rows, row));
      if (!taken.ok()) return taken;
    }
    return absl::OkStatus();
  }

 private:
  Connection& connection_;
};

}  // namespace

PostgresDatabase::PostgresDatabase(const std::string& conninfo,
                                   int connections) {
  for (int i = 0; i < connections; ++i) {
    free_.push_back(std::make_unique<Connection>(conninfo));
  }
}

absl::StatusOr<std::unique_ptr<PostgresDatabase>> PostgresDatabase::Open(
    const std::string& conninfo, int connections) {
  std::unique_ptr<PostgresDatabase> database(
      new PostgresDatabase(conninfo, connections));
  absl::Status known = database->With(CheckSchema);
  if (!known.ok()) return known;
  return database;
}

absl::Status PostgresDatabase::With(
    absl::FunctionRef<absl::Status(Connection&)> act) {
  std::unique_ptr<Connection> connection;
  {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &PostgresDatabase::AnyFree));
    connection = std::move(free_.back());
    free_.pop_back();
  }
  absl::Status done = act(*connection);
  absl::MutexLock lock(&mutex_);
  free_.push_back(std::move(connection));
  return done;
}

absl::Status PostgresDatabase::Change(Act act) {
  return With([&act](Connection& connection) {
    auto transaction = Transaction::Begin(connection);
    if (!transaction.ok()) return transaction.status();
    PostgresSession session(connection);
    absl::Status done = act(session);
    return done.ok() ? transaction->Commit() : done;
  });
}

absl::Status PostgresDatabase::Read(Act act) {
  return With([&act](Connection& connection) {
    PostgresSession session(connection);
    absl::Status done = act(session);
    // That a connection was lost is seen when it is used.
    return absl::IsUnavailable(done) ? act(session) : done;
  });
}

}  // namespace frikommune::postgres
