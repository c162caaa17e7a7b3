#ifndef FRIKOMMUNE_SERVICES_WORK_WARM_POOL_H_
#define FRIKOMMUNE_SERVICES_WORK_WARM_POOL_H_

#include <array>
#include <atomic>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "services/work/thread_place.h"

namespace frikommune::work {

// Tools that one thread at a time may use, and that are warm once used: one
// that has worked before does not allocate. Calls take one and put it back;
// there are as many as there were calls at once. A thread gets the one that it
// put back last, which the caches of its core still hold.
//
// Thread-safe. It outlives its leases.
template <typename Tool>
class WarmPool {
 public:
  using Make = absl::AnyInvocable<std::unique_ptr<Tool>() const>;

  explicit WarmPool(Make make) : make_(std::move(make)) {}
  ~WarmPool() {
    for (Shelf& shelf : shelves_) delete shelf.tool.load();
  }

  // A tool for one thread, which goes back when the lease ends.
  class Lease {
   public:
    ~Lease() { pool_.PutBack(std::move(tool_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    Tool& operator*() const { return *tool_; }
    Tool* operator->() const { return tool_.get(); }

   private:
    friend class WarmPool;
    Lease(WarmPool& pool, std::unique_ptr<Tool> tool)
        : pool_(pool), tool_(std::move(tool)) {}

    WarmPool& pool_;
    std::unique_ptr<Tool> tool_;
  };

  Lease Take() ABSL_LOCKS_EXCLUDED(mutex_) {
    std::unique_ptr<Tool> tool(MyShelf().exchange(nullptr));
    if (tool == nullptr) tool = TakeIdle();
    if (tool == nullptr) tool = make_();
    return Lease(*this, std::move(tool));
  }

 private:
  // A place for one tool, alone in its line of the caches.
  struct alignas(64) Shelf {
    std::atomic<Tool*> tool = nullptr;
  };

  // This thread's; few threads share one.
  std::atomic<Tool*>& MyShelf() {
    return shelves_[ThreadPlace() % shelves_.size()].tool;
  }

  std::unique_ptr<Tool> TakeIdle() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    if (idle_.empty()) return nullptr;
    std::unique_ptr<Tool> tool = std::move(idle_.back());
    idle_.pop_back();
    return tool;
  }

  void PutBack(std::unique_ptr<Tool> tool) ABSL_LOCKS_EXCLUDED(mutex_) {
    std::unique_ptr<Tool> other(MyShelf().exchange(tool.release()));
    if (other == nullptr) return;
    absl::MutexLock lock(&mutex_);
    idle_.push_back(std::move(other));
  }

  const Make make_;
  std::array<Shelf, 16> shelves_;
  absl::Mutex mutex_;
  // Those that found their shelf taken.
  std::vector<std::unique_ptr<Tool>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::work

#endif  // FRIKOMMUNE_SERVICES_WORK_WARM_POOL_H_
