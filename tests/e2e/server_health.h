#ifndef FRIKOMMUNE_TESTS_E2E_SERVER_HEALTH_H_
#define FRIKOMMUNE_TESTS_E2E_SERVER_HEALTH_H_

#include <string>

#include "grpc/health/v1/health.grpc.pb.h"

namespace frikommune::e2e {

// What the server at `address` says in health of `name`: SERVICE_UNKNOWN if it
// does not know it, UNKNOWN if it does not answer within ten seconds.
grpc::health::v1::HealthCheckResponse::ServingStatus HealthOf(
    const std::string& address, const std::string& name);

}  // namespace frikommune::e2e

#endif  // FRIKOMMUNE_TESTS_E2E_SERVER_HEALTH_H_
