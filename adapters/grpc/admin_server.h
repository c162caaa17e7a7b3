#ifndef FRIKOMMUNE_ADAPTERS_GRPC_ADMIN_SERVER_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_ADMIN_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/grpc/health.h"
#include "adapters/grpc/server.h"

namespace frikommune::rpc {

// What operators and their probes ask a server, on a port of its own that
// callers do not reach: health, reflection of the services that callers ask,
// channelz. Always plaintext, since probes know no certificates; its calls are
// in no metric.
class AdminServer {
 public:
  // Listens on HOST:PORT; port 0 takes any that is free. What it is given
  // outlives it. UNAVAILABLE if it cannot listen there.
  static absl::StatusOr<std::unique_ptr<AdminServer>> Start(
      const std::string& listen, Server& shown, Health& health);

  // Stops, whatever is under way.
  ~AdminServer();

  // HOST:PORT, with the port that was bound.
  const std::string& address() const { return address_; }

 private:
  explicit AdminServer(Health& health) : health_(health) {}

  Health& health_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_ADMIN_SERVER_H_
