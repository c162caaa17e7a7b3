#ifndef FRIKOMMUNE_ADAPTERS_GRPC_LATE_CALL_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_LATE_CALL_H_

#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {

// A call that is answered later, by whoever has the answer then; or ended
// before, because that takes too long. Thread-safe.
class LateCall {
 public:
  // A call whose request and response nobody needs once it is ended: it is
  // ended with DEADLINE_EXCEEDED.
  explicit LateCall(grpc::ServerUnaryReactor* reactor) : reactor_(reactor) {}
  // One whose request is needed until it is answered: it is cancelled, and must
  // be answered all the same.
  explicit LateCall(grpc::CallbackServerContext* context) : context_(context) {}

  // To be called once, before the call is answered: whether it is to be.
  bool Claim() ABSL_LOCKS_EXCLUDED(mutex_);

  // Ends it, if it is not claimed.
  void End() ABSL_LOCKS_EXCLUDED(mutex_);

  bool IsOver() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  grpc::ServerUnaryReactor* const reactor_ = nullptr;
  grpc::CallbackServerContext* const context_ = nullptr;
  mutable absl::Mutex mutex_;
  bool over_ ABSL_GUARDED_BY(mutex_) = false;
};

// Ends each late call of this process once it has waited that long, give or
// take a tenth; without it, a call waits for as long as its caller. Once,
// before the first call.
void CapLateCalls(absl::Duration max);

// Minds a call from now on, unless it is over already.
void MindLateCall(const std::shared_ptr<LateCall>& call);

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_LATE_CALL_H_
