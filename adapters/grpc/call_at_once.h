#ifndef FRIKOMMUNE_ADAPTERS_GRPC_CALL_AT_ONCE_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_CALL_AT_ONCE_H_

#include <cstddef>
#include <optional>

#include "adapters/grpc/watched_call.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {

// A unary call that is answered before its handler returns. It is watched from
// there, on the handler's stack: an interceptor of gRPC costs a call twice as
// much, most of it for an event of its own when the call is done.
//
// A method whose first call was answered so is answered so always, and has no
// interceptor from then on (metrics_interceptor.h).
class CallAtOnce {
 public:
  // A call that is about to come to its handler, on this thread.
  struct Arrival {
    const grpc::ServerContextBase* context = nullptr;
    int method = kUnknownRpc;
    const Watchers* watchers = nullptr;
  };

  // Notes that a call without an interceptor comes; with the default, that the
  // one that comes has an interceptor. A method that is served as
  // bytes hears of every call, whatever its message.
  static void Note(const Arrival& arrival);

  // In the handler, before anything else. Becomes the thread's current watch
  // (call_watch.h) while it lives.
  explicit CallAtOnce(const grpc::CallbackServerContext& context);
  CallAtOnce(const CallAtOnce&) = delete;
  CallAtOnce& operator=(const CallAtOnce&) = delete;

  // It is answered, with a message of that many bytes if the status is OK.
  // Before the answer is sent.
  void Ends(const grpc::Status& status, size_t bytes);

 private:
  // Nothing if an interceptor watches the call, or nobody does.
  std::optional<WatchedCall> call_;
  std::optional<CallWatch::Entered> entered_;
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_CALL_AT_ONCE_H_
