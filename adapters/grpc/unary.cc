#include "adapters/grpc/unary.h"

#include "absl/strings/str_cat.h"
#include "adapters/grpc/error_status.h"
#include "core/error/error.h"
#include "spdlog/spdlog.h"

namespace frikommune::rpc {

absl::Status CheckSize(size_t bytes, size_t bytes_max) {
  if (bytes <= bytes_max) return absl::OkStatus();
  return MakeError(absl::StatusCode::kResourceExhausted,
                   decision::v1::ERROR_REASON_MESSAGE_TOO_LARGE, "",
                   absl::StrCat("the message takes ", bytes,
                                " bytes, and may take ", bytes_max));
}

absl::Status BeginCall(const grpc::CallbackServerContext& context,
                       size_t request_bytes, size_t bytes_max) {
  CallWatch& watch = CallWatch::Current();
  watch.Received(request_bytes);
  if (context.IsCancelled()) {
    return absl::CancelledError("given up by the caller");
  }
  if (!watch.IsWelcome()) {
    return MakeError(absl::StatusCode::kResourceExhausted,
                     decision::v1::ERROR_REASON_OVERLOADED, "",
                     "the server has more to do than it can; come again");
  }
  return CheckSize(request_bytes, bytes_max);
}

grpc::Status ToTell(const absl::Status& status) {
  if (status.code() == absl::StatusCode::kInternal ||
      status.code() == absl::StatusCode::kUnknown) {
    spdlog::error("answered with an error of our own: {}", status.ToString());
  }
  return ToGrpcStatus(status);
}

void Finish(grpc::ServerUnaryReactor* reactor, const absl::Status& status) {
  reactor->Finish(ToTell(status));
}

}  // namespace frikommune::rpc
