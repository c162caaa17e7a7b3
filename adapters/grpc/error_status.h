#ifndef FRIKOMMUNE_ADAPTERS_GRPC_ERROR_STATUS_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_ERROR_STATUS_H_

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace frikommune::rpc {

// What a caller is told of `status`, with these google.rpc details:
//
//   ErrorInfo   domain "frikommune" and the reason of MakeError, if it has one
//   BadRequest  the field at fault, if there is one
//   RetryInfo   of UNAVAILABLE and RESOURCE_EXHAUSTED, but not of
//               MESSAGE_TOO_LARGE, which fares no better the second time
//
// Of INTERNAL, UNKNOWN and DATA_LOSS only the code is told: what is wrong
// within is for the server's log.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_ERROR_STATUS_H_
