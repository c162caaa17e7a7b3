#include "adapters/grpc/metrics_interceptor.h"

#include "absl/strings/match.h"
#include "adapters/grpc/call_at_once.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::ServerRpcInfo;

class MetricsInterceptor final : public grpc::experimental::Interceptor {
 public:
  MetricsInterceptor(ServerRpcInfo* info, WatchedCall::Kind kind,
                     const Watchers& watchers, std::atomic<bool>* at_once)
      : call_(*info->server_context(), kind, watchers, at_once) {}

  void Intercept(
      grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_MESSAGE)) {
      if (const auto* const sent = methods->GetSerializedSendMessage()) {
        call_.Sent(sent->Length());
      }
    }
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_STATUS)) {
      call_.Ends(methods->GetSendStatus());
    }
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::POST_RECV_CLOSE)) {
      call_.Closes();
    }
    // What began the call goes on into its handler from here.
    const CallWatch::Entered entered(call_);
    methods->Proceed();
  }

 private:
  WatchedCall call_;
};

}  // namespace

MetricsInterceptorFactory::MetricsInterceptorFactory(const MethodTable& methods,
                                                     Watchers watchers)
    : methods_(methods),
      watchers_(watchers),
      at_once_(methods.methods().size()) {}

grpc::experimental::Interceptor*
MetricsInterceptorFactory::CreateServerInterceptor(ServerRpcInfo* info) {
  const int method = methods_.Find(info->method());
  std::atomic<bool>* const at_once =
      method == kUnknownRpc ? nullptr : &at_once_[method];
  if (at_once != nullptr && at_once->load(std::memory_order_relaxed)) {
    CallAtOnce::Note({info->server_context(), method, &watchers_});
    return nullptr;
  }
  CallAtOnce::Note({});
  return new MetricsInterceptor(
      info,
      {.method = method,
       .is_unary = info->type() == ServerRpcInfo::Type::UNARY,
       .is_under_way = !absl::StartsWith(info->method(), "/grpc.")},
      watchers_, at_once);
}

}  // namespace frikommune::rpc
