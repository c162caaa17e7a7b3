#include "adapters/sqlite/migrations.h"

#include <iterator>

#include "absl/strings/str_cat.h"

namespace frikommune::sqlite {
namespace {

struct File {
  int number;
  const char* name;
  const char* sql;
};

constexpr File kFiles[] = {
#include "migrations_embedded.inc"
};

absl::Status TooNew(int schema) {
  return absl::FailedPreconditionError(absl::StrCat(
      "the database has schema ", schema, ", and this program knows up to ",
      NewestSchema(), ": use a newer program"));
}

// Runs one file, unless another process has done so meanwhile.
absl::StatusOr<bool> Apply(Connection& connection, const File& file) {
  auto transaction = Transaction::Begin(connection);
  if (!transaction.ok()) return transaction.status();
  const auto schema = SchemaOf(connection);
  if (!schema.ok()) return schema.status();
  if (*schema >= file.number) return false;
  if (absl::Status run = connection.Execute(file.sql); !run.ok()) return run;
  const std::string number =
      absl::StrCat("PRAGMA user_version = ", file.number);
  if (absl::Status set = connection.Execute(number.c_str()); !set.ok())
    return set;
  if (absl::Status kept = transaction->Commit(); !kept.ok()) return kept;
  return true;
}

}  // namespace

int NewestSchema() { return std::prev(std::end(kFiles))->number; }

absl::StatusOr<int> SchemaOf(Connection& connection) {
  auto statement = connection.Prepare("PRAGMA user_version");
  if (!statement.ok()) return statement.status();
  const auto row = statement->Step();
  if (!row.ok()) return row.status();
  return static_cast<int>(statement->Int(0));
}

absl::StatusOr<std::vector<std::string>> Migrate(Connection& connection,
                                                 bool dry_run) {
  const auto schema = SchemaOf(connection);
  if (!schema.ok()) return schema.status();
  if (*schema > NewestSchema()) return TooNew(*schema);
  std::vector<std::string> names;
  for (const File& file : kFiles) {
    if (file.number <= *schema) continue;
    if (dry_run) {
      names.push_back(file.name);
      continue;
    }
    const auto applied = Apply(connection, file);
    if (!applied.ok()) return applied.status();
    if (*applied) names.push_back(file.name);
  }
  return names;
}

}  // namespace frikommune::sqlite
