#ifndef FRIKOMMUNE_CLI_PROBE_PROBE_H_
#define FRIKOMMUNE_CLI_PROBE_PROBE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::cli {

// Each asks a running server, and says in a few words what it found, or what is
// wrong. They wait for it, but in all no longer than `timeout`.

// Whether the server is ready, at its admin address.
absl::StatusOr<std::string> ProbeHealth(const std::string& admin,
                                        absl::Duration timeout);

// Whether it decides: asks for one decision, whichever of the three services it
// is, which is not kept.
absl::StatusOr<std::string> ProbeDecision(
    const std::shared_ptr<grpc::Channel>& server, absl::Duration timeout);

// Whether it tells its metrics over HTTP.
absl::StatusOr<std::string> ProbeMetrics(const std::string& metrics);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_PROBE_PROBE_H_
