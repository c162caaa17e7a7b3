#ifndef FRIKOMMUNE_SERVICES_HOST_CATALOG_RELOAD_H_
#define FRIKOMMUNE_SERVICES_HOST_CATALOG_RELOAD_H_

#include <functional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ports/reload_meter.h"
#include "services/in_force/catalog_in_force.h"

namespace frikommune::host {

// Puts the catalog in a folder in force when it changes. A thread of its own
// looks at what is in the files, so that it does not matter how they are
// replaced: one by one, or all at once as a ConfigMap is. It waits until two
// looks find the same, and then loads the catalog and proves it. One that is
// refused changes nothing; why is logged, with file and line.
class CatalogReload {
 public:
  // Makes ready for a catalog before it is in force; an error refuses it, and
  // after UNAVAILABLE it is tried again.
  using Prepare = std::function<absl::Status(const catalog::Snapshot& next)>;

  // `catalog` is in force, and was loaded from `folder`. What is given outlives
  // this.
  CatalogReload(std::string folder, absl::Duration pause,
                CatalogInForce& catalog, Prepare prepare, ReloadMeter& meter);

  // Waits for a look that is under way.
  ~CatalogReload();
  CatalogReload(const CatalogReload&) = delete;
  CatalogReload& operator=(const CatalogReload&) = delete;

  // Loads what is in the folder now, whether it has changed or not, soon.
  void Hurry() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void LookUntilEnd() ABSL_LOCKS_EXCLUDED(mutex_);
  // Loads what was found, or says why it cannot be used. UNAVAILABLE if it may
  // be later, as it is.
  absl::Status Load();

  const std::string folder_;
  const absl::Duration pause_;
  CatalogInForce& catalog_;
  const Prepare prepare_;
  ReloadMeter& meter_;
  absl::Mutex mutex_;
  bool hurry_ ABSL_GUARDED_BY(mutex_) = false;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_CATALOG_RELOAD_H_
