#ifndef FRIKOMMUNE_ADAPTERS_GRPC_UNARY_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_UNARY_H_

#include <cstddef>

#include "absl/status/status.h"
#include "adapters/grpc/call_watch.h"
#include "core/request/validate.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {

// The largest message that is answered, in bytes.
constexpr size_t kUnaryBytesMax = size_t{1} << 20;
constexpr size_t kBatchBytesMax = size_t{8} << 20;

// RESOURCE_EXHAUSTED, reason MESSAGE_TOO_LARGE, if a message takes more than
// `bytes_max`. The transport's own limit lies higher, for what it turns away is
// seen in no metric.
absl::Status CheckSize(size_t bytes, size_t bytes_max);

// Tells the watch of a call that its request came, and whether it is to be
// answered: CANCELLED if its caller has given it up; RESOURCE_EXHAUSTED, reason
// OVERLOADED, if there is too much to do, or MESSAGE_TOO_LARGE. In the handler.
absl::Status BeginCall(const grpc::CallbackServerContext& context,
                       size_t request_bytes, size_t bytes_max);

// Tells the watch of a call the id of its request, where the contract has one.
// In the handler.
template <typename Request>
void TellRequestId(const Request& request) {
  if constexpr (requires { request.request_id(); }) {
    CallWatch::Current().AskedAs(request.request_id());
  }
}

// What a caller may know of `status`; logs what is our own fault. Once for each
// call.
grpc::Status ToTell(const absl::Status& status);

// Ends the call with that. Once for each reactor.
void Finish(grpc::ServerUnaryReactor* reactor, const absl::Status& status);

// Checks the request, answers it by `serve()`, which returns an absl::Status
// and must not wait, and finishes the call. A call that its caller has given up
// is not answered.
template <typename Request, typename Serve>
grpc::ServerUnaryReactor* ServeUnary(grpc::CallbackServerContext* context,
                                     const Request& request,
                                     const request::Validator& validator,
                                     size_t bytes_max, const Serve& serve) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  absl::Status status = BeginCall(*context, request.ByteSizeLong(), bytes_max);
  TellRequestId(request);
  if (status.ok()) status = validator.Check(request);
  if (status.ok()) status = serve();
  Finish(reactor, status);
  return reactor;
}

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_UNARY_H_
