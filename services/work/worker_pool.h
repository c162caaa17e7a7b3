#ifndef FRIKOMMUNE_SERVICES_WORK_WORKER_POOL_H_
#define FRIKOMMUNE_SERVICES_WORK_WORKER_POOL_H_

#include <deque>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"

namespace frikommune::work {

// No more waits in a server than a second's work.
constexpr size_t kQueueMax = 1024;

// A few threads for work that may wait, so that no thread of gRPC's does. What
// they are asked to do stands in a queue that is bounded: who finds it full is
// told so at once.
//
// Thread-safe. Its end waits for all that was taken in.
class WorkerPool {
 public:
  using Task = absl::AnyInvocable<void() &&>;

  WorkerPool(int threads, size_t queue_max);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Takes in a task; false, leaving `task` as it is, if the queue is full.
  bool TryRun(Task&& task) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Work() ABSL_LOCKS_EXCLUDED(mutex_);
  bool HasWorkOrEnds() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !queue_.empty() || ending_;
  }

  const size_t queue_max_;
  absl::Mutex mutex_;
  std::deque<Task> queue_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace frikommune::work

#endif  // FRIKOMMUNE_SERVICES_WORK_WORKER_POOL_H_
