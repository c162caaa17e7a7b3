#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_DROPPED_LINES_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_DROPPED_LINES_H_

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"

namespace frikommune::metrics {

// Tells how many lines the log left out, as frikommune_log_lines_dropped_total.
class DroppedLines final : public prometheus::Collectable {
 public:
  // `count` is called at each scrape, from any thread.
  explicit DroppedLines(std::function<uint64_t()> count)
      : count_(std::move(count)) {}

  std::vector<prometheus::MetricFamily> Collect() const override {
    prometheus::MetricFamily family;
    family.name = "frikommune_log_lines_dropped_total";
    family.help =
        "Lines of the log that were left out: nobody read fast "
        "enough.";
    family.type = prometheus::MetricType::Counter;
    family.metric.emplace_back().counter.value = static_cast<double>(count_());
    return {std::move(family)};
  }

 private:
  const std::function<uint64_t()> count_;
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_DROPPED_LINES_H_
