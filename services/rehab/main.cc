#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/clock/system_clock.h"
#include "adapters/grpc/certificate_client.h"
#include "adapters/random/random_ids.h"
#include "adapters/stores/open_stores.h"
#include "services/host/run_server.h"
#include "services/rehab/rehab_handler.h"
#include "services/work/worker_pool.h"

namespace {

constexpr char kLabel[] = "rehab";

// What the service keeps its decisions and its agendas with, but for the
// stores, and whom it asks.
struct Keeping {
  explicit Keeping(const std::string& certificates_at)
      : certificates(frikommune::rpc::CertificateChannel(certificates_at)) {}

  frikommune::SystemClock clock;
  frikommune::RandomIds ids{clock};
  frikommune::rpc::CertificateClient certificates;
  frikommune::work::WorkerPool workers{frikommune::work::kWorkers,
                                       frikommune::work::kQueueMax};
};

}  // namespace

int main(int argc, char** argv) {
  using frikommune::host::Parts;
  using frikommune::host::Service;
  using frikommune::rehab::RehabHandler;
  using frikommune::rehab::v1::RehabService;
  std::string certificates_at;
  std::optional<Keeping> keeping;
  return frikommune::host::RunServer(
      {.name = "frikommune-rehab",
       .label = kLabel,
       .about = "Answers which cases must go before the rehabilitation team: "
                "under what applies in a municipality, and under ordinary law. "
                "Keeps every decision, and the agendas of the team.",
       .addresses = {{"--certificates",
                      "HOST:PORT of frikommune-certificates, which says "
                      "whether LAE265 is settled.",
                      &certificates_at}},
       .open_stores = frikommune::stores::OpenStores,
       .make_services =
           [&](const Parts& parts) {
             Keeping& with = keeping.emplace(certificates_at);
             std::vector<Service> services;
             services.push_back(
                 {RehabService::service_full_name(),
                  std::make_unique<RehabHandler>(
                      frikommune::decisions::Means{
                          kLabel, parts.snapshot, parts.decisions,
                          parts.effects, *parts.stores.ledger, with.clock,
                          with.ids, with.workers},
                      *parts.stores.agenda, with.certificates, parts.streams)});
             return services;
           }},
      argc, argv);
}
