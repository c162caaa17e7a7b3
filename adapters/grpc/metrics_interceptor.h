#ifndef FRIKOMMUNE_ADAPTERS_GRPC_METRICS_INTERCEPTOR_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_METRICS_INTERCEPTOR_H_

#include <atomic>
#include <vector>

#include "adapters/grpc/method_table.h"
#include "adapters/grpc/watched_call.h"
#include "grpcpp/support/server_interceptor.h"

namespace frikommune::rpc {

// Watches every call of a server (watched_call.h), but for those that are
// watched by their handlers (call_at_once.h).
//
// Thread-safe.
class MetricsInterceptorFactory final
    : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  // `methods` outlives the server.
  MetricsInterceptorFactory(const MethodTable& methods, Watchers watchers);

  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override;

 private:
  const MethodTable& methods_;
  const Watchers watchers_;
  // Of each method, whether it is known to be answered at once.
  std::vector<std::atomic<bool>> at_once_;
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_METRICS_INTERCEPTOR_H_
