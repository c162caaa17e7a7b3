#ifndef FRIKOMMUNE_ADAPTERS_STORES_TIMED_H_
#define FRIKOMMUNE_ADAPTERS_STORES_TIMED_H_

#include <chrono>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/error/error.h"
#include "ports/database_meter.h"

namespace frikommune::stores {

// How the database itself fared: what a store refuses, or does not have, is no
// error of the database.
inline absl::StatusCode HowItFared(const absl::Status& status) {
  return absl::IsNotFound(status) || ErrorInfoOf(status).reason !=
                                         decision::v1::ERROR_REASON_UNSPECIFIED
             ? absl::StatusCode::kOk
             : status.code();
}
template <typename Value>
absl::StatusCode HowItFared(const absl::StatusOr<Value>& result) {
  return result.ok() ? absl::StatusCode::kOk : HowItFared(result.status());
}

// Returns what `act` does, which the meter is told of.
template <typename Act>
auto Timed(DatabaseMeter& meter, DatabaseOperation operation, const Act& act) {
  meter.Began(operation);
  const auto begun = std::chrono::steady_clock::now();
  auto result = act();
  meter.Ended(operation, HowItFared(result),
              absl::FromChrono(std::chrono::steady_clock::now() - begun));
  return result;
}

}  // namespace frikommune::stores

#endif  // FRIKOMMUNE_ADAPTERS_STORES_TIMED_H_
