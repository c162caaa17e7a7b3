#ifndef FRIKOMMUNE_ADAPTERS_GRPC_SERVER_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_SERVER_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "adapters/grpc/health.h"
#include "adapters/grpc/method_table.h"
#include "adapters/grpc/stream_drain.h"
#include "grpcpp/grpcpp.h"
#include "ports/call_log.h"
#include "ports/rpc_meter.h"

namespace frikommune::rpc {

// How a server runs. The defaults are meant for production.
struct ServerOptions {
  // HOST:PORT; port 0 takes any that is free.
  std::string listen = "127.0.0.1:0";
  std::shared_ptr<grpc::ServerCredentials> credentials =
      grpc::InsecureServerCredentials();
  // How long calls that are under way may take when it stops.
  absl::Duration grace = absl::Seconds(5);
  // How long there must be no call for the server to stop before the grace is
  // over. An idle caller does not notice that it is asked to leave, and would
  // else hold the server for all of it.
  absl::Duration quiet = absl::Milliseconds(250);
  // Calls under way at once, of all callers: a call that is no stream and comes
  // beyond them is answered RESOURCE_EXHAUSTED, reason OVERLOADED.
  int calls_max = 4096;
  // False to count and write down nothing of calls.
  bool observed = true;
  // Where calls are written down; outlives the server. Null for nowhere.
  CallLog* log = nullptr;
  // Calls at once on one connection.
  int concurrent_streams_max = 128;
  // The transport's limit, well above what handlers answer (unary.h).
  int receive_bytes_max = 16 << 20;
  // Connections are renewed, so that callers find new servers.
  absl::Duration connection_age_max = absl::Minutes(5);
  absl::Duration connection_age_grace = absl::Seconds(30);
  absl::Duration connection_idle_max = absl::Minutes(15);
  // Pings find dead connections; callers may ping half as often.
  absl::Duration keepalive_time = absl::Seconds(60);
  absl::Duration keepalive_timeout = absl::Seconds(20);
};

// The descriptors of the services of these full names, and of health and
// reflection, which every server carries. NOT_FOUND if a contract is not linked
// into the program.
absl::StatusOr<std::vector<const google::protobuf::ServiceDescriptor*>>
DescriptorsOf(const std::vector<std::string>& services);

// A running gRPC server with health, reflection and metrics.
class Server {
 public:
  // Starts to listen. What it is given outlives it. UNAVAILABLE if it cannot
  // listen there: the port is taken, or the address is not this machine's.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const ServerOptions& options, const std::vector<grpc::Service*>& services,
      const MethodTable& methods, RpcMeter& meter, StreamDrain& streams,
      Health& health);

  // Stops, if it has not stopped.
  ~Server();

  // HOST:PORT, with the port that was bound.
  const std::string& address() const { return address_; }

  // What another server may tell of; lives as long as this.
  grpc::Server& shown() { return *server_; }

  // Ends the streams, takes no more calls, and returns when every call is
  // answered, or broken off because the grace is over: how many were.
  int Stop();

 private:
  // Closes what is still connected once no call has been under way for a while,
  // or the grace is over; returns how many calls that broke off.
  int CloseWhenQuiet(absl::Notification& stopped);

  Server(const ServerOptions& options, StreamDrain& streams, Health& health)
      : options_(options), streams_(streams), health_(health) {}

  const ServerOptions options_;
  StreamDrain& streams_;
  Health& health_;
  std::string address_;
  // Calls under way.
  std::atomic<int> calls_ = 0;
  std::unique_ptr<grpc::Server> server_;
  bool stopped_ = false;
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_SERVER_H_
