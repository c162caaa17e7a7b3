#ifndef FRIKOMMUNE_ADAPTERS_RANDOM_RANDOM_IDS_H_
#define FRIKOMMUNE_ADAPTERS_RANDOM_RANDOM_IDS_H_

#include "absl/base/thread_annotations.h"
#include "absl/random/random.h"
#include "absl/synchronization/mutex.h"
#include "core/resource_id/resource_id.h"
#include "ports/clock.h"
#include "ports/ids.h"

namespace frikommune {

// Ids that nobody can guess: the clock's time and 80 random bits. One that
// would not come after the one before is made from that instead: within a
// millisecond, or when the clock was set back.
//
// The clock outlives it.
class RandomIds final : public Ids {
 public:
  explicit RandomIds(const Clock& clock) : clock_(clock) {}

  std::string Next() override ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const Clock& clock_;
  absl::Mutex mutex_;
  absl::BitGen random_ ABSL_GUARDED_BY(mutex_);
  ResourceId last_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_ADAPTERS_RANDOM_RANDOM_IDS_H_
