#ifndef FRIKOMMUNE_CORE_CATALOG_CONTENT_H_
#define FRIKOMMUNE_CORE_CATALOG_CONTENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/catalog/catalog.h"

namespace frikommune::catalog {

// All that decides of a catalog, as a v1::CatalogContent: the same bytes for
// the same digest.
std::string ContentOf(const Catalog& catalog);

// The catalog in such bytes, without its cases and without where it was
// written. DATA_LOSS if it is not the one of that digest.
absl::StatusOr<Catalog> CatalogIn(absl::string_view content,
                                  absl::string_view digest);

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_CONTENT_H_
