#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_CATALOG_METRICS_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_CATALOG_METRICS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ports/reload_meter.h"
#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"

namespace frikommune::metrics {

// Tells which catalog decides, and how it was loaded again, as
//
//   frikommune_catalog_info                          {digest}
//   frikommune_catalog_reload_total                  {result: "accepted",
//                                                     "refused"}
//   frikommune_catalog_last_reload_success           1 or 0
//   frikommune_catalog_last_reload_timestamp_seconds
//
// The load at the start counts as the last one, and in no total. Thread-safe.
class CatalogMetrics final : public ReloadMeter,
                             public prometheus::Collectable {
 public:
  // `digest` is of the catalog that the server starts with.
  explicit CatalogMetrics(std::string digest);

  void Accepted(absl::string_view digest) override ABSL_LOCKS_EXCLUDED(mutex_);
  void Refused() override ABSL_LOCKS_EXCLUDED(mutex_);

  std::vector<prometheus::MetricFamily> Collect() const override
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  mutable absl::Mutex mutex_;
  std::string digest_ ABSL_GUARDED_BY(mutex_);
  uint64_t accepted_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t refused_ ABSL_GUARDED_BY(mutex_) = 0;
  bool succeeded_ ABSL_GUARDED_BY(mutex_) = true;
  absl::Time last_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_CATALOG_METRICS_H_
