#include "cli/probe/command.h"

#include <iostream>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "adapters/grpc/tls.h"
#include "adapters/tls/certificates.h"
#include "cli/probe/probe.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::cli {
namespace {

struct ProbeFlags {
  std::string target;
  std::string admin;
  std::string metrics;
  tls::CertificateFiles tls;
  double timeout_seconds = 10;
};

// Plaintext without authorities, TLS with them.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOf(
    const tls::CertificateFiles& files) {
  if (files.authorities.empty()) return grpc::InsecureChannelCredentials();
  auto pems = tls::ReadPems(files);
  if (!pems.ok()) return pems.status();
  const auto checked = tls::CheckPems(*std::move(pems), absl::Now());
  if (!checked.ok()) return checked.status();
  return rpc::CallerTls(*checked);
}

// A line of what was found; whether it was well.
bool Tell(const char* what, const std::string& where,
          const absl::StatusOr<std::string>& found) {
  std::cout << (found.ok() ? "ok      " : "failed  ") << what << where << ": "
            << (found.ok() ? *found : std::string(found.status().message()))
            << std::endl;
  return found.ok();
}

int RunProbe(const ProbeFlags& flags) {
  const absl::Duration timeout = absl::Seconds(flags.timeout_seconds);
  bool well = true;
  if (!flags.admin.empty()) {
    well &= Tell("health   ", flags.admin, ProbeHealth(flags.admin, timeout));
  }
  if (!flags.target.empty()) {
    const auto credentials = CredentialsOf(flags.tls);
    well &=
        Tell("decision ", flags.target,
             credentials.ok()
                 ? ProbeDecision(
                       grpc::CreateChannel(flags.target, *credentials), timeout)
                 : credentials.status());
  }
  if (!flags.metrics.empty()) {
    well &= Tell("metrics  ", flags.metrics, ProbeMetrics(flags.metrics));
  }
  return well ? 0 : 1;
}

}  // namespace

void AddProbeCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "probe",
      "Ask a running server whether it is ready, decides and tells metrics. "
      "Nothing is kept of it.");
  // Kept by the callback, which runs after this returns.
  const auto flags = std::make_shared<ProbeFlags>();
  auto* const asked = command->add_option_group("what is asked");
  asked->add_option("--target", flags->target,
                    "HOST:PORT for callers: one decision");
  asked->add_option("--admin", flags->admin,
                    "HOST:PORT for operators: its health");
  asked->add_option("--metrics", flags->metrics,
                    "HOST:PORT of its metrics over HTTP");
  asked->require_option(1, 3);
  CLI::Option* const ca = command->add_option(
      "--ca", flags->tls.authorities,
      "PEM file of the authorities that vouch for --target; TLS with it");
  command
      ->add_option("--client-certificate", flags->tls.certificate,
                   "PEM file of the certificate that --target is shown")
      ->needs(ca);
  command->add_option("--client-key", flags->tls.key, "PEM file of its key")
      ->needs(ca);
  command
      ->add_option("--timeout-seconds", flags->timeout_seconds,
                   "How long each is waited for")
      ->check(CLI::Range(0.1, 600.0))
      ->capture_default_str();
  command->callback([flags, &exit_code] { exit_code = RunProbe(*flags); });
}

}  // namespace frikommune::cli
