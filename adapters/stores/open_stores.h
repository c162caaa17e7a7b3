#ifndef FRIKOMMUNE_ADAPTERS_STORES_OPEN_STORES_H_
#define FRIKOMMUNE_ADAPTERS_STORES_OPEN_STORES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "adapters/stores/stores.h"

namespace frikommune::stores {

// Opens the stores in a place that is written as
//
//   sqlite:PATH         a file; it and the folders on the way are made, and it
//                       is brought to the newest schema
//   postgres:CONNINFO   a database, as libpq takes it: "host=... dbname=...";
//                       `frikommune migrate` gives it its schema
//   memory              gone with the process
//
// INVALID_ARGUMENT if it is written otherwise; FAILED_PRECONDITION, saying what
// to do, if the schema is not this program's; UNAVAILABLE if it cannot be
// reached.
//
// The meters outlive the stores. What is in memory is not watched.
absl::StatusOr<Stores> OpenStores(absl::string_view place,
                                  const StoreMeters& meters = {});

// Brings a place to the newest schema and gives the names of the migrations
// that were needed. With `dry_run` nothing is changed, nor made. Two at once
// are safe. Errors as of OpenStores; FAILED_PRECONDITION if the place is newer
// than this program.
absl::StatusOr<std::vector<std::string>> MigrateStores(absl::string_view place,
                                                       bool dry_run);

}  // namespace frikommune::stores

#endif  // FRIKOMMUNE_ADAPTERS_STORES_OPEN_STORES_H_
