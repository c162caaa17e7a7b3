#ifndef FRIKOMMUNE_CORE_INQUIRY_MUNICIPALITY_H_
#define FRIKOMMUNE_CORE_INQUIRY_MUNICIPALITY_H_

#include <string>

#include "absl/status/statusor.h"
#include "core/catalog/snapshot.h"

namespace frikommune::inquiry {

// The place of the municipality named "municipalities/851". INVALID_ARGUMENT
// NAME_INVALID, or NOT_FOUND MUNICIPALITY_UNKNOWN, of the field `municipality`.
absl::StatusOr<int> MunicipalityOf(const catalog::Snapshot& snapshot,
                                   const std::string& name);

}  // namespace frikommune::inquiry

#endif  // FRIKOMMUNE_CORE_INQUIRY_MUNICIPALITY_H_
