#ifndef FRIKOMMUNE_CLI_REPLAY_TARGETS_H_
#define FRIKOMMUNE_CLI_REPLAY_TARGETS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::cli {

// A server that calls go to.
struct ReplayTarget {
  std::string address;
  std::shared_ptr<grpc::Channel> channel;
};

// The servers that calls go to. A target is written HOST:PORT, and then takes
// every call that no other takes, or SERVICE=HOST:PORT, as in
// "certificates=127.0.0.1:50052", and takes the calls of that service's
// contract. Of several for one, the last counts.
class ReplayTargets {
 public:
  // Connects to all of them. INVALID_ARGUMENT if one is not written so;
  // UNAVAILABLE if one does not answer in time.
  absl::Status Connect(const std::vector<std::string>& targets,
                       absl::Duration timeout);

  // The server of a call. NOT_FOUND if none takes it.
  absl::StatusOr<ReplayTarget> Of(
      const google::protobuf::MethodDescriptor& method) const;

 private:
  // By the service's name; "" takes what no other takes.
  std::map<std::string, ReplayTarget> targets_;
};

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_REPLAY_TARGETS_H_
