#ifndef FRIKOMMUNE_SERVICES_SCHEDULING_PLANNER_POOL_H_
#define FRIKOMMUNE_SERVICES_SCHEDULING_PLANNER_POOL_H_

#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "core/catalog/snapshot.h"
#include "core/scheduling/planner.h"

namespace frikommune::scheduling {

// Planners that are warm: one that has planned before does not allocate. Calls
// take one and put it back; there are as many as there were calls at once.
//
// Thread-safe. The snapshot outlives it, and it outlives its leases.
class PlannerPool {
 public:
  explicit PlannerPool(const catalog::Snapshot& snapshot)
      : snapshot_(snapshot) {}

  // A planner for one thread, which goes back when the lease ends.
  class Lease {
   public:
    ~Lease() { pool_.PutBack(std::move(planner_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    Planner& operator*() const { return *planner_; }

   private:
    friend class PlannerPool;
    Lease(PlannerPool& pool, std::unique_ptr<Planner> planner)
        : pool_(pool), planner_(std::move(planner)) {}

    PlannerPool& pool_;
    std::unique_ptr<Planner> planner_;
  };

  Lease Take() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void PutBack(std::unique_ptr<Planner> planner) ABSL_LOCKS_EXCLUDED(mutex_);

  const catalog::Snapshot& snapshot_;
  absl::Mutex mutex_;
  std::vector<std::unique_ptr<Planner>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_SERVICES_SCHEDULING_PLANNER_POOL_H_
