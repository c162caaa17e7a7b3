#include "adapters/grpc/error_status.h"

#include <string>

#include "core/error/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace frikommune::rpc {
namespace {

constexpr char kDomain[] = "frikommune";
constexpr int kRetryAfterSeconds = 1;

bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal ||
         code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

bool IsWorthRetrying(absl::StatusCode code, const ErrorInfo& info) {
  return code == absl::StatusCode::kUnavailable ||
         (code == absl::StatusCode::kResourceExhausted &&
          info.reason != decision::v1::ERROR_REASON_MESSAGE_TOO_LARGE);
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(status.code());
  if (IsOurFault(status.code())) return {code, "internal error"};

  const std::string message(status.message());
  const ErrorInfo info = ErrorInfoOf(status);
  google::rpc::Status told;
  told.set_code(static_cast<int>(code));
  told.set_message(message);
  if (const absl::string_view reason = ReasonName(info.reason);
      !reason.empty()) {
    google::rpc::ErrorInfo detail;
    detail.set_reason(std::string(reason));
    detail.set_domain(kDomain);
    told.add_details()->PackFrom(detail);
  }
  if (!info.field.empty()) {
    google::rpc::BadRequest detail;
    auto* violation = detail.add_field_violations();
    violation->set_field(info.field);
    violation->set_description(message);
    told.add_details()->PackFrom(detail);
  }
  if (IsWorthRetrying(status.code(), info)) {
    google::rpc::RetryInfo detail;
    detail.mutable_retry_delay()->set_seconds(kRetryAfterSeconds);
    told.add_details()->PackFrom(detail);
  }
  return {code, message, told.SerializeAsString()};
}

}  // namespace frikommune::rpc
