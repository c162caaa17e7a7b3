#ifndef FRIKOMMUNE_SERVICES_HOST_READINESS_H_
#define FRIKOMMUNE_SERVICES_HOST_READINESS_H_

#include <functional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace frikommune::host {

// Whether a server takes calls: it has started, what it keeps its state in can
// be reached, and it is not leaving. Says in the log when that changes.
// Thread-safe.
class Readiness {
 public:
  // `say` is told each time that it changes, and first that it is not so; one
  // call at a time.
  explicit Readiness(std::function<void(bool ready)> say);

  // All that comes before the first call is done.
  void Started() ABSL_LOCKS_EXCLUDED(mutex_);

  // How the store answered last; OK until it is told.
  void StoreIs(absl::Status status) ABSL_LOCKS_EXCLUDED(mutex_);

  // The server is going to stop. For good.
  void Leave() ABSL_LOCKS_EXCLUDED(mutex_);

  // Why it takes no calls, in a few words; empty if it does.
  std::string WhyNot() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  std::string Reason() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Tell() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::function<void(bool)> say_;
  mutable absl::Mutex mutex_;
  bool started_ ABSL_GUARDED_BY(mutex_) = false;
  bool leaving_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status store_ ABSL_GUARDED_BY(mutex_);
  bool told_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_READINESS_H_
