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
//   grpc_server_msg_received_total, grpc_server_msg_sent_total
//                                  as started, of streams
//   grpc_server_request_bytes, grpc_server_response_bytes
//                                  {grpc_service}
//   grpc_server_in_flight, grpc_server_in_flight_limit
//                                  no labels
//   frikommune_requests_shed_total {reason: "queue_full", "draining",
//                                  "deadline"}
//
// The labels come from the methods it is made for, and "unknown" for the rest.
// Each series is looked up once. Those that are expected exist from the start,
// so that the first error is seen as an increase; the times of a method exist
// once it is called, and the sizes of gRPC's own services are left out.
class RpcMetrics final : public RpcMeter {
 public:
  // `in_flight_limit` is how many calls are taken at once. `registry` outlives
  // it.
  RpcMetrics(const std::vector<RpcMethod>& methods, int in_flight_limit,
             prometheus::Registry& registry);

  void Started(int method) override;
  void Received(int method, size_t bytes) override;
  void Sent(int method, size_t bytes) override;
  void Shed(ShedReason reason) override;
  void Handled(int method, absl::StatusCode code, absl::Duration took) override;
  void Closed() override;

 private:
  static constexpr int kCodes = 17;

  // The series of one method.
  struct Series {
    RpcMethod method;
    prometheus::Counter* started = nullptr;
    std::atomic<prometheus::Histogram*> handling_seconds = nullptr;
    // Null but of streams.
    prometheus::Counter* received = nullptr;
    prometheus::Counter* sent = nullptr;
    // Null of gRPC's own services.
    prometheus::Histogram* request_bytes = nullptr;
    prometheus::Histogram* response_bytes = nullptr;
    std::array<std::atomic<prometheus::Counter*>, kCodes> handled{};
  };

  Series& AddSeries(const RpcMethod& method);
  prometheus::Histogram& SecondsOf(Series& series);
  prometheus::Counter& HandledSeries(Series& series, int code);
  Series& At(int method);

  prometheus::Family<prometheus::Counter>& started_;
  prometheus::Family<prometheus::Counter>& handled_;
  prometheus::Family<prometheus::Histogram>& handling_seconds_;
  prometheus::Family<prometheus::Counter>& received_;
  prometheus::Family<prometheus::Counter>& sent_;
  prometheus::Family<prometheus::Histogram>& request_bytes_;
  prometheus::Family<prometheus::Histogram>& response_bytes_;
  prometheus::Gauge& in_flight_;
  std::array<prometheus::Counter*, kShedReasons> shed_{};
  // The methods, and last the unknown one.
  std::vector<std::unique_ptr<Series>> series_;
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_RPC_METRICS_H_
