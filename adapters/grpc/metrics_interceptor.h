#ifndef FRIKOMMUNE_ADAPTERS_GRPC_METRICS_INTERCEPTOR_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_METRICS_INTERCEPTOR_H_

#include <atomic>

#include "adapters/grpc/method_table.h"
#include "grpcpp/support/server_interceptor.h"
#include "ports/call_log.h"
#include "ports/rpc_meter.h"

namespace frikommune::rpc {

// Watches every call of a server for a meter and a log, and knows what
// gRPC 1.51 tells it wrongly: a call whose caller gave up, or whose deadline
// passed, ends here with whatever the handler said, often OK. It is counted as
// what the caller saw, CANCELLED or DEADLINE_EXCEEDED.
//
// Also keeps count of the calls that are under way, but for those of gRPC's own
// services: a caller may watch health for as long as it is connected.
//
// The watch of a call (call_watch.h) that comes beyond `calls_max` of these
// says that it is not welcome.
//
// Thread-safe. `log` may be null. What it is given outlives the server.
class MetricsInterceptorFactory final
    : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  MetricsInterceptorFactory(const MethodTable& methods, RpcMeter& meter,
                            CallLog* log, std::atomic<int>& calls,
                            int calls_max)
      : methods_(methods),
        meter_(meter),
        log_(log),
        calls_(calls),
        calls_max_(calls_max) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override;

 private:
  const MethodTable& methods_;
  RpcMeter& meter_;
  CallLog* const log_;
  std::atomic<int>& calls_;
  const int calls_max_;
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_METRICS_INTERCEPTOR_H_
