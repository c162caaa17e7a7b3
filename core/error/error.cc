#include "core/error/error.h"

#include <cassert>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"

namespace frikommune {
namespace {

constexpr char kReasonPayload[] = "frikommune/reason";
constexpr char kFieldPayload[] = "frikommune/field";
constexpr char kReasonPrefix[] = "ERROR_REASON_";

}  // namespace

absl::Status MakeError(absl::StatusCode code, decision::v1::ErrorReason reason,
                       absl::string_view field, absl::string_view message) {
  assert(code != absl::StatusCode::kOk);
  absl::Status status(code, message);
  status.SetPayload(kReasonPayload,
                    absl::Cord(absl::StrCat(static_cast<int>(reason))));
  if (!field.empty()) status.SetPayload(kFieldPayload, absl::Cord(field));
  return status;
}

ErrorInfo ErrorInfoOf(const absl::Status& status) {
  ErrorInfo info;
  const absl::optional<absl::Cord> reason = status.GetPayload(kReasonPayload);
  int number = 0;
  if (reason && absl::SimpleAtoi(std::string(*reason), &number) &&
      decision::v1::ErrorReason_IsValid(number)) {
    info.reason = static_cast<decision::v1::ErrorReason>(number);
  }
  if (const absl::optional<absl::Cord> field =
          status.GetPayload(kFieldPayload)) {
    info.field = std::string(*field);
  }
  return info;
}

absl::string_view ReasonName(decision::v1::ErrorReason reason) {
  if (reason == decision::v1::ERROR_REASON_UNSPECIFIED) return "";
  return absl::StripPrefix(decision::v1::ErrorReason_Name(reason),
                           kReasonPrefix);
}

}  // namespace frikommune
