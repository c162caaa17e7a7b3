#include "services/certificates/program.h"

#include <memory>
#include <utility>
#include <vector>

#include "services/certificates/certificates_handler.h"
#include "services/work/worker_pool.h"

namespace frikommune::certificates {
namespace {

constexpr char kLabel[] = "certificates";

}  // namespace

host::Program MakeProgram(const ProgramMeans& means) {
  // Made with the services, which it outlives.
  auto workers = std::make_shared<std::unique_ptr<work::WorkerPool>>();
  return {
      .name = "frikommune-certificates",
      .label = kLabel,
      .about =
          "Answers which medical certificates must be obtained: under "
          "what applies in a municipality, and under ordinary law. Keeps "
          "every decision.",
      .open_stores = means.open_stores,
      .make_services = [means, workers](const host::Parts& parts) {
        *workers =
            std::make_unique<work::WorkerPool>(parts.workers, work::kQueueMax);
        std::vector<host::Service> services;
        services.push_back(
            {v1::CertificatesService::service_full_name(),
             std::make_unique<CertificatesHandler>(
                 decisions::KeepingMeans{kLabel, parts.catalog, parts.decisions,
                                         parts.effects, *parts.stores.ledger,
                                         means.clock, means.ids, **workers},
                 parts.streams)});
        return services;
      }};
}

}  // namespace frikommune::certificates
