#include "cli/replay_targets.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

namespace frikommune::cli {
namespace {

// "certificates", of a call of frikommune.certificates.v1.
std::string ServiceOf(const google::protobuf::MethodDescriptor& method) {
  const std::vector<std::string> parts =
      absl::StrSplit(method.file()->package(), '.');
  return parts.size() > 1 ? parts[1] : "";
}

std::shared_ptr<grpc::Channel> Open(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

}  // namespace

absl::Status ReplayTargets::Connect(const std::vector<std::string>& targets,
                                    absl::Duration timeout) {
  for (const std::string& target : targets) {
    std::pair<std::string, std::string> parts = {"", target};
    if (target.find('=') != std::string::npos) {
      parts = absl::StrSplit(target, absl::MaxSplits('=', 1));
      if (parts.first.empty()) {
        return absl::InvalidArgumentError(
            absl::StrCat(target, " is not written SERVICE=HOST:PORT"));
      }
    }
    targets_[parts.first] = {parts.second, Open(parts.second)};
  }
  const auto deadline = absl::ToChronoTime(absl::Now() + timeout);
  for (const auto& [service, target] : targets_) {
    if (target.channel->WaitForConnected(deadline)) continue;
    return absl::UnavailableError(
        absl::StrCat("cannot reach ", target.address));
  }
  return absl::OkStatus();
}

absl::StatusOr<ReplayTarget> ReplayTargets::Of(
    const google::protobuf::MethodDescriptor& method) const {
  for (const std::string& service : {ServiceOf(method), std::string()}) {
    const auto found = targets_.find(service);
    if (found != targets_.end()) return found->second;
  }
  return absl::NotFoundError(
      absl::StrCat("no target takes calls of ", method.service()->full_name()));
}

}  // namespace frikommune::cli
