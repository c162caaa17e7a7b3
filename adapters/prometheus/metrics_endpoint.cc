#include "adapters/prometheus/metrics_endpoint.h"

#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "prometheus/gauge.h"

namespace frikommune::metrics {

absl::StatusOr<std::unique_ptr<MetricsEndpoint>> MetricsEndpoint::Open(
    const std::string& listen) {
  std::unique_ptr<MetricsEndpoint> endpoint(new MetricsEndpoint());
  // The library reports by exception; it stops here.
  try {
    endpoint->exposer_ = std::make_unique<prometheus::Exposer>(listen);
  } catch (const std::exception& e) {
    return absl::UnavailableError(
        absl::StrCat("cannot serve metrics on ", listen, ": ", e.what()));
  }
  const std::vector<int> ports = endpoint->exposer_->GetListeningPorts();
  if (ports.empty()) {
    return absl::UnavailableError(
        absl::StrCat("cannot serve metrics on ", listen));
  }
  endpoint->address_ =
      absl::StrCat(listen.substr(0, listen.rfind(':')), ":", ports[0]);
  endpoint->registry_ = std::make_shared<prometheus::Registry>();
  endpoint->Add(endpoint->registry_);
  return endpoint;
}

void MetricsEndpoint::Add(
    std::shared_ptr<prometheus::Collectable> collectable) {
  exposer_->RegisterCollectable(collectable);
  collectables_.push_back(std::move(collectable));
}

void MetricsEndpoint::AddInfo(
    const std::string& name, const std::string& help,
    const std::map<std::string, std::string>& labels) {
  prometheus::BuildGauge()
      .Name(name)
      .Help(help)
      .Register(*registry_)
      .Add(labels)
      .Set(1);
}

}  // namespace frikommune::metrics
