#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_PROCESS_METRICS_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_PROCESS_METRICS_H_

#include <vector>

#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"

namespace frikommune::metrics {

// What the kernel knows of this process, under the names that every Prometheus
// client library uses: process_cpu_seconds_total,
// process_resident_memory_bytes, process_open_fds, process_max_fds,
// process_start_time_seconds, process_threads. What cannot be read is left out.
// Thread-safe.
class ProcessMetrics final : public prometheus::Collectable {
 public:
  std::vector<prometheus::MetricFamily> Collect() const override;
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_PROCESS_METRICS_H_
