#include "adapters/memory/catalog_store.h"

namespace frikommune {

absl::Status MemoryCatalogStore::Keep(absl::string_view digest,
                                      absl::string_view content) {
  absl::MutexLock lock(&mutex_);
  contents_.try_emplace(digest, content);
  return absl::OkStatus();
}

absl::StatusOr<std::string> MemoryCatalogStore::Find(absl::string_view digest) {
  absl::MutexLock lock(&mutex_);
  const auto found = contents_.find(digest);
  if (found != contents_.end()) return found->second;
  return absl::NotFoundError("no catalog of that digest is kept");
}

}  // namespace frikommune
