#include "adapters/prometheus/catalog_metrics.h"

#include <utility>

#include "absl/time/clock.h"

namespace frikommune::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily Family(const char* name, const char* help, MetricType type) {
  MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = type;
  return family;
}

void AddGauge(double value, std::vector<ClientMetric::Label> labels,
              MetricFamily& family) {
  auto& metric = family.metric.emplace_back();
  metric.label = std::move(labels);
  metric.gauge.value = value;
}

void AddCounter(uint64_t value, const char* result, MetricFamily& family) {
  auto& metric = family.metric.emplace_back();
  metric.label = {{"result", result}};
  metric.counter.value = static_cast<double>(value);
}

}  // namespace

CatalogMetrics::CatalogMetrics(std::string digest)
    : digest_(std::move(digest)), last_(absl::Now()) {}

void CatalogMetrics::Accepted(absl::string_view digest) {
  absl::MutexLock lock(&mutex_);
  digest_ = std::string(digest);
  ++accepted_;
  succeeded_ = true;
  last_ = absl::Now();
}

void CatalogMetrics::Refused() {
  absl::MutexLock lock(&mutex_);
  ++refused_;
  succeeded_ = false;
  last_ = absl::Now();
}

std::vector<MetricFamily> CatalogMetrics::Collect() const {
  absl::MutexLock lock(&mutex_);
  auto info =
      Family("frikommune_catalog_info",
             "The catalog that the server decides by.", MetricType::Gauge);
  AddGauge(1, {{"digest", digest_}}, info);
  auto reloads = Family("frikommune_catalog_reload_total",
                        "Changes of the catalog's folder, by whether the "
                        "catalog was good.",
                        MetricType::Counter);
  AddCounter(accepted_, "accepted", reloads);
  AddCounter(refused_, "refused", reloads);
  auto success = Family("frikommune_catalog_last_reload_success",
                        "1 if the catalog in the folder is the one that "
                        "decides, 0 if it was refused.",
                        MetricType::Gauge);
  AddGauge(succeeded_ ? 1 : 0, {}, success);
  auto when = Family("frikommune_catalog_last_reload_timestamp_seconds",
                     "When the catalog was last loaded or refused, in seconds "
                     "since 1970.",
                     MetricType::Gauge);
  AddGauge(absl::ToDoubleSeconds(last_ - absl::UnixEpoch()), {}, when);
  return {std::move(info), std::move(reloads), std::move(success),
          std::move(when)};
}

}  // namespace frikommune::metrics
