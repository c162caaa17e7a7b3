#ifndef FRIKOMMUNE_SERVICES_LEDGER_POSITION_TOKEN_H_
#define FRIKOMMUNE_SERVICES_LEDGER_POSITION_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace frikommune::ledger {

// A position in a chain as callers get it and give it back. `of` is what it is
// good for alone: a municipality, or a list of one.
std::string WriteToken(absl::string_view of, int64_t position);

// The position in `token`, which is the request's `field`; 0 if it is empty.
// INVALID_ARGUMENT, reason PAGE_TOKEN_INVALID, if it was not made of that.
absl::StatusOr<int64_t> ReadToken(absl::string_view of, absl::string_view field,
                                  absl::string_view token);

// The refusal of a token, and why.
absl::Status RefuseToken(absl::string_view field, absl::string_view why);

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_SERVICES_LEDGER_POSITION_TOKEN_H_
