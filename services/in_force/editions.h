#ifndef FRIKOMMUNE_SERVICES_IN_FORCE_EDITIONS_H_
#define FRIKOMMUNE_SERVICES_IN_FORCE_EDITIONS_H_

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/in_force/catalog_in_force.h"

namespace frikommune {

// What is made of a catalog, and that catalog.
template <typename Made>
struct Edition {
  // First, for what is made may refer to it.
  CatalogInForce::Held catalog;
  std::unique_ptr<Made> made;

  Made* operator->() const { return made.get(); }
};

// Something that is made of a catalog, anew for each that comes into force: who
// takes the edition of the moment decides by it to the end, and it lives for as
// long as it is held. The last one that was replaced is kept a while longer,
// for what may still be on its way out of it.
//
// Thread-safe. The catalog outlives it.
template <typename Made>
class Editions {
 public:
  using Held = std::shared_ptr<const Edition<Made>>;
  using Make =
      std::function<std::unique_ptr<Made>(const catalog::Snapshot& catalog)>;

  Editions(const CatalogInForce& catalog, Make make)
      : catalog_(catalog), make_(std::move(make)) {
    current_.store(MakeOf(catalog_.Get()));
  }

  // The edition of the catalog in force. The first to ask after a change makes
  // it.
  Held Get() ABSL_LOCKS_EXCLUDED(mutex_) {
    Held current = current_.load(std::memory_order_acquire);
    return catalog_.Is(current->catalog) ? current : Renew();
  }

 private:
  Held Renew() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    Held current = current_.load();
    const CatalogInForce::Held in_force = catalog_.Get();
    if (current->catalog == in_force) return current;
    replaced_ = std::move(current);
    Held next = MakeOf(in_force);
    current_.store(next);
    return next;
  }

  Held MakeOf(const CatalogInForce::Held& catalog) const {
    return std::make_shared<const Edition<Made>>(
        Edition<Made>{catalog, make_(*catalog)});
  }

  const CatalogInForce& catalog_;
  const Make make_;
  std::atomic<Held> current_;
  absl::Mutex mutex_;
  Held replaced_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_SERVICES_IN_FORCE_EDITIONS_H_
