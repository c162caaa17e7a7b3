#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_METRICS_ENDPOINT_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_METRICS_ENDPOINT_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "adapters/http/http_server.h"
#include "prometheus/collectable.h"
#include "prometheus/registry.h"

namespace frikommune::metrics {

// Answers GET /metrics in the Prometheus text format, and other pages beside
// it. One for each process: to close it takes about two seconds.
//
// Thread-safe.
class MetricsEndpoint {
 public:
  // Listens on HOST:PORT; port 0 takes any that is free. UNAVAILABLE if it
  // cannot listen there.
  static absl::StatusOr<std::unique_ptr<MetricsEndpoint>> Open(
      const std::string& listen);

  // HOST:PORT, with the port that was bound.
  const std::string& address() const { return pages_->address(); }

  // Where other pages may be added.
  http::HttpServer& pages() { return *pages_; }

  // Where counters and histograms are kept.
  prometheus::Registry& registry() { return *registry_; }

  // Answers with what `collectable` collects, too.
  void Add(std::shared_ptr<prometheus::Collectable> collectable)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Tells a fact about the process: a gauge that is 1, with the fact in its
  // labels.
  void AddInfo(const std::string& name, const std::string& help,
               const std::map<std::string, std::string>& labels);

  // A number that goes up and down, and one that only goes up: what is returned
  // sets the first and adds to the second, from any thread, while this lives.
  std::function<void(double)> AddGauge(
      const std::string& name, const std::string& help,
      const std::map<std::string, std::string>& labels);
  std::function<void(double)> AddCounter(const std::string& name,
                                         const std::string& help);

 private:
  MetricsEndpoint() = default;

  std::string Text() const ABSL_LOCKS_EXCLUDED(mutex_);

  std::shared_ptr<prometheus::Registry> registry_;
  mutable absl::Mutex mutex_;
  std::vector<std::shared_ptr<prometheus::Collectable>> collectables_
      ABSL_GUARDED_BY(mutex_);
  // Last, so that it is closed first.
  std::unique_ptr<http::HttpServer> pages_;
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_METRICS_ENDPOINT_H_
