#include "adapters/grpc/metrics_interceptor.h"

#include <atomic>
#include <chrono>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;
using std::chrono::steady_clock;
using std::chrono::system_clock;

// Watches one call. Its status is sent by one thread while another may learn
// that the call is closed.
class MetricsInterceptor final : public grpc::experimental::Interceptor {
 public:
  // `calls` is null for a call that is not counted among those under way.
  MetricsInterceptor(grpc::experimental::ServerRpcInfo* info, int method,
                     RpcMeter& meter, std::atomic<int>* calls)
      : context_(*info->server_context()),
        is_unary_(info->type() ==
                  grpc::experimental::ServerRpcInfo::Type::UNARY),
        method_(method),
        meter_(meter),
        calls_(calls) {
    if (calls_ != nullptr) ++*calls_;
    meter_.Started(method_);
  }

  ~MetricsInterceptor() override {
    // A call that was broken off before any status was sent.
    if (!counted_.exchange(true)) {
      meter_.Handled(method_, absl::StatusCode::kCancelled, Took());
    }
    meter_.Closed();
    if (calls_ != nullptr) --*calls_;
  }

  void Intercept(
      grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_STATUS)) {
      code_ =
          static_cast<absl::StatusCode>(methods->GetSendStatus().error_code());
      sent_.store(true);
      // Of a unary call this is the last word, told before the caller has it.
      // A stream's reader may learn of a cancellation before the call does.
      if (is_unary_ || closed_.load()) Count();
    }
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::POST_RECV_CLOSE)) {
      closed_.store(true);
      if (sent_.load()) Count();
    }
    methods->Proceed();
  }

 private:
  absl::Duration Took() const {
    return absl::FromChrono(steady_clock::now() - begun_);
  }

  void Count() {
    if (counted_.exchange(true)) return;
    meter_.Handled(method_, context_.IsCancelled() ? WhyCancelled() : code_,
                   Took());
  }

  // A caller whose deadline passes cancels a moment before the deadline that
  // was read here, which is rounded up on the wire.
  absl::StatusCode WhyCancelled() const {
    const system_clock::time_point deadline = context_.deadline();
    if (deadline == system_clock::time_point::max()) {
      return absl::StatusCode::kCancelled;
    }
    const auto left = deadline - system_clock::now();
    const auto took = steady_clock::now() - begun_;
    return left <= std::chrono::milliseconds(5) + took / 50
               ? absl::StatusCode::kDeadlineExceeded
               : absl::StatusCode::kCancelled;
  }

  const grpc::ServerContextBase& context_;
  const bool is_unary_;
  const int method_;
  RpcMeter& meter_;
  std::atomic<int>* const calls_;
  const steady_clock::time_point begun_ = steady_clock::now();
  absl::StatusCode code_ = absl::StatusCode::kUnknown;
  std::atomic<bool> sent_ = false;
  std::atomic<bool> closed_ = false;
  std::atomic<bool> counted_ = false;
};

}  // namespace

grpc::experimental::Interceptor*
MetricsInterceptorFactory::CreateServerInterceptor(
    grpc::experimental::ServerRpcInfo* info) {
  const bool is_grpc_own = absl::StartsWith(info->method(), "/grpc.");
  return new MetricsInterceptor(info, methods_.Find(info->method()), meter_,
                                is_grpc_own ? nullptr : &calls_);
}

}  // namespace frikommune::rpc
