#ifndef FRIKOMMUNE_CORE_CATALOG_TARIFFS_H_
#define FRIKOMMUNE_CORE_CATALOG_TARIFFS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "core/catalog/vocabulary.h"
#include "frikommune/catalog/v1/network.pb.h"

namespace frikommune::catalog {

// The fees of documents. A tariff holds from its first day until the next of
// the same document. Immutable once the catalog is compiled, and then safe to
// share.
class Tariffs {
 public:
  // Adds a tariff, which must outlive this.
  void Add(const v1::Tariff& tariff, Value from);

  // Whether there is any tariff of the document.
  bool Has(absl::string_view document) const {
    return by_document_.contains(document);
  }

  // The tariff in force on the day; null if none is on file.
  const v1::Tariff* On(absl::string_view document, Value day) const;

  // The first days of the document's tariffs, in time order.
  std::vector<Value> FirstDaysOf(absl::string_view document) const;

 private:
  // By document, in time order.
  absl::flat_hash_map<std::string,
                      std::vector<std::pair<Value, const v1::Tariff*>>>
      by_document_;
};

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_TARIFFS_H_
