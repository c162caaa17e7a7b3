#include "services/scheduling/planner_pool.h"

namespace frikommune::scheduling {

PlannerPool::Lease PlannerPool::Take() {
  {
    absl::MutexLock lock(&mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Planner> planner = std::move(idle_.back());
      idle_.pop_back();
      return Lease(*this, std::move(planner));
    }
  }
  return Lease(*this, std::make_unique<Planner>(snapshot_));
}

void PlannerPool::PutBack(std::unique_ptr<Planner> planner) {
  absl::MutexLock lock(&mutex_);
  idle_.push_back(std::move(planner));
}

}  // namespace frikommune::scheduling
