#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/clock/system_clock.h"
#include "adapters/grpc/certificate_client.h"
#include "adapters/random/random_ids.h"
#include "adapters/stores/open_stores.h"
#include "adapters/tls/certificate_watch.h"
#include "services/host/run_server.h"
#include "services/rehab/rehab_handler.h"
#include "services/work/worker_pool.h"

namespace {

constexpr char kLabel[] = "rehab";

namespace rpc = frikommune::rpc;
namespace tls = frikommune::tls;

// Where certificates is, and how it is known to be that.
struct CertificatesAt {
  std::string address;
  tls::CertificateFiles tls;
};

// What the service keeps its decisions and its agendas with, but for the
// stores, and whom it asks.
struct Keeping {
  Keeping(rpc::ChannelSource channels,
          std::unique_ptr<frikommune::RpcClientMeter> watch, int threads)
      : meter(std::move(watch)),
        certificates(std::move(channels), {.meter = meter.get()}),
        workers(threads, frikommune::work::kQueueMax) {}

  frikommune::SystemClock clock;
  frikommune::RandomIds ids{clock};
  const std::unique_ptr<frikommune::RpcClientMeter> meter;
  rpc::CertificateClient certificates;
  frikommune::work::WorkerPool workers;
};

// Plaintext without authorities, TLS with them; they go to `watch`.
absl::StatusOr<rpc::ChannelSource> ChannelsTo(
    const CertificatesAt& at, const frikommune::host::Parts& parts,
    std::unique_ptr<tls::CertificateWatch>& watch) {
  if (at.tls.authorities.empty()) {
    return [channel = rpc::CertificateChannel(at.address)] { return channel; };
  }
  auto opened = tls::CertificateWatch::Open(
      "certificates' client", at.tls,
      parts.tell_expiry("certificates_client", "certificates_ca"));
  if (!opened.ok()) return opened.status();
  watch = *std::move(opened);
  return rpc::RenewedChannel(*watch, [address = at.address](const auto& how) {
    return rpc::CertificateChannel(address, how);
  });
}

}  // namespace

int main(int argc, char** argv) {
  using frikommune::host::Parts;
  using frikommune::host::Service;
  using frikommune::rehab::RehabHandler;
  using frikommune::rehab::v1::RehabService;
  CertificatesAt certificates;
  std::unique_ptr<tls::CertificateWatch> watch;
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
                      &certificates.address}},
       .files = {{"--certificates-ca",
                  "PEM file of the authorities that vouch for it. With it, it "
                  "is asked over TLS. These files may be exchanged while the "
                  "server runs.",
                  &certificates.tls.authorities},
                 {"--certificates-client-certificate",
                  "PEM file of the certificate that it is shown.",
                  &certificates.tls.certificate,
                  {"--certificates-ca"}},
                 {"--certificates-client-key",
                  "PEM file of its key.",
                  &certificates.tls.key,
                  {"--certificates-ca"}}},
       .open_stores = frikommune::stores::OpenStores,
       .keeps_agenda = true,
       .make_services =
           [&](const Parts& parts) -> absl::StatusOr<std::vector<Service>> {
         auto channels = ChannelsTo(certificates, parts, watch);
         if (!channels.ok()) return channels.status();
         Keeping& with = keeping.emplace(
             *std::move(channels),
             parts.watch_client(frikommune::certificates::v1::
                                    CertificatesService::service_full_name(),
                                "GetCertificateStatus", "certificates"),
             parts.workers);
         std::vector<Service> services;
         services.push_back(
             {RehabService::service_full_name(),
              std::make_unique<RehabHandler>(
                  frikommune::decisions::KeepingMeans{
                      kLabel, parts.catalog, parts.decisions, parts.effects,
                      *parts.stores.ledger, with.clock, with.ids, with.workers},
                  *parts.stores.agenda, with.certificates, parts.streams)});
         return services;
       }},
      argc, argv);
}
