#include "adapters/postgres/migrations.h"

#include <iterator>

#include "absl/strings/str_cat.h"

namespace frikommune::postgres {
namespace {

struct File {
  int number;
  const char* name;
  const char* sql;
};

constexpr File kFiles[] = {
#include "migrations_embedded.inc"
};

// Any number that nobody else takes: who holds it, migrates.
constexpr char kLock[] = "SELECT pg_advisory_xact_lock(4785201)";
constexpr char kMakeTable[] =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "number integer PRIMARY KEY, name text NOT NULL, "
    "applied_at timestamptz NOT NULL DEFAULT now())";

absl::Status TooNew(int schema) {
  return absl::FailedPreconditionError(absl::StrCat(
      "the database has schema ", schema, ", and this program knows up to ",
      NewestSchema(), ": use a newer program"));
}

// Runs the files after `schema` in the transaction that is open.
absl::Status RunAfter(int schema, Connection& connection,
                      std::vector<std::string>& names) {
  for (const File& file : kFiles) {
    if (file.number <= schema) continue;
    if (absl::Status run = connection.Execute(file.sql); !run.ok()) return run;
    absl::Status noted = connection.Execute(
        absl::StrCat("INSERT INTO schema_migrations (number, name) VALUES (",
                     file.number, ", '", file.name, "')"));
    if (!noted.ok()) return noted;
    names.push_back(file.name);
  }
  return absl::OkStatus();
}

absl::Status MigrateLocked(Connection& connection,
                           std::vector<std::string>& names) {
  if (absl::Status locked = connection.Execute(kLock); !locked.ok())
    return locked;
  if (absl::Status made = connection.Execute(kMakeTable); !made.ok())
    return made;
  const auto schema = SchemaOf(connection);
  if (!schema.ok()) return schema.status();
  if (*schema > NewestSchema()) return TooNew(*schema);
  return RunAfter(*schema, connection, names);
}

}  // namespace

int NewestSchema() { return std::prev(std::end(kFiles))->number; }

absl::StatusOr<int> SchemaOf(Connection& connection) {
  const auto exists = connection.Run(
      "SELECT to_regclass('schema_migrations') IS NOT NULL", Parameters());
  if (!exists.ok()) return exists.status();
  if (exists->Bytes(0, 0) == absl::string_view("\0", 1)) return 0;
  const auto newest = connection.Run(
      "SELECT coalesce(max(number), 0) FROM schema_migrations", Parameters());
  if (!newest.ok()) return newest.status();
  return static_cast<int>(newest->Int(0, 0));
}

absl::Status CheckSchema(Connection& connection) {
  const auto schema = SchemaOf(connection);
  if (!schema.ok()) return schema.status();
  if (*schema == NewestSchema()) return absl::OkStatus();
  if (*schema > NewestSchema()) return TooNew(*schema);
  return absl::FailedPreconditionError(absl::StrCat(
      "the database has schema ", *schema, ", and this program needs ",
      NewestSchema(), ": run `frikommune migrate`"));
}

absl::StatusOr<std::vector<std::string>> Migrate(Connection& connection,
                                                 bool dry_run) {
  std::vector<std::string> names;
  const auto schema = SchemaOf(connection);
  if (!schema.ok()) return schema.status();
  if (*schema > NewestSchema()) return TooNew(*schema);
  if (*schema == NewestSchema()) return names;
  if (dry_run) {
    for (const File& file : kFiles) {
      if (file.number > *schema) names.push_back(file.name);
    }
    return names;
  }
  auto transaction = Transaction::Begin(connection);
  if (!transaction.ok()) return transaction.status();
  absl::Status done = MigrateLocked(connection, names);
  if (done.ok()) done = transaction->Commit();
  if (!done.ok()) return done;
  return names;
}

}  // namespace frikommune::postgres
