#include "adapters/prometheus/decision_counter_editions.h"

#include <map>
#include <utility>

namespace frikommune::metrics {

DecisionCounterEditions::DecisionCounterEditions(
    std::string service, const std::vector<std::string>& experiments,
    const std::vector<int>& municipalities)
    : service_(std::move(service)) {
  Allow(experiments, municipalities);
}

void DecisionCounterEditions::Allow(const std::vector<std::string>& experiments,
                                    const std::vector<int>& municipalities) {
  absl::MutexLock lock(&mutex_);
  if (!counters_.empty() && experiments == experiments_ &&
      municipalities == municipalities_) {
    return;
  }
  experiments_ = experiments;
  municipalities_ = municipalities;
  counters_.push_back(
      std::make_unique<DecisionCounter>(service_, experiments, municipalities));
  current_.store(counters_.back().get(), std::memory_order_release);
}

std::vector<prometheus::MetricFamily> DecisionCounterEditions::Collect() const {
  absl::MutexLock lock(&mutex_);
  auto all = counters_.front()->Collect();
  std::map<std::vector<prometheus::ClientMetric::Label>, size_t> places;
  auto& metrics = all.front().metric;
  for (size_t i = 0; i < metrics.size(); ++i) places[metrics[i].label] = i;
  for (size_t edition = 1; edition < counters_.size(); ++edition) {
    auto families = counters_[edition]->Collect();
    for (auto& metric : families.front().metric) {
      const auto [place, is_new] =
          places.try_emplace(metric.label, metrics.size());
      if (is_new) {
        metrics.push_back(std::move(metric));
      } else {
        metrics[place->second].counter.value += metric.counter.value;
      }
    }
  }
  return all;
}

}  // namespace frikommune::metrics
