#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_CENSUS_METRICS_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_CENSUS_METRICS_H_

#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "ports/store_census.h"
#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"

namespace frikommune::metrics {

// Tells the last census of a store as
//
//   frikommune_agenda_places                   {state: "free", "taken"}
//   frikommune_agenda_overbooked, frikommune_agenda_missed_deadlines
//   frikommune_reviews_pending, frikommune_reviews_oldest_pending_seconds
//                                              {municipality}
//
// Nothing before the first census. Thread-safe.
class CensusMetrics final : public prometheus::Collectable {
 public:
  void Set(StoreCensus census) ABSL_LOCKS_EXCLUDED(mutex_);

  std::vector<prometheus::MetricFamily> Collect() const override
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  mutable absl::Mutex mutex_;
  StoreCensus census_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_CENSUS_METRICS_H_
