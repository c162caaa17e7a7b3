#include "services/host/run_server.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <optional>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "adapters/grpc/admin_server.h"
#include "adapters/grpc/health.h"
#include "adapters/grpc/late_call.h"
#include "adapters/grpc/server.h"
#include "adapters/grpc/tls.h"
#include "adapters/prometheus/catalog_metrics.h"
#include "adapters/prometheus/census_metrics.h"
#include "adapters/prometheus/decision_counter_editions.h"
#include "adapters/prometheus/dropped_lines.h"
#include "adapters/prometheus/effect_counters.h"
#include "adapters/prometheus/metrics_endpoint.h"
#include "adapters/prometheus/process_metrics.h"
#include "adapters/prometheus/rpc_client_metrics.h"
#include "adapters/prometheus/rpc_metrics.h"
#include "adapters/prometheus/store_metrics.h"
#include "core/catalog/content.h"
#include "services/catalog/catalog_handler.h"
#include "services/host/call_lines.h"
#include "services/host/catalog_reload.h"
#include "services/host/census_taker.h"
#include "services/host/cpus.h"
#include "services/host/flags.h"
#include "services/host/json_log.h"
#include "services/host/line_writer.h"
#include "services/host/pages.h"
#include "services/host/proved_catalog.h"
#include "services/host/readiness.h"
#include "services/host/stop_signal.h"
#include "services/host/store_watch.h"
#include "services/in_force/catalog_in_force.h"
#include "services/ledger/ledger_handler.h"
#include "services/work/worker_pool.h"
#include "spdlog/spdlog.h"

namespace frikommune::host {
namespace {

// How many threads read the ledger for LedgerService.
constexpr int kLedgerReaders = 2;

// Between two looks at what stands in the store: it is read whole.
constexpr absl::Duration kCensusPause = absl::Seconds(60);

// Says on stderr, in plain words, why the server cannot start.
int CannotStart(const Program& program, const absl::Status& why) {
  std::cerr << program.name << ": cannot start: " << why.message() << std::endl;
  return 1;
}

std::vector<int> MunicipalitiesOf(const catalog::Snapshot& snapshot) {
  std::vector<int> codes;
  for (const auto& one : snapshot.catalog().network.municipalities()) {
    codes.push_back(one.code());
  }
  return codes;
}

std::vector<std::string> ExperimentsOf(const catalog::Snapshot& snapshot) {
  std::vector<std::string> ids;
  for (const auto& experiment : snapshot.catalog().experiments) {
    ids.push_back(experiment->id());
  }
  return ids;
}

// Whether an experiment is of an area of law, as the ids of provisions name it.
bool IsOfArea(const catalog::v1::Experiment& experiment,
              const std::string& area) {
  const auto& changes = experiment.dispensations();
  return std::any_of(changes.begin(), changes.end(),
                     [&area](const auto& change) {
                       return absl::StartsWith(change.provision(), area + "/");
                     });
}

// The experiments of the area of law that a server answers for.
metrics::EffectCounters::Allowed AllowedEffects(
    const Program& program, const catalog::Snapshot& snapshot) {
  metrics::EffectCounters::Allowed allowed;
  for (const auto& experiment : snapshot.catalog().experiments) {
    if (IsOfArea(*experiment, program.label)) {
      allowed.experiments.push_back(experiment->id());
    }
  }
  allowed.municipalities = MunicipalitiesOf(snapshot);
  return allowed;
}

void AddFacts(metrics::MetricsEndpoint& endpoint) {
  endpoint.Add(std::make_shared<metrics::ProcessMetrics>());
  endpoint.AddInfo(
      "frikommune_build_info", "What the server was built from.",
      {{"version", FRIKOMMUNE_VERSION}, {"compiler", FRIKOMMUNE_COMPILER}});
}

// Tells of an opened store, until what it returns is called.
std::function<void()> WatchStore(
    const stores::Stores& stores,
    const std::shared_ptr<metrics::StoreMetrics>& watch,
    metrics::MetricsEndpoint& endpoint) {
  if (watch == nullptr) return [] {};
  const stores::StoreFacts& facts = stores.facts;
  watch->Watch(
      {.system = facts.system,
       .connections = facts.connections,
       .wal_path = facts.wal_path,
       .queue = [ledger = stores.ledger.get()] { return ledger->Queue(); }});
  endpoint.Add(watch);
  if (facts.schema_version > 0) {
    endpoint.AddInfo("frikommune_schema_version_info",
                     "The newest migration of the store.",
                     {{"version", absl::StrCat(facts.schema_version)}});
  }
  return [watch] { watch->Leave(); };
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
       std::make_unique<catalog::CatalogHandler>(parts.catalog)});
  if (parts.stores.ledger != nullptr) {
    services.push_back(
        {ledger::v1::LedgerService::service_full_name(),
         std::make_unique<ledger::LedgerHandler>(
             ledger::ReadingMeans{parts.catalog, *parts.stores.ledger, readers},
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
                   CatalogInForce& catalog, LineWriter& lines,
                   rpc::Health& health, Readiness& readiness,
                   metrics::MetricsEndpoint& endpoint) {
  const CatalogInForce::Held first = catalog.Get();
  AddFacts(endpoint);
  const auto reloads =
      std::make_shared<metrics::CatalogMetrics>(first->digest());
  endpoint.Add(reloads);
  endpoint.Add(std::make_shared<metrics::DroppedLines>(
      [&lines] { return lines.dropped(); }));
  const auto decisions = std::make_shared<metrics::DecisionCounterEditions>(
      program.label, ExperimentsOf(*first), MunicipalitiesOf(*first));
  endpoint.Add(decisions);
  metrics::EffectCounters effects(
      {.plans = !program.open_stores,
       .certificates = program.label == "certificates",
       .keeps = program.open_stores != nullptr},
      AllowedEffects(program, *first), endpoint.registry());
  const auto forced_calls = endpoint.AddCounter(
      "frikommune_shutdown_forced_rpcs_total",
      "Calls that were broken off because the grace of a stop was over.");
  rpc::StreamDrain streams;
  const auto store_metrics =
      program.open_stores
          ? std::make_shared<metrics::StoreMetrics>(endpoint.registry())
          : nullptr;
  absl::StatusOr<stores::Stores> stores = stores::Stores();
  if (program.open_stores) {
    stores = program.open_stores(flags.store,
                                 {store_metrics.get(), store_metrics.get()});
  }
  if (!stores.ok()) return stores.status();
  const absl::Cleanup leave(WatchStore(*stores, store_metrics, endpoint));
  // Before anything is decided by it.
  const auto prepare = [&](const catalog::Snapshot& next) {
    decisions->Allow(ExperimentsOf(next), MunicipalitiesOf(next));
    effects.Allow(AllowedEffects(program, next));
    if (stores->catalogs == nullptr) return absl::OkStatus();
    return stores->catalogs->Keep(next.digest(),
                                  catalog::ContentOf(next.catalog()));
  };
  if (absl::Status kept = prepare(*first); !kept.ok()) return kept;
  // Of their own, so that who reads the ledger is in nobody's way.
  work::WorkerPool ledger_readers(program.open_stores ? kLedgerReaders : 0,
                                  work::kQueueMax);
  const auto certificates = OpenTls(flags, endpoint);
  if (!certificates.ok()) return certificates.status();
  const auto services = MakeServices(
      program,
      {catalog, *decisions, effects, streams, *stores,
       WorkersFor(CpusOfThisProcess()),
       [&endpoint](const std::string& use, const std::string& authorities_use) {
         return TellExpiry(endpoint, use, authorities_use);
       },
       [&endpoint](const std::string& service, const std::string& method,
                   const std::string& target) {
         return std::make_unique<metrics::RpcClientMetrics>(
             service, method, target, endpoint.registry());
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
  rpc::CapLateCalls(absl::Seconds(flags.max_deadline_seconds));
  rpc::ServerOptions options = OptionsOf(flags, certificates->get());
  metrics::RpcMetrics meter(methods.methods(), options.calls_max,
                            endpoint.registry());
  CallLines log(
      methods.methods(),
      {.least = SeverityNamed(flags.log_level), .ok_share = flags.log_ok_share},
      lines);
  options.observed = program.observed;
  if (program.observed) options.log = &log;
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
  std::optional<CensusTaker> census;
  if (stores->ledger != nullptr) {
    const auto told = std::make_shared<metrics::CensusMetrics>();
    endpoint.Add(told);
    census.emplace(
        Counted{.service = program.label,
                .ledger = *stores->ledger,
                .agenda = program.keeps_agenda ? stores->agenda.get() : nullptr,
                .municipalities = MunicipalitiesOf(*first)},
        kCensusPause,
        [told](StoreCensus counted) { told->Set(std::move(counted)); });
  }
  readiness.Started();
  Announce(**server, **admin, endpoint);
  spdlog::info("answering by catalog {} on {}", first->digest(),
               (*server)->address());
  std::optional<CatalogReload> reload(std::in_place, flags.catalog,
                                      absl::Seconds(flags.catalog_poll_seconds),
                                      catalog, prepare, *reloads);
  spdlog::info("{}: leaving", WaitForStopSignal([&] { reload->Hurry(); }));
  reload.reset();
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
  // Lives as long as the process: whatever ends last may log.
  static auto& lines = *new LineWriter(STDERR_FILENO);
  LogJson(SeverityNamed(command.flags.log_level), lines);
  // The check costs, and is meant for development.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  auto first = LoadProvedCatalog(command.flags.catalog);
  if (!first.ok()) return CannotStart(program, first.status());
  CatalogInForce catalog(*std::move(first));
  auto endpoint = metrics::MetricsEndpoint::Open(command.flags.metrics_listen);
  if (!endpoint.ok()) return CannotStart(program, endpoint.status());
  rpc::Health health;
  Readiness readiness([&health](bool ready) { health.SetReady(ready); });
  AddPages(readiness, command.configuration, (*endpoint)->pages());
  const absl::Status served = Serve(program, command.flags, catalog, lines,
                                    health, readiness, **endpoint);
  const int exit_code = served.ok() ? 0 : CannotStart(program, served);
  spdlog::info("stopped");
  spdlog::shutdown();
  lines.Flush();
  // To close the endpoint takes two seconds, in which nothing happens that
  // anyone waits for. All that matters is stopped and written by now.
  std::fflush(nullptr);
  std::quick_exit(exit_code);
}

}  // namespace frikommune::host
