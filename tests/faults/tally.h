#ifndef FRIKOMMUNE_TESTS_FAULTS_TALLY_H_
#define FRIKOMMUNE_TESTS_FAULTS_TALLY_H_

#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace frikommune::faults {

// A count that can be waited for. Thread-safe.
class Tally {
 public:
  void Add(int64_t more = 1) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    count_ += more;
  }

  int64_t count() const ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return count_;
  }

  // Waits until there are so many; false if that takes too long.
  bool Await(int64_t at_least, absl::Duration at_most = absl::Seconds(30)) const
      ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    const auto there = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return count_ >= at_least;
    };
    return mutex_.AwaitWithTimeout(absl::Condition(&there), at_most);
  }

 private:
  mutable absl::Mutex mutex_;
  int64_t count_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_TALLY_H_
