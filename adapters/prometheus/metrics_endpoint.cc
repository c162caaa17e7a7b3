#include "adapters/prometheus/metrics_endpoint.h"

#include <iterator>
#include <utility>

#include "prometheus/counter.h"
#include "prometheus/gauge.h"
#include "prometheus/text_serializer.h"

namespace frikommune::metrics {
namespace {

constexpr char kTextFormat[] = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsEndpoint>> MetricsEndpoint::Open(
    const std::string& listen) {
  auto pages = http::HttpServer::Open(listen);
  if (!pages.ok()) return pages.status();
  std::unique_ptr<MetricsEndpoint> endpoint(new MetricsEndpoint());
  endpoint->registry_ = std::make_shared<prometheus::Registry>();
  endpoint->Add(endpoint->registry_);
  endpoint->pages_ = *std::move(pages);
  endpoint->pages_->Add("/metrics", [&shown = *endpoint] {
    return http::Page{.type = kTextFormat, .body = shown.Text()};
  });
  return endpoint;
}

std::string MetricsEndpoint::Text() const {
  std::vector<prometheus::MetricFamily> families;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& collectable : collectables_) {
      auto collected = collectable->Collect();
      families.insert(families.end(),
                      std::make_move_iterator(collected.begin()),
                      std::make_move_iterator(collected.end()));
    }
  }
  return prometheus::TextSerializer().Serialize(families);
}

void MetricsEndpoint::Add(
    std::shared_ptr<prometheus::Collectable> collectable) {
  absl::MutexLock lock(&mutex_);
  collectables_.push_back(std::move(collectable));
}

void MetricsEndpoint::AddInfo(
    const std::string& name, const std::string& help,
    const std::map<std::string, std::string>& labels) {
  AddGauge(name, help, labels)(1);
}

std::function<void(double)> MetricsEndpoint::AddGauge(
    const std::string& name, const std::string& help,
    const std::map<std::string, std::string>& labels) {
  auto& gauge = prometheus::BuildGauge()
                    .Name(name)
                    .Help(help)
                    .Register(*registry_)
                    .Add(labels);
  return [&gauge](double value) { gauge.Set(value); };
}

std::function<void(double)> MetricsEndpoint::AddCounter(
    const std::string& name, const std::string& help) {
  auto& counter = prometheus::BuildCounter()
                      .Name(name)
                      .Help(help)
                      .Register(*registry_)
                      .Add({});
  return [&counter](double more) { counter.Increment(more); };
}

}  // namespace frikommune::metrics
