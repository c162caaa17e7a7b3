#ifndef FRIKOMMUNE_CORE_INQUIRY_CHECK_H_
#define FRIKOMMUNE_CORE_INQUIRY_CHECK_H_

#include "absl/status/status.h"
#include "core/inquiry/given.h"

namespace frikommune::inquiry {

// Checks what the fields of a request alone cannot say, and what is the same in
// every request for a decision. INVALID_ARGUMENT:
//
//   REVIEWER_IS_ASSESSOR  one person both assesses and reviews
//   NAME_INVALID          `supersedes` is no decision of the municipality
absl::Status CheckGiven(const Given& given);

}  // namespace frikommune::inquiry

#endif  // FRIKOMMUNE_CORE_INQUIRY_CHECK_H_
