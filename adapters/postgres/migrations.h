#ifndef FRIKOMMUNE_ADAPTERS_POSTGRES_MIGRATIONS_H_
#define FRIKOMMUNE_ADAPTERS_POSTGRES_MIGRATIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/postgres/connection.h"

namespace frikommune::postgres {

// The number of the newest migration that this program holds.
int NewestSchema();

// The number of the newest migration that the database has; 0 for an empty one.
absl::StatusOr<int> SchemaOf(Connection& connection);

// FAILED_PRECONDITION, saying what to do, if the schema is older or newer than
// this program's. UNAVAILABLE if the server cannot be reached.
absl::Status CheckSchema(Connection& connection);

// Brings the database to the newest schema, each step whole or not at all, and
// gives the names of the migrations that were needed. Two that start at once
// are safe: the second finds the work done. With `dry_run` nothing is changed.
//
// FAILED_PRECONDITION if the database is newer than this program.
absl::StatusOr<std::vector<std::string>> Migrate(Connection& connection,
                                                 bool dry_run);

}  // namespace frikommune::postgres

#endif  // FRIKOMMUNE_ADAPTERS_POSTGRES_MIGRATIONS_H_
