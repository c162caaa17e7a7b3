#include "adapters/grpc/admin_server.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "adapters/grpc/plugins.h"
#include "grpcpp/health_check_service_interface.h"

namespace frikommune::rpc {

absl::StatusOr<std::unique_ptr<AdminServer>> AdminServer::Start(
    const std::string& listen, Server& shown, Health& health) {
  grpc::EnableDefaultHealthCheckService(true);
  std::unique_ptr<AdminServer> server(new AdminServer(health));
  const auto builder = OperatorsBuilder(shown.shown());
  int port = 0;
  builder->AddListeningPort(listen, grpc::InsecureServerCredentials(), &port);
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder->SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder->SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 1);
  server->server_ = builder->BuildAndStart();
  if (server->server_ == nullptr || port == 0) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", listen));
  }
  health.Add(server->server_->GetHealthCheckService());
  server->address_ =
      absl::StrCat(listen.substr(0, listen.rfind(':')), ":", port);
  return server;
}

AdminServer::~AdminServer() {
  if (server_ == nullptr) return;
  health_.Remove(server_->GetHealthCheckService());
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
}

}  // namespace frikommune::rpc
