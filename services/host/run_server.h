#ifndef FRIKOMMUNE_SERVICES_HOST_RUN_SERVER_H_
#define FRIKOMMUNE_SERVICES_HOST_RUN_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "adapters/grpc/stream_drain.h"
#include "adapters/stores/stores.h"
#include "adapters/tls/certificate_watch.h"
#include "grpcpp/grpcpp.h"
#include "ports/decision_meter.h"
#include "ports/effect_meter.h"
#include "ports/rpc_client_meter.h"
#include "services/host/flags.h"
#include "services/in_force/catalog_in_force.h"

namespace frikommune::host {

// What a server's own services are made from. All of it outlives them.
struct Parts {
  const CatalogInForce& catalog;
  DecisionMeter& decisions;
  EffectMeter& effects;
  rpc::StreamDrain& streams;
  // Empty for a server that keeps nothing.
  const stores::Stores& stores;
  // How many threads may wait for them.
  int workers;
  // Gives who tells, in a metric, until when certificates are good: ours, for
  // `use`, and of authorities that we believe, for `authorities_use`.
  std::function<tls::CertificateWatch::Tell(const std::string& use,
                                            const std::string& authorities_use)>
      tell_expiry;
  // Gives who counts the attempts of a call to another server, by its contract,
  // its method and that server's name.
  std::function<std::unique_ptr<RpcClientMeter>(const std::string& service,
                                                const std::string& method,
                                                const std::string& target)>
      watch_client;
};

// One of a server's own services.
struct Service {
  // The full name of its contract, for the names of its metrics.
  std::string contract;
  std::unique_ptr<grpc::Service> handler;
};

// A server, as its main describes it.
struct Program {
  // The program's name, "frikommune-scheduling".
  std::string name;
  // The label of its decisions in metrics, "scheduling".
  std::string label;
  // What it does, for --help.
  std::string about;
  // The addresses it needs, as flags of its own.
  std::vector<AddressFlag> addresses = {};
  std::vector<FileFlag> files = {};
  // Opens what it keeps its state in, from --store; not set if it keeps
  // nothing.
  std::function<absl::StatusOr<stores::Stores>(absl::string_view,
                                               const stores::StoreMeters&)>
      open_stores = {};
  // False for a server that counts and writes down no call: bench/ measures
  // what that costs.
  bool observed = true;
  // It holds agendas, and tells of them.
  bool keeps_agenda = false;
  // Makes its services. CatalogService, health and reflection come by
  // themselves, and LedgerService where it has stores.
  std::function<absl::StatusOr<std::vector<Service>>(const Parts&)>
      make_services;
};

// Runs a server until it is told to stop: this is all of its main. Returns the
// exit code: 0 after a clean stop, 1 if it cannot start, 2 if the command line
// cannot be read. Once for each process, from its first thread.
int RunServer(const Program& program, int argc, const char* const* argv);

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_RUN_SERVER_H_
