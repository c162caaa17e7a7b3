#include <memory>
#include <optional>
#include <vector>

#include "adapters/clock/system_clock.h"
#include "adapters/random/random_ids.h"
#include "adapters/stores/open_stores.h"
#include "services/certificates/certificates_handler.h"
#include "services/host/run_server.h"
#include "services/work/worker_pool.h"

namespace {

constexpr char kLabel[] = "certificates";

// What the service keeps its decisions with, but for the store.
struct Keeping {
  frikommune::SystemClock clock;
  frikommune::RandomIds ids{clock};
  frikommune::work::WorkerPool workers{frikommune::work::kWorkers,
                                       frikommune::work::kQueueMax};
};

}  // namespace

int main(int argc, char** argv) {
  using frikommune::certificates::CertificatesHandler;
  using frikommune::certificates::v1::CertificatesService;
  using frikommune::host::Parts;
  using frikommune::host::Service;
  std::optional<Keeping> keeping;
  return frikommune::host::RunServer(
      {.name = "frikommune-certificates",
       .label = kLabel,
       .about = "Answers which medical certificates must be obtained: under "
                "what applies in a municipality, and under ordinary law. Keeps "
                "every decision.",
       .open_stores = frikommune::stores::OpenStores,
       .make_services =
           [&keeping](const Parts& parts) {
             Keeping& with = keeping.emplace();
             std::vector<Service> services;
             services.push_back(
                 {CertificatesService::service_full_name(),
                  std::make_unique<CertificatesHandler>(
                      frikommune::decisions::Means{
                          kLabel, parts.snapshot, parts.decisions,
                          parts.effects, *parts.stores.ledger, with.clock,
                          with.ids, with.workers},
                      parts.streams)});
             return services;
           }},
      argc, argv);
}
