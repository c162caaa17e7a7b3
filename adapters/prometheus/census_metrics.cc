#include "adapters/prometheus/census_metrics.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace frikommune::metrics {
namespace {

using prometheus::MetricFamily;

// Every replica sees the same store, so sums would count it twice.
constexpr char kTakeMax[] = " Every replica tells it: take the greatest.";

MetricFamily Family(const char* name, const std::string& help) {
  MetricFamily family;
  family.name = name;
  family.help = help + kTakeMax;
  family.type = prometheus::MetricType::Gauge;
  return family;
}

void Add(double value, std::vector<prometheus::ClientMetric::Label> labels,
         MetricFamily& family) {
  auto& metric = family.metric.emplace_back();
  metric.label = std::move(labels);
  metric.gauge.value = value;
}

void TellAgenda(const StoreCensus::Agenda& agenda,
                std::vector<MetricFamily>& families) {
  auto places = Family("frikommune_agenda_places",
                       "Places on the agendas of coming meeting days.");
  Add(agenda.free_places, {{"state", "free"}}, places);
  Add(agenda.taken_places, {{"state", "taken"}}, places);
  auto overbooked = Family("frikommune_agenda_overbooked",
                           "Coming meeting days with more items than places, "
                           "or two items in one place: must be 0.");
  Add(agenda.overbooked_days, {}, overbooked);
  auto missed = Family("frikommune_agenda_missed_deadlines",
                       "Items on a coming day after their case's last day.");
  Add(agenda.missed_deadlines, {}, missed);
  families.push_back(std::move(places));
  families.push_back(std::move(overbooked));
  families.push_back(std::move(missed));
}

}  // namespace

void CensusMetrics::Set(StoreCensus census) {
  absl::MutexLock lock(&mutex_);
  census_ = std::move(census);
}

std::vector<MetricFamily> CensusMetrics::Collect() const {
  absl::MutexLock lock(&mutex_);
  std::vector<MetricFamily> families;
  if (census_.agenda.has_value()) TellAgenda(*census_.agenda, families);
  if (census_.reviews.empty()) return families;
  auto pending = Family("frikommune_reviews_pending",
                        "Decisions that wait for a leader's review.");
  auto oldest = Family("frikommune_reviews_oldest_pending_seconds",
                       "How long the oldest of them has waited; 0 if there is "
                       "none.");
  const absl::Time now = absl::Now();
  for (const auto& [code, reviews] : census_.reviews) {
    const std::string municipality = absl::StrCat(code);
    Add(reviews.pending, {{"municipality", municipality}}, pending);
    const absl::Duration waited = now - reviews.oldest.value_or(now);
    Add(std::max(absl::ToDoubleSeconds(waited), 0.0),
        {{"municipality", municipality}}, oldest);
  }
  families.push_back(std::move(pending));
  families.push_back(std::move(oldest));
  return families;
}

}  // namespace frikommune::metrics
