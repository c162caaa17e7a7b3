#ifndef FRIKOMMUNE_ADAPTERS_GRPC_PLUGINS_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_PLUGINS_H_

#include <memory>

#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {

// gRPC gives each of its plugins to every server of a process. These builders
// give a server only its own.

// For a server that answers callers: it has reflection.
std::unique_ptr<grpc::ServerBuilder> CallersBuilder();

// For one that answers operators: it has channelz, and reflection that tells
// the services of `shown`, which outlives it.
std::unique_ptr<grpc::ServerBuilder> OperatorsBuilder(grpc::Server& shown);

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_PLUGINS_H_
