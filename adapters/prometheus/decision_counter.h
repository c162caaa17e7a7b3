#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_DECISION_COUNTER_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_DECISION_COUNTER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ports/decision_meter.h"
#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"

namespace frikommune::metrics {

// Counts decisions as
//
//   frikommune_decisions_total{service, experiment, outcome, municipality,
//                              regime}
//
// with experiment "E01" or "none", outcome "ALLOWED_BY_LAW", municipality "851"
// and regime "POST_2020". An experiment or a municipality that is not in the
// catalog is counted as "unknown", so that nothing a caller sends makes a
// series.
//
// One count is an addition in a table of every combination. Only those that
// have been counted are told, and one of each municipality from the start.
// Thread-safe.
class DecisionCounter final : public DecisionMeter,
                              public prometheus::Collectable {
 public:
  // Labels decisions with `service` ("scheduling") and with the ids and codes
  // of the catalog.
  DecisionCounter(std::string service, std::vector<std::string> experiments,
                  std::vector<int> municipalities);

  using DecisionMeter::Count;
  void Count(absl::string_view experiment, decision::v1::Outcome outcome,
             decision::v1::Regime regime, int municipality) override;

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  // A combination of labels, each by its place in its list.
  struct Cell {
    size_t experiment, outcome, municipality, regime;
  };

  size_t PlaceOf(const Cell& cell) const;
  size_t ExperimentOf(absl::string_view id) const;
  bool IsToldFromTheStart(const Cell& cell) const;
  void Tell(const Cell& cell, prometheus::MetricFamily& family) const;

  const std::string service_;
  // Labels by place. Of experiments and municipalities the last is "unknown";
  // the first experiment is "none".
  std::vector<std::string> experiments_;
  std::vector<std::string> outcomes_;
  std::vector<std::string> municipalities_;
  std::vector<std::string> regimes_;
  absl::flat_hash_map<std::string, size_t> experiment_places_;
  // By the number of an outcome, a regime or a municipality.
  std::vector<size_t> outcome_places_;
  std::vector<size_t> municipality_places_;
  std::unique_ptr<std::atomic<uint64_t>[]> counts_;
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_DECISION_COUNTER_H_
