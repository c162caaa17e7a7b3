#ifndef FRIKOMMUNE_ADAPTERS_SQL_STORE_FULL_H_
#define FRIKOMMUNE_ADAPTERS_SQL_STORE_FULL_H_

#include "absl/status/status.h"
#include "core/error/error.h"

namespace frikommune::sql {

// What callers are told when the disk of a store is full: RESOURCE_EXHAUSTED,
// reason STORE_FULL.
inline absl::Status StoreFull() {
  return MakeError(absl::StatusCode::kResourceExhausted,
                   decision::v1::ERROR_REASON_STORE_FULL, "",
                   "the store has no room left; nothing was kept");
}

}  // namespace frikommune::sql

#endif  // FRIKOMMUNE_ADAPTERS_SQL_STORE_FULL_H_
