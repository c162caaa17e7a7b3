#ifndef FRIKOMMUNE_SERVICES_HOST_STORE_WATCH_H_
#define FRIKOMMUNE_SERVICES_HOST_STORE_WATCH_H_

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace frikommune::host {

// How often a store is asked whether it is there, and how long it may take.
struct WatchPace {
  absl::Duration interval = absl::Seconds(2);
  absl::Duration patience = absl::Seconds(3);
};

// Asks a store whether it is there, again and again, and tells each answer;
// UNAVAILABLE meanwhile, once the store has taken longer than it may.
class StoreWatch {
 public:
  // `ask` may wait. `tell` may not, and is called one at a time.
  StoreWatch(std::function<absl::Status()> ask,
             std::function<void(absl::Status)> tell, WatchPace pace = {});
  // Waits for the question that is under way.
  ~StoreWatch();
  StoreWatch(const StoreWatch&) = delete;
  StoreWatch& operator=(const StoreWatch&) = delete;

 private:
  // Asks; and tells of a question that is not answered in time.
  void AskOn() ABSL_LOCKS_EXCLUDED(mutex_);
  void MindTheTime() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::function<absl::Status()> ask_;
  const std::function<void(absl::Status)> tell_;
  const WatchPace pace_;
  absl::Mutex mutex_;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  // When the question that is under way was asked.
  absl::Time asked_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  std::thread asker_;
  std::thread minder_;
};

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_STORE_WATCH_H_
