#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_METRICS_ENDPOINT_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_METRICS_ENDPOINT_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "prometheus/collectable.h"
#include "prometheus/exposer.h"
#include "prometheus/registry.h"

namespace frikommune::metrics {

// Answers GET /metrics in the Prometheus text format. One for each process: to
// close it takes about two seconds.
//
// Thread-safe once everything is added.
class MetricsEndpoint {
 public:
  // Listens on HOST:PORT; port 0 takes any that is free. UNAVAILABLE if it
  // cannot listen there.
  static absl::StatusOr<std::unique_ptr<MetricsEndpoint>> Open(
      const std::string& listen);

  // HOST:PORT, with the port that was bound.
  const std::string& address() const { return address_; }

  // Where counters and histograms are kept.
  prometheus::Registry& registry() { return *registry_; }

  // Answers with what `collectable` collects, too.
  void Add(std::shared_ptr<prometheus::Collectable> collectable);

  // Tells a fact about the process: a gauge that is 1, with the fact in its
  // labels.
  void AddInfo(const std::string& name, const std::string& help,
               const std::map<std::string, std::string>& labels);

 private:
  MetricsEndpoint() = default;

  std::string address_;
  std::shared_ptr<prometheus::Registry> registry_;
  std::vector<std::shared_ptr<prometheus::Collectable>> collectables_;
  // Last, so that it is closed first.
  std::unique_ptr<prometheus::Exposer> exposer_;
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_METRICS_ENDPOINT_H_
