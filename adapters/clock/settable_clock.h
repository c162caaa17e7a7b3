#ifndef FRIKOMMUNE_ADAPTERS_CLOCK_SETTABLE_CLOCK_H_
#define FRIKOMMUNE_ADAPTERS_CLOCK_SETTABLE_CLOCK_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "ports/clock.h"

namespace frikommune {

// A clock that stands until it is moved, for tests.
class SettableClock final : public Clock {
 public:
  explicit SettableClock(absl::Time now) : now_(now) {}

  absl::Time Now() const override ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return now_;
  }
  void Advance(absl::Duration by) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    now_ += by;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_ADAPTERS_CLOCK_SETTABLE_CLOCK_H_
