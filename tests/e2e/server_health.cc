#include "tests/e2e/server_health.h"

#include <chrono>

#include "grpcpp/grpcpp.h"

namespace frikommune::e2e {

using grpc::health::v1::HealthCheckResponse;

HealthCheckResponse::ServingStatus HealthOf(const std::string& address,
                                            const std::string& name) {
  const auto stub = grpc::health::v1::Health::NewStub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(10));
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(name);
  HealthCheckResponse response;
  const grpc::Status status = stub->Check(&context, request, &response);
  if (status.ok()) return response.status();
  return status.error_code() == grpc::StatusCode::NOT_FOUND
             ? HealthCheckResponse::SERVICE_UNKNOWN
             : HealthCheckResponse::UNKNOWN;
}

}  // namespace frikommune::e2e
