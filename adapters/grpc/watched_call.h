#ifndef FRIKOMMUNE_ADAPTERS_GRPC_WATCHED_CALL_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_WATCHED_CALL_H_

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "adapters/grpc/call_watch.h"
#include "adapters/grpc/trace_context.h"
#include "grpcpp/grpcpp.h"
#include "ports/call_log.h"
#include "ports/rpc_meter.h"

namespace frikommune::rpc {

// Who is told of the calls of a server; all of it outlives the server.
struct Watchers {
  RpcMeter& meter;
  // Null for nowhere.
  CallLog* log = nullptr;
  // The calls under way.
  std::atomic<int>& calls;
  // A call that comes beyond them is not welcome.
  int calls_max = 0;
};

// One call, as a server's meter and its log are told of it, from when this is
// made until it goes. Knows what gRPC 1.51 tells wrongly: a call whose caller
// gave up, or whose deadline passed, ends with whatever the handler said, often
// OK. It is counted as what the caller saw, CANCELLED or DEADLINE_EXCEEDED.
//
// Its status is told by one thread while another may learn that the call is
// closed.
class WatchedCall final : public CallWatch {
 public:
  struct Kind {
    // The method's place in the list of methods, or kUnknownRpc.
    int method = kUnknownRpc;
    bool is_unary = true;
    // Not of gRPC's own services: a caller may watch health for as long as it
    // is connected.
    bool is_under_way = true;
  };

  // All outlive it. `at_once` is set if the call's handler says that it answers
  // at once; null if that is known.
  WatchedCall(const grpc::ServerContextBase& context, Kind kind,
              const Watchers& watchers, std::atomic<bool>* at_once = nullptr);
  // A call of which no end was told was broken off.
  ~WatchedCall();
  WatchedCall(const WatchedCall&) = delete;
  WatchedCall& operator=(const WatchedCall&) = delete;

  // A message of that many bytes is sent.
  void Sent(size_t bytes) { watchers_.meter.Sent(kind_.method, bytes); }
  // The status is sent. Once.
  void Ends(const grpc::Status& status);
  // gRPC has nothing more to hear from the caller.
  void Closes();

  bool IsWelcome() const override { return is_welcome_; }
  void Received(size_t bytes) override {
    watchers_.meter.Received(kind_.method, bytes);
  }
  void IsAtOnce() override {
    if (at_once_ != nullptr) *at_once_ = true;
  }
  void AskedAs(absl::string_view request_id) override;
  void AnsweredBy(std::shared_ptr<const void> held,
                  absl::string_view catalog_digest) override;
  std::string ChildTrace() override { return Trace().Child().ToHeader(); }

 private:
  const TraceContext& Trace();
  void Tell(absl::StatusCode code);
  void Count();
  void NoteShed(const grpc::Status& status);
  absl::StatusCode WhyCancelled() const;

  const grpc::ServerContextBase& context_;
  const Kind kind_;
  const Watchers& watchers_;
  std::atomic<bool>* const at_once_;
  bool is_welcome_ = true;
  // Longer than any id that is written down.
  std::array<char, 40> request_id_;
  size_t request_id_size_ = 0;
  std::shared_ptr<const void> held_;
  absl::string_view digest_;
  std::optional<TraceContext> trace_;
  const std::chrono::steady_clock::time_point begun_ =
      std::chrono::steady_clock::now();
  absl::StatusCode code_ = absl::StatusCode::kUnknown;
  std::atomic<bool> sent_ = false;
  std::atomic<bool> closed_ = false;
  std::atomic<bool> counted_ = false;
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_WATCHED_CALL_H_
