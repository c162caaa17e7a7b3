#ifndef FRIKOMMUNE_TESTS_E2E_THREE_SERVERS_H_
#define FRIKOMMUNE_TESTS_E2E_THREE_SERVERS_H_

#include <string>
#include <vector>

#include "tests/e2e/server_process.h"

namespace frikommune::e2e {

// The servers of the suite, each a process of its own.
struct ThreeServers {
  ServerProcess scheduling;
  ServerProcess certificates{{}, "frikommune-certificates"};
  ServerProcess rehab{{"--certificates=" + certificates.grpc_address()},
                      "frikommune-rehab"};

  bool ready() const {
    return scheduling.ready() && certificates.ready() && rehab.ready();
  }

  // As `frikommune replay` is told of them.
  std::vector<std::string> targets() const {
    return {scheduling.grpc_address(),
            "certificates=" + certificates.grpc_address(),
            "rehab=" + rehab.grpc_address()};
  }
};

}  // namespace frikommune::e2e

#endif  // FRIKOMMUNE_TESTS_E2E_THREE_SERVERS_H_
