#include "adapters/grpc/server.h"

#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "adapters/grpc/metrics_interceptor.h"
#include "grpc/grpc.h"
#include "grpc/health/v1/health.pb.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"

namespace frikommune::rpc {
namespace {

constexpr char kReflection[] = "grpc.reflection.v1alpha.ServerReflection";

// What probes ask for, besides "": whether the process lives, and whether it
// takes calls.
constexpr const char* kProbes[] = {"liveness", "readiness"};

int Milliseconds(absl::Duration duration) {
  return static_cast<int>(absl::ToInt64Milliseconds(duration));
}

void SetTransport(const ServerOptions& options, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(options.receive_bytes_max);
  // Two servers on one port would each get half of the calls, silently.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                             options.concurrent_streams_max);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS,
                             Milliseconds(options.connection_age_max));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                             Milliseconds(options.connection_age_grace));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS,
                             Milliseconds(options.connection_idle_max));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS,
                             Milliseconds(options.keepalive_time));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                             Milliseconds(options.keepalive_timeout));
  builder.AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
      Milliseconds(options.keepalive_time / 2));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  // Reflection is the one service that brings threads of its own.
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 1);
}

}  // namespace

absl::StatusOr<std::vector<const google::protobuf::ServiceDescriptor*>>
DescriptorsOf(const std::vector<std::string>& services) {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  std::vector<const google::protobuf::ServiceDescriptor*> found = {
      grpc::health::v1::HealthCheckRequest::descriptor()->file()->service(0)};
  std::vector<std::string> names = services;
  names.push_back(kReflection);
  for (const std::string& name : names) {
    const auto* service = pool->FindServiceByName(name);
    if (service == nullptr) {
      return absl::NotFoundError(
          absl::StrCat("no contract of ", name, " in this program"));
    }
    found.push_back(service);
  }
  return found;
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const ServerOptions& options, const std::vector<grpc::Service*>& services,
    const MethodTable& methods, RpcMeter& meter, StreamDrain& streams) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  std::unique_ptr<Server> server(new Server(options, streams));

  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(),
                           &port);
  SetTransport(options, builder);
  for (grpc::Service* service : services) builder.RegisterService(service);
  std::vector<
      std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
      interceptors;
  interceptors.push_back(std::make_unique<MetricsInterceptorFactory>(
      methods, meter, options.log, server->calls_, options.calls_max));
  if (options.observed) {
    builder.experimental().SetInterceptorCreators(std::move(interceptors));
  }

  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || port == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", options.listen));
  }
  server->server_->GetHealthCheckService()->SetServingStatus(false);
  server->address_ = absl::StrCat(
      options.listen.substr(0, options.listen.rfind(':')), ":", port);
  return server;
}

Server::~Server() { Stop(); }

void Server::BecomeReady() {
  auto* health = server_->GetHealthCheckService();
  for (const char* probe : kProbes) health->SetServingStatus(probe, true);
  health->SetServingStatus(true);
}

void Server::Stop() {
  if (server_ == nullptr) return;
  if (auto* health = server_->GetHealthCheckService()) health->Shutdown();
  absl::SleepFor(options_.drain_delay);
  streams_.Drain();
  absl::Notification stopped;
  std::thread stopper([&] {
    server_->Shutdown(absl::ToChronoTime(absl::Now() + options_.grace));
    stopped.Notify();
  });
  CloseWhenQuiet(stopped);
  stopper.join();
  server_->Wait();
  server_.reset();
}

void Server::CloseWhenQuiet(absl::Notification& stopped) {
  constexpr absl::Duration kLook = absl::Milliseconds(10);
  absl::Duration quiet = absl::ZeroDuration();
  while (!stopped.WaitForNotificationWithTimeout(kLook)) {
    quiet = calls_ == 0 ? quiet + kLook : absl::ZeroDuration();
    if (quiet < options_.quiet) continue;
    grpc_server_cancel_all_calls(server_->c_server());
    return;
  }
}

}  // namespace frikommune::rpc
