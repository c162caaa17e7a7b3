#ifndef FRIKOMMUNE_CORE_ERROR_ERROR_H_
#define FRIKOMMUNE_CORE_ERROR_ERROR_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune {

// What a machine may read of a refusal, besides its code.
struct ErrorInfo {
  // The stable reason; UNSPECIFIED if the status carries none.
  decision::v1::ErrorReason reason = decision::v1::ERROR_REASON_UNSPECIFIED;
  // The field at fault, as the contract names it: "course.meetings[2].date".
  // Empty if it is the whole request.
  std::string field;

  friend bool operator==(const ErrorInfo&, const ErrorInfo&) = default;
};

// A refusal with its reason and the field at fault. `code` is not OK. The
// message is for the developer of the calling system and never repeats what
// may be personal data.
absl::Status MakeError(absl::StatusCode code, decision::v1::ErrorReason reason,
                       absl::string_view field, absl::string_view message);

// The reason and the field of a refusal made by MakeError; both empty for any
// other status.
ErrorInfo ErrorInfoOf(const absl::Status& status);

// The reason as it is sent: "MUNICIPALITY_UNKNOWN". Empty for UNSPECIFIED and
// for a number that is no reason.
absl::string_view ReasonName(decision::v1::ErrorReason reason);

}  // namespace frikommune

#endif  // FRIKOMMUNE_CORE_ERROR_ERROR_H_
