#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_RPC_METRICS_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_RPC_METRICS_H_

#include <array>
#include <atomic>
#include <memory>
#include <vector>

#include "ports/rpc_meter.h"
#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"

namespace frikommune::metrics {

// Counts calls under the names that dashboards of gRPC servers know:
//
//   grpc_server_started_total      {grpc_type, grpc_service, grpc_method}
//   grpc_server_handled_total      and grpc_code: "OK", "InvalidArgument", ...
//   grpc_server_handling_seconds   as started
//   grpc_server_in_flight          no labels
//
// The labels come from the methods it is made for, and "unknown" for the rest.
// The series of a method and a code is looked up once; those that are expected
// exist from the start, so that the first error is seen as an increase.
class RpcMetrics final : public RpcMeter {
 public:
  // `registry` outlives it.
  RpcMetrics(const std::vector<RpcMethod>& methods,
             prometheus::Registry& registry);

  void Started(int method) override;
  void Handled(int method, absl::StatusCode code, absl::Duration took) override;
  void Closed() override;

 private:
  static constexpr int kCodes = 17;

  // The series of one method.
  struct Series {
    RpcMethod method;
    prometheus::Counter* started;
    prometheus::Histogram* handling_seconds;
    std::array<std::atomic<prometheus::Counter*>, kCodes> handled{};
  };

  void AddSeries(const RpcMethod& method);
  prometheus::Counter& HandledSeries(Series& series, int code);
  Series& At(int method);

  prometheus::Family<prometheus::Counter>& started_;
  prometheus::Family<prometheus::Counter>& handled_;
  prometheus::Family<prometheus::Histogram>& handling_seconds_;
  prometheus::Gauge& in_flight_;
  // The methods, and last the unknown one.
  std::vector<std::unique_ptr<Series>> series_;
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_RPC_METRICS_H_
