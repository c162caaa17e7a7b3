#include "adapters/grpc/metrics_interceptor.h"

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/time/time.h"
#include "adapters/grpc/call_watch.h"
#include "adapters/grpc/trace_context.h"
#include "frikommune/decision/v1/decision.pb.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;
using std::chrono::steady_clock;
using std::chrono::system_clock;

// Whether a status says this reason, as ToGrpcStatus tells it.
bool Says(const grpc::Status& status, decision::v1::ErrorReason reason) {
  constexpr absl::string_view kPrefix = "ERROR_REASON_";
  return absl::StrContains(
      status.error_details(),
      decision::v1::ErrorReason_Name(reason).substr(kPrefix.size()));
}

// Watches one call. Its status is sent by one thread while another may learn
// that the call is closed.
class MetricsInterceptor final : public grpc::experimental::Interceptor,
                                 public CallWatch {
 public:
  // `calls` is null for a call that is not counted among those under way.
  MetricsInterceptor(grpc::experimental::ServerRpcInfo* info, int method,
                     RpcMeter& meter, CallLog* log, std::atomic<int>* calls,
                     int calls_max)
      : context_(*info->server_context()),
        is_unary_(info->type() ==
                  grpc::experimental::ServerRpcInfo::Type::UNARY),
        method_(method),
        meter_(meter),
        log_(log),
        calls_(calls) {
    if (calls_ != nullptr) is_welcome_ = ++*calls_ <= calls_max;
    meter_.Started(method_);
  }

  ~MetricsInterceptor() override {
    // A call that was broken off before any status was sent.
    if (!counted_.exchange(true)) {
      Tell(absl::StatusCode::kCancelled);
    }
    meter_.Closed();
    if (calls_ != nullptr) --*calls_;
  }

  void Intercept(
      grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_MESSAGE)) {
      if (const auto* const sent = methods->GetSerializedSendMessage()) {
        meter_.Sent(method_, sent->Length());
      }
    }
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_STATUS)) {
      const grpc::Status status = methods->GetSendStatus();
      code_ = static_cast<absl::StatusCode>(status.error_code());
      if (!status.ok()) NoteShed(status);
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
    // What began the call goes on into its handler from here.
    const Entered entered(*this);
    methods->Proceed();
  }

  bool IsWelcome() const override { return is_welcome_; }

  void Received(size_t bytes) override { meter_.Received(method_, bytes); }

  void AskedAs(absl::string_view request_id) override {
    if (request_id.size() > request_id_.size()) return;
    request_id_size_ = request_id.copy(request_id_.data(), request_id_.size());
  }

  void AnsweredBy(std::shared_ptr<const void> held,
                  absl::string_view catalog_digest) override {
    held_ = std::move(held);
    digest_ = catalog_digest;
  }

  std::string ChildTrace() override { return Trace().Child().ToHeader(); }

 private:
  absl::Duration Took() const {
    return absl::FromChrono(steady_clock::now() - begun_);
  }

  // The trace that the caller named; if it named none, a new one.
  const TraceContext& Trace() {
    if (!trace_.has_value()) {
      const auto& metadata = context_.client_metadata();
      const auto sent = metadata.find(kTraceparent);
      if (sent != metadata.end()) {
        trace_ =
            TraceContext::Parse({sent->second.data(), sent->second.length()});
      }
      if (!trace_.has_value()) trace_ = TraceContext::New();
    }
    return *trace_;
  }

  void Tell(absl::StatusCode code) {
    const absl::Duration took = Took();
    meter_.Handled(method_, code, took);
    if (log_ == nullptr) return;
    const auto trace = [this] {
      return CallTrace{Trace().trace_id(), Trace().span_id()};
    };
    log_->Answered({.method = method_,
                    .code = code,
                    .took = took,
                    .request_id = {request_id_.data(), request_id_size_},
                    .catalog_digest = digest_,
                    .trace = trace});
  }

  void Count() {
    if (counted_.exchange(true)) return;
    const bool cancelled = context_.IsCancelled();
    const absl::StatusCode code = cancelled ? WhyCancelled() : code_;
    Tell(code);
    if (code == absl::StatusCode::kDeadlineExceeded &&
        code_ == absl::StatusCode::kCancelled && is_unary_) {
      meter_.Shed(ShedReason::kDeadline);
    }
  }

  void NoteShed(const grpc::Status& status) {
    if (code_ == absl::StatusCode::kResourceExhausted &&
        Says(status, decision::v1::ERROR_REASON_OVERLOADED)) {
      meter_.Shed(ShedReason::kQueueFull);
    } else if (code_ == absl::StatusCode::kUnavailable &&
               Says(status, decision::v1::ERROR_REASON_SHUTTING_DOWN)) {
      meter_.Shed(ShedReason::kDraining);
    }
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
  CallLog* const log_;
  std::atomic<int>* const calls_;
  bool is_welcome_ = true;
  // Longer than any id that is written down.
  std::array<char, 40> request_id_;
  size_t request_id_size_ = 0;
  std::shared_ptr<const void> held_;
  absl::string_view digest_;
  std::optional<TraceContext> trace_;
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
                                log_, is_grpc_own ? nullptr : &calls_,
                                calls_max_);
}

}  // namespace frikommune::rpc
