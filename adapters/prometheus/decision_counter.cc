#include "adapters/prometheus/decision_counter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace frikommune::metrics {
namespace {

using decision::v1::Outcome;
using decision::v1::Regime;
using prometheus::MetricFamily;

constexpr char kUnknown[] = "unknown";

// Codes of municipalities have three digits.
constexpr int kMunicipalitiesMax = 1000;

}  // namespace

DecisionCounter::DecisionCounter(std::string service,
                                 std::vector<std::string> experiments,
                                 std::vector<int> municipalities)
    : service_(std::move(service)) {
  experiments_ = {"none"};
  for (std::string& id : experiments) {
    experiment_places_[id] = experiments_.size();
    experiments_.push_back(std::move(id));
  }
  experiments_.push_back(kUnknown);

  municipality_places_.assign(kMunicipalitiesMax, municipalities.size());
  for (const int code : municipalities) {
    if (code >= 0 && code < kMunicipalitiesMax) {
      municipality_places_[code] = municipalities_.size();
    }
    municipalities_.push_back(absl::StrCat(code));
  }
  municipalities_.push_back(kUnknown);

  outcome_places_.assign(decision::v1::Outcome_ARRAYSIZE, 0);
  const auto* values = decision::v1::Outcome_descriptor();
  for (int i = 0; i < values->value_count(); ++i) {
    outcome_places_[values->value(i)->number()] = outcomes_.size();
    outcomes_.emplace_back(
        absl::StripPrefix(values->value(i)->name(), "OUTCOME_"));
  }
  for (int regime = 0; regime < decision::v1::Regime_ARRAYSIZE; ++regime) {
    regimes_.emplace_back(
        absl::StripPrefix(decision::v1::Regime_Name(regime), "REGIME_"));
  }
  // Zeroed: std::make_unique initialises the values.
  counts_ = std::make_unique<std::atomic<uint64_t>[]>(
      experiments_.size() * outcomes_.size() * municipalities_.size() *
      regimes_.size());
}

size_t DecisionCounter::PlaceOf(const Cell& cell) const {
  return ((cell.experiment * outcomes_.size() + cell.outcome) *
              municipalities_.size() +
          cell.municipality) *
             regimes_.size() +
         cell.regime;
}

size_t DecisionCounter::ExperimentOf(absl::string_view id) const {
  if (id.empty()) return 0;
  const auto found = experiment_places_.find(id);
  return found == experiment_places_.end() ? experiments_.size() - 1
                                           : found->second;
}

void DecisionCounter::Count(absl::string_view experiment, Outcome outcome,
                            Regime regime, int municipality) {
  const auto outcome_number = static_cast<size_t>(outcome);
  const auto regime_number = static_cast<size_t>(regime);
  const Cell cell = {
      .experiment = ExperimentOf(experiment),
      .outcome = outcome_number < outcome_places_.size()
                     ? outcome_places_[outcome_number]
                     : 0,
      .municipality = municipality >= 0 && municipality < kMunicipalitiesMax
                          ? municipality_places_[municipality]
                          : municipalities_.size() - 1,
      .regime = regime_number < regimes_.size() ? regime_number : 0,
  };
  counts_[PlaceOf(cell)].fetch_add(1, std::memory_order_relaxed);
}

bool DecisionCounter::IsToldFromTheStart(const Cell& cell) const {
  return cell.experiment == 0 &&
         cell.outcome ==
             outcome_places_[decision::v1::OUTCOME_ALLOWED_BY_LAW] &&
         cell.regime == decision::v1::REGIME_POST_2020 &&
         cell.municipality + 1 < municipalities_.size();
}

void DecisionCounter::Tell(const Cell& cell, MetricFamily& family) const {
  const uint64_t count = counts_[PlaceOf(cell)].load(std::memory_order_relaxed);
  if (count == 0 && !IsToldFromTheStart(cell)) return;
  auto& metric = family.metric.emplace_back();
  metric.label = {{"service", service_},
                  {"experiment", experiments_[cell.experiment]},
                  {"outcome", outcomes_[cell.outcome]},
                  {"municipality", municipalities_[cell.municipality]},
                  {"regime", regimes_[cell.regime]}};
  metric.counter.value = static_cast<double>(count);
}

std::vector<MetricFamily> DecisionCounter::Collect() const {
  MetricFamily family;
  family.name = "frikommune_decisions_total";
  family.help = "Decisions that were answered.";
  family.type = prometheus::MetricType::Counter;
  Cell cell;
  for (cell.experiment = 0; cell.experiment < experiments_.size();
       ++cell.experiment) {
    for (cell.outcome = 0; cell.outcome < outcomes_.size(); ++cell.outcome) {
      for (cell.municipality = 0; cell.municipality < municipalities_.size();
           ++cell.municipality) {
        for (cell.regime = 0; cell.regime < regimes_.size(); ++cell.regime) {
          Tell(cell, family);
        }
      }
    }
  }
  return {std::move(family)};
}

}  // namespace frikommune::metrics
