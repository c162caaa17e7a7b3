#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_RPC_CLIENT_METRICS_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_RPC_CLIENT_METRICS_H_

#include <map>
#include <string>

#include "ports/rpc_client_meter.h"
#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"

namespace frikommune::metrics {

// Counts the attempts of one call as
//
//   grpc_client_started_total, grpc_client_handled_total (and grpc_code),
//   grpc_client_handling_seconds       {grpc_service, grpc_method, target}
//
// Thread-safe.
class RpcClientMetrics final : public RpcClientMeter {
 public:
  // `target` is the other server as it is configured, "certificates": never an
  // address. `registry` outlives it.
  RpcClientMetrics(const std::string& service, const std::string& method,
                   const std::string& target, prometheus::Registry& registry);

  void Started() override;
  void Handled(absl::StatusCode code, absl::Duration took) override;

 private:
  const std::map<std::string, std::string> labels_;
  prometheus::Counter& started_;
  prometheus::Family<prometheus::Counter>& handled_;
  prometheus::Histogram& handling_seconds_;
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_RPC_CLIENT_METRICS_H_
