#ifndef FRIKOMMUNE_ADAPTERS_MEMORY_CATALOG_STORE_H_
#define FRIKOMMUNE_ADAPTERS_MEMORY_CATALOG_STORE_H_

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "ports/catalog_store.h"

namespace frikommune {

// Contents that last as long as their process.
class MemoryCatalogStore final : public CatalogStore {
 public:
  absl::Status Keep(absl::string_view digest,
                    absl::string_view content) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<std::string> Find(absl::string_view digest) override
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::string> contents_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_ADAPTERS_MEMORY_CATALOG_STORE_H_
