#ifndef FRIKOMMUNE_SERVICES_IN_FORCE_CATALOG_IN_FORCE_H_
#define FRIKOMMUNE_SERVICES_IN_FORCE_CATALOG_IN_FORCE_H_

#include <atomic>
#include <memory>
#include <utility>

#include "core/catalog/snapshot.h"

namespace frikommune {

// The catalog that decides now. Another may take its place at any time; who
// decides takes it once for each call and holds it to the end, so that one
// answer is by one catalog. To take it costs some tens of nanoseconds.
//
// Thread-safe.
class CatalogInForce {
 public:
  using Held = std::shared_ptr<const catalog::Snapshot>;

  // `first` is not null.
  explicit CatalogInForce(Held first);

  Held Get() const { return current_.load(std::memory_order_acquire); }

  // Whether `held` is the one in force, which is cheaper to ask.
  bool Is(const Held& held) const {
    return address_.load(std::memory_order_acquire) == held.get();
  }

  // Puts a catalog in force, for those who take it from here on.
  void Replace(Held next);

 private:
  std::atomic<Held> current_;
  std::atomic<const catalog::Snapshot*> address_;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_SERVICES_IN_FORCE_CATALOG_IN_FORCE_H_
