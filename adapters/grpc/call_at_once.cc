#include "adapters/grpc/call_at_once.h"

namespace frikommune::rpc {
namespace {

CallAtOnce::Arrival& ArrivalOfThread() {
  thread_local CallAtOnce::Arrival arrival;
  return arrival;
}

}  // namespace

void CallAtOnce::Note(const Arrival& arrival) { ArrivalOfThread() = arrival; }

CallAtOnce::CallAtOnce(const grpc::CallbackServerContext& context) {
  Arrival& arrival = ArrivalOfThread();
  if (arrival.context != &context) {
    CallWatch::Current().IsAtOnce();
    return;
  }
  call_.emplace(context, WatchedCall::Kind{.method = arrival.method},
                *arrival.watchers);
  arrival = {};
  entered_.emplace(*call_);
}

void CallAtOnce::Ends(const grpc::Status& status, size_t bytes) {
  if (!call_.has_value()) return;
  if (status.ok()) call_->Sent(bytes);
  call_->Ends(status);
}

}  // namespace frikommune::rpc
