#ifndef FRIKOMMUNE_ADAPTERS_GRPC_LATER_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_LATER_H_

#include <cstddef>
#include <memory>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "adapters/grpc/late_call.h"
#include "adapters/grpc/unary.h"
#include "core/request/validate.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {

// Ends a call that is answered later, from any thread; called once.
using Done = absl::AnyInvocable<void(const absl::Status&) &&>;

// Checks the request and lets `serve(done)` answer it, which does not wait. The
// request, the response and the context live until `done` is called. A call
// that its caller has given up is not answered. One that takes too long
// (late_call.h) is cancelled.
template <typename Request, typename Serve>
grpc::ServerUnaryReactor* ServeUnaryLater(grpc::CallbackServerContext* context,
                                          const Request& request,
                                          const request::Validator& validator,
                                          size_t bytes_max,
                                          const Serve& serve) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  absl::Status status = BeginCall(*context, request.ByteSizeLong(), bytes_max);
  TellRequestId(request);
  if (status.ok()) status = validator.Check(request);
  if (!status.ok()) {
    Finish(reactor, status);
    return reactor;
  }
  const auto late = std::make_shared<LateCall>(context);
  serve(Done([reactor, late](const absl::Status& served) {
    if (late->Claim()) Finish(reactor, served);
  }));
  MindLateCall(late);
  return reactor;
}

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_LATER_H_
