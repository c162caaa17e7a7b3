#include "adapters/sqlite/database.h"

#include <variant>

#include "absl/strings/str_replace.h"
#include "adapters/sqlite/migrations.h"

namespace frikommune::sqlite {
namespace {

class StatementRow final : public sql::Row {
 public:
  explicit StatementRow(const Statement& statement) : statement_(statement) {}

  int64_t Int(int column) const override { return statement_.Int(column); }
  std::string Bytes(int column) const override {
    return statement_.Bytes(column);
  }

 private:
  const Statement& statement_;
};

void Bind(Statement& statement, int index, const sql::Value& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) {
    statement.Bind(index, *number);
  } else if (const auto* text = std::get_if<absl::string_view>(&value)) {
    statement.Bind(index, *text);
  } else {
    statement.BindBlob(index, std::get<sql::Blob>(value).bytes);
  }
}

}  // namespace

absl::StatusOr<Statement*> SqliteSession::Prepared(
    const std::string& statement) {
  const auto found = statements_.find(statement);
  if (found != statements_.end()) return &found->second;
  // Here $1 would be a name, and ?1 is the first parameter.
  auto prepared =
      connection_.Prepare(absl::StrReplaceAll(statement, {{"$", "?"}}));
  if (!prepared.ok()) return prepared.status();
  return &statements_.emplace(statement, *std::move(prepared)).first->second;
}

absl::Status SqliteSession::Run(
    const std::string& statement, absl::Span<const sql::Value> values,
    absl::FunctionRef<absl::Status(const sql::Row&)> take) {
  const auto prepared = Prepared(statement);
  if (!prepared.ok()) return prepared.status();
  Query query(**prepared);
  for (size_t i = 0; i < values.size(); ++i) {
    Bind(**prepared, static_cast<int>(i) + 1, values[i]);
  }
  for (;;) {
    const auto row = query->Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
    absl::Status taken = take(StatementRow(**prepared));
    if (!taken.ok()) return taken;
  }
}

absl::StatusOr<std::unique_ptr<SqliteDatabase>> SqliteDatabase::Open(
    const std::string& path) {
  auto writer = Connection::Open(path);
  if (!writer.ok()) return writer.status();
  if (auto migrated = Migrate(*writer, false); !migrated.ok())
    return migrated.status();
  auto reader = Connection::Open(path);
  if (!reader.ok()) return reader.status();
  return std::unique_ptr<SqliteDatabase>(
      new SqliteDatabase(*std::move(writer), *std::move(reader)));
}

absl::Status SqliteDatabase::Change(Act act) {
  absl::MutexLock lock(&writing_);
  auto transaction = Transaction::Begin(writer_.connection());
  if (!transaction.ok()) return transaction.status();
  if (absl::Status done = act(writer_); !done.ok()) return done;
  return transaction->Commit();
}

absl::Status SqliteDatabase::Read(Act act) {
  absl::MutexLock lock(&reading_);
  return act(reader_);
}

}  // namespace frikommune::sqlite
