#include "adapters/grpc/server.h"

#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "adapters/grpc/metrics_interceptor.h"
#include "adapters/grpc/plugins.h"
#include "grpc/grpc.h"
#include "grpc/health/v1/health.pb.h"
#include "grpcpp/health_check_service_interface.h"

namespace frikommune::rpc {
namespace {

constexpr char kReflection[] = "grpc.reflection.v1alpha.ServerReflection";

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
    const MethodTable& methods, RpcMeter& meter, StreamDrain& streams,
    Health& health) {
  grpc::EnableDefaultHealthCheckService(true);
  std::unique_ptr<Server> server(new Server(options, streams, health));

  const auto made = CallersBuilder();
  grpc::ServerBuilder& builder = *made;
  int port = 0;
  builder.AddListeningPort(options.listen, options.credentials, &port);
  SetTransport(options, builder);
  for (grpc::Service* service : services) builder.RegisterService(service);
  std::vector<
      std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
      interceptors;
  interceptors.push_back(std::make_unique<MetricsInterceptorFactory>(
      methods, Watchers{.meter = meter,
                        .log = options.log,
                        .calls = server->calls_,
                        .calls_max = options.calls_max}));
  if (options.observed) {
    builder.experimental().SetInterceptorCreators(std::move(interceptors));
  }

  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || port == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", options.listen));
  }
  health.Add(server->server_->GetHealthCheckService());
  server->address_ = absl::StrCat(
      options.listen.substr(0, options.listen.rfind(':')), ":", port);
  return server;
}

Server::~Server() { Stop(); }

int Server::Stop() {
  if (server_ == nullptr || stopped_) return 0;
  stopped_ = true;
  streams_.Drain();
  absl::Notification stopped;
  std::thread stopper([&] {
    server_->Shutdown();
    stopped.Notify();
  });
  const int forced = CloseWhenQuiet(stopped);
  stopper.join();
  server_->Wait();
  health_.Remove(server_->GetHealthCheckService());
  return forced;
}

int Server::CloseWhenQuiet(absl::Notification& stopped) {
  constexpr absl::Duration kLook = absl::Milliseconds(10);
  const absl::Time end = absl::Now() + options_.grace;
  absl::Duration quiet = absl::ZeroDuration();
  while (!stopped.WaitForNotificationWithTimeout(kLook)) {
    const int calls = calls_;
    quiet = calls == 0 ? quiet + kLook : absl::ZeroDuration();
    if (quiet < options_.quiet && absl::Now() < end) continue;
    grpc_server_cancel_all_calls(server_->c_server());
    return calls;
  }
  return 0;
}

}  // namespace frikommune::rpc
