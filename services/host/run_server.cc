#include "services/host/run_server.h"

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "adapters/files/catalog_files.h"
#include "adapters/grpc/admin_server.h"
#include "adapters/grpc/health.h"
#include "adapters/grpc/late_call.h"
#include "adapters/grpc/server.h"
#include "adapters/grpc/tls.h"
#include "adapters/prometheus/decision_counter.h"
#include "adapters/prometheus/metrics_endpoint.h"
#include "adapters/prometheus/process_metrics.h"
#include "adapters/prometheus/rpc_metrics.h"
#include "core/catalog/content.h"
#include "core/proof/proof.h"
#include "services/catalog/catalog_handler.h"
#include "services/host/cpus.h"
#include "services/host/flags.h"
#include "services/host/json_log.h"
#include "services/host/pages.h"
#include "services/host/readiness.h"
#include "services/host/stop_signal.h"
#include "services/host/store_watch.h"
#include "services/ledger/ledger_handler.h"
#include "services/work/worker_pool.h"
#include "spdlog/spdlog.h"

namespace frikommune::host {
namespace {

// How many threads read the ledger for LedgerService.
constexpr int kLedgerReaders = 2;

// Says on stderr, in plain words, why the server cannot start.
int CannotStart(const Program& program, const absl::Status& why) {
  std::cerr << program.name << ": cannot start: " << why.message() << std::endl;
  return 1;
}

std::shared_ptr<metrics::DecisionCounter> MakeDecisionCounter(
    const Program& program, const catalog::Snapshot& snapshot) {
  std::vector<std::string> experiments;
  for (const auto& experiment : snapshot.catalog().experiments) {
    experiments.push_back(experiment->id());
  }
  std::vector<int> municipalities;
  for (const auto& one : snapshot.catalog().network.municipalities()) {
    municipalities.push_back(one.code());
  }
  return std::make_shared<metrics::DecisionCounter>(
      program.label, std::move(experiments), std::move(municipalities));
}

void AddFacts(const catalog::Snapshot& snapshot,
              metrics::MetricsEndpoint& endpoint) {
  endpoint.Add(std::make_shared<metrics::ProcessMetrics>());
  endpoint.AddInfo("frikommune_catalog_info",
                   "The catalog that the server decides by.",
                   {{"digest", snapshot.digest()}});
  endpoint.AddInfo(
      "frikommune_build_info", "What the server was built from.",
      {{"version", FRIKOMMUNE_VERSION}, {"compiler", FRIKOMMUNE_COMPILER}});
}

// Tells of certificates in gauges, which are there once there is something to
// tell.
tls::CertificateWatch::Tell TellExpiry(metrics::MetricsEndpoint& endpoint,
                                       const std::string& use,
                                       const std::string& authorities_use) {
  return [&endpoint, use, authorities_use](const tls::Certificates& now) {
    const auto tell = [&endpoint](const std::string& of, absl::Time until) {
      if (until == absl::InfiniteFuture()) return;
      endpoint.AddGauge(
          "frikommune_x509_not_after_timestamp_seconds",
          "When the first of the certificates expires.",
          {{"use", of}})(absl::ToDoubleSeconds(until - absl::UnixEpoch()));
    };
    tell(use, now.certificate_until);
    tell(authorities_use, now.authorities_until);
  };
}

// Null for plaintext.
absl::StatusOr<std::unique_ptr<tls::CertificateWatch>> OpenTls(
    const Flags& flags, metrics::MetricsEndpoint& endpoint) {
  const tls::CertificateFiles files = {flags.tls_certificate, flags.tls_key,
                                       flags.tls_client_ca};
  if (files.empty() && files.key.empty()) return nullptr;
  return tls::CertificateWatch::Open(
      "server", files, TellExpiry(endpoint, "server", "client_ca"));
}

absl::StatusOr<std::vector<Service>> MakeServices(const Program& program,
                                                  const Parts& parts,
                                                  work::WorkerPool& readers) {
  auto made = program.make_services(parts);
  if (!made.ok()) return made.status();
  std::vector<Service> services = *std::move(made);
  services.push_back(
      {catalog::v1::CatalogService::service_full_name(),
       std::make_unique<catalog::CatalogHandler>(parts.snapshot)});
  if (parts.stores.ledger != nullptr) {
    services.push_back({ledger::v1::LedgerService::service_full_name(),
                        std::make_unique<ledger::LedgerHandler>(
                            ledger::ReadingMeans{parts.snapshot,
                                                 *parts.stores.ledger, readers},
                            parts.streams)});
  }
  return services;
}

void Announce(const rpc::Server& server, const rpc::AdminServer& admin,
              const metrics::MetricsEndpoint& endpoint) {
  std::cout << "ready grpc=" << server.address() << " admin=" << admin.address()
            << " metrics=" << endpoint.address() << std::endl;
}

// Whether the store is there, by looking for what it does not hold.
absl::Status AskStore(CatalogStore& store) {
  const absl::Status found = store.Find("").status();
  return absl::IsNotFound(found) ? absl::OkStatus() : found;
}

// The catalog, if it is well written and every case has one answer by it.
absl::StatusOr<std::shared_ptr<const catalog::Snapshot>> LoadProvedCatalog(
    const std::string& folder) {
  auto snapshot = files::LoadCatalog(folder);
  if (!snapshot.ok()) return snapshot;
  std::vector<catalog::Problem> problems = proof::Prove(**snapshot).problems;
  for (catalog::Problem& problem : problems) files::NameFolder(folder, problem);
  if (!problems.empty()) return catalog::ToStatus(problems);
  return snapshot;
}

rpc::ServerOptions OptionsOf(const Flags& flags,
                             const tls::CertificateWatch* certificates) {
  return {
      .listen = flags.listen,
      .credentials = certificates == nullptr ? grpc::InsecureServerCredentials()
                                             : rpc::ServerTls(*certificates),
      .grace = absl::Seconds(flags.grace_seconds),
      .concurrent_streams_max = flags.max_concurrent_streams,
      .connection_age_max = absl::Seconds(flags.max_connection_age_seconds),
      .connection_age_grace =
          absl::Seconds(flags.max_connection_age_grace_seconds),
      .connection_idle_max = absl::Seconds(flags.max_connection_idle_seconds),
      .keepalive_time = absl::Seconds(flags.keepalive_seconds),
      .keepalive_timeout = absl::Seconds(flags.keepalive_timeout_seconds),
  };
}

// Runs until a signal; what it made is gone when it returns, but what it was
// given.
absl::Status Serve(const Program& program, const Flags& flags,
                   const catalog::Snapshot& snapshot, rpc::Health& health,
                   Readiness& readiness, metrics::MetricsEndpoint& endpoint) {
  AddFacts(snapshot, endpoint);
  const auto decisions = MakeDecisionCounter(program, snapshot);
  endpoint.Add(decisions);
  const auto forced_calls = endpoint.AddCounter(
      "frikommune_shutdown_forced_rpcs_total",
      "Calls that were broken off because the grace of a stop was over.");
  rpc::StreamDrain streams;
  absl::StatusOr<stores::Stores> stores = stores::Stores();
  if (program.open_stores) stores = program.open_stores(flags.store);
  if (!stores.ok()) return stores.status();
  if (stores->catalogs != nullptr) {
    // Before anything is decided by it.
    absl::Status kept = stores->catalogs->Keep(
        snapshot.digest(), catalog::ContentOf(snapshot.catalog()));
    if (!kept.ok()) return kept;
  }
  // Of their own, so that who reads the ledger is in nobody's way.
  work::WorkerPool ledger_readers(program.open_stores ? kLedgerReaders : 0,
                                  work::kQueueMax);
  const auto certificates = OpenTls(flags, endpoint);
  if (!certificates.ok()) return certificates.status();
  const auto services = MakeServices(
      program,
      {snapshot, *decisions, streams, *stores, WorkersFor(CpusOfThisProcess()),
       [&endpoint](const std::string& use, const std::string& authorities_use) {
         return TellExpiry(endpoint, use, authorities_use);
       }},
      ledger_readers);
  if (!services.ok()) return services.status();
  std::vector<std::string> contracts;
  std::vector<grpc::Service*> handlers;
  for (const Service& service : *services) {
    contracts.push_back(service.contract);
    handlers.push_back(service.handler.get());
  }
  const auto descriptors = rpc::DescriptorsOf(contracts);
  if (!descriptors.ok()) return descriptors.status();
  const rpc::MethodTable methods(*descriptors);
  metrics::RpcMetrics meter(methods.methods(), endpoint.registry());

  const rpc::ServerOptions options = OptionsOf(flags, certificates->get());
  rpc::CapLateCalls(absl::Seconds(flags.max_deadline_seconds));
  const auto server =
      rpc::Server::Start(options, handlers, methods, meter, streams, health);
  if (!server.ok()) return server.status();
  const auto admin =
      rpc::AdminServer::Start(flags.admin_listen, **server, health);
  if (!admin.ok()) return admin.status();
  std::optional<StoreWatch> store_watch;
  if (stores->catalogs != nullptr) {
    store_watch.emplace(
        [&] { return AskStore(*stores->catalogs); },
        [&](absl::Status status) { readiness.StoreIs(std::move(status)); });
  }
  readiness.Started();
  Announce(**server, **admin, endpoint);
  spdlog::info("answering by catalog {} on {}", snapshot.digest(),
               (*server)->address());
  spdlog::info("{}: leaving", WaitForStopSignal());
  readiness.Leave();
  absl::SleepFor(absl::Seconds(flags.drain_seconds));
  const int forced = (*server)->Stop();
  forced_calls(forced);
  if (forced > 0) {
    spdlog::warn("the grace of {} s was over with {} calls under way",
                 flags.grace_seconds, forced);
  }
  return absl::OkStatus();
}

}  // namespace

int RunServer(const Program& program, int argc, const char* const* argv) {
  const Command command = ReadCommand(
      {program.name, program.about, FRIKOMMUNE_VERSION, program.addresses,
       program.files, program.open_stores != nullptr},
      argc, argv,
      [](const std::string& name) { return std::getenv(name.c_str()); });
  if (command.exit_code.has_value()) return *command.exit_code;
  HoldStopSignals();
  LogJsonToStderr();
  spdlog::set_level(spdlog::level::from_str(command.flags.log_level));
  // The check costs, and is meant for development.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  const auto snapshot = LoadProvedCatalog(command.flags.catalog);
  if (!snapshot.ok()) return CannotStart(program, snapshot.status());
  auto endpoint = metrics::MetricsEndpoint::Open(command.flags.metrics_listen);
  if (!endpoint.ok()) return CannotStart(program, endpoint.status());
  rpc::Health health;
  Readiness readiness([&health](bool ready) { health.SetReady(ready); });
  AddPages(readiness, command.configuration, (*endpoint)->pages());
  const absl::Status served =
      Serve(program, command.flags, **snapshot, health, readiness, **endpoint);
  const int exit_code = served.ok() ? 0 : CannotStart(program, served);
  spdlog::info("stopped");
  spdlog::shutdown();
  // To close the endpoint takes two seconds, in which nothing happens that
  // anyone waits for. All that matters is stopped and written by now.
  std::fflush(nullptr);
  std::quick_exit(exit_code);
}

}  // namespace frikommune::host
