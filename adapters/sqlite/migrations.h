#ifndef FRIKOMMUNE_ADAPTERS_SQLITE_MIGRATIONS_H_
#define FRIKOMMUNE_ADAPTERS_SQLITE_MIGRATIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/sqlite/connection.h"

namespace frikommune::sqlite {

// The number of the newest migration that this program holds.
int NewestSchema();

// The number of the newest migration that the database has; 0 for an empty one.
absl::StatusOr<int> SchemaOf(Connection& connection);

// Brings the database to the newest schema, each step whole or not at all, and
// gives the names of the migrations that were needed. Two that start at once
// are safe: the second finds the work done. With `dry_run` nothing is changed.
//
// FAILED_PRECONDITION if the database is newer than this program.
absl::StatusOr<std::vector<std::string>> Migrate(Connection& connection,
                                                 bool dry_run);

}  // namespace frikommune::sqlite

#endif  // FRIKOMMUNE_ADAPTERS_SQLITE_MIGRATIONS_H_
