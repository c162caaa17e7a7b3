#include "adapters/grpc/watched_call.h"

#include <utility>

#include "absl/strings/match.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::rpc {
namespace {

using std::chrono::steady_clock;
using std::chrono::system_clock;

// Whether a status says this reason, as ToGrpcStatus tells it.
bool Says(const grpc::Status& status, decision::v1::ErrorReason reason) {
  constexpr absl::string_view kPrefix = "ERROR_REASON_";
  return absl::StrContains(
      status.error_details(),
      decision::v1::ErrorReason_Name(reason).substr(kPrefix.size()));
}

}  // namespace

WatchedCall::WatchedCall(const grpc::ServerContextBase& context, Kind kind,
                         const Watchers& watchers, std::atomic<bool>* at_once)
    : context_(context), kind_(kind), watchers_(watchers), at_once_(at_once) {
  if (kind_.is_under_way) {
    is_welcome_ = ++watchers_.calls <= watchers_.calls_max;
  }
  watchers_.meter.Started(kind_.method);
}

WatchedCall::~WatchedCall() {
  if (!counted_.exchange(true)) Tell(absl::StatusCode::kCancelled);
  watchers_.meter.Closed();
  if (kind_.is_under_way) --watchers_.calls;
}

void WatchedCall::Ends(const grpc::Status& status) {
  code_ = static_cast<absl::StatusCode>(status.error_code());
  if (!status.ok()) NoteShed(status);
  sent_.store(true);
  // Of a unary call this is the last word, told before the caller has it.
  // A stream's reader may learn of a cancellation before the call does.
  if (kind_.is_unary || closed_.load()) Count();
}

void WatchedCall::Closes() {
  closed_.store(true);
  if (sent_.load()) Count();
}

void WatchedCall::AskedAs(absl::string_view request_id) {
  if (request_id.size() > request_id_.size()) return;
  request_id_size_ = request_id.copy(request_id_.data(), request_id_.size());
}

void WatchedCall::AnsweredBy(std::shared_ptr<const void> held,
                             absl::string_view catalog_digest) {
  held_ = std::move(held);
  digest_ = catalog_digest;
}

// The trace that the caller named; if it named none, a new one.
const TraceContext& WatchedCall::Trace() {
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

void WatchedCall::Tell(absl::StatusCode code) {
  const absl::Duration took = absl::FromChrono(steady_clock::now() - begun_);
  watchers_.meter.Handled(kind_.method, code, took);
  if (watchers_.log == nullptr) return;
  const auto trace = [this] {
    return CallTrace{Trace().trace_id(), Trace().span_id()};
  };
  watchers_.log->Answered({.method = kind_.method,
                           .code = code,
                           .took = took,
                           .request_id = {request_id_.data(), request_id_size_},
                           .catalog_digest = digest_,
                           .trace = trace});
}

void WatchedCall::Count() {
  if (counted_.exchange(true)) return;
  const bool cancelled = context_.IsCancelled();
  const absl::StatusCode code = cancelled ? WhyCancelled() : code_;
  Tell(code);
  if (code == absl::StatusCode::kDeadlineExceeded &&
      code_ == absl::StatusCode::kCancelled && kind_.is_unary) {
    watchers_.meter.Shed(ShedReason::kDeadline);
  }
}

void WatchedCall::NoteShed(const grpc::Status& status) {
  if (code_ == absl::StatusCode::kResourceExhausted &&
      Says(status, decision::v1::ERROR_REASON_OVERLOADED)) {
    watchers_.meter.Shed(ShedReason::kQueueFull);
  } else if (code_ == absl::StatusCode::kUnavailable &&
             Says(status, decision::v1::ERROR_REASON_SHUTTING_DOWN)) {
    watchers_.meter.Shed(ShedReason::kDraining);
  }
}

// A caller whose deadline passes cancels a moment before the deadline that was
// read here, which is rounded up on the wire.
absl::StatusCode WatchedCall::WhyCancelled() const {
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

}  // namespace frikommune::rpc
