#ifndef FRIKOMMUNE_CLI_REPLAY_CALL_H_
#define FRIKOMMUNE_CLI_REPLAY_CALL_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::cli {

// How a call ended.
struct CallResult {
  grpc::Status status;
  // The answers, as bytes; one if the call does not stream.
  std::vector<std::string> responses;
};

// Makes a call of any kind with messages given as bytes, and waits for its end:
// sends every request while it takes what is answered. `path` is
// "/package.Service/Method". Safe to call from many threads.
CallResult MakeCall(const std::shared_ptr<grpc::Channel>& channel,
                    const std::string& path,
                    const std::vector<std::string>& requests,
                    absl::Duration timeout);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_REPLAY_CALL_H_
