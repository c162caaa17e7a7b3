#include "core/error/item_error.h"

#include "core/error/error.h"
#include "frikommune/decision/v1/record.pb.h"

namespace frikommune {

using decision::v1::ItemError;

void WriteItemError(const absl::Status& status, wire::MessageWriter& out) {
  const ErrorInfo info = ErrorInfoOf(status);
  out.Number(ItemError::kCodeFieldNumber, static_cast<int>(status.code()));
  out.Number(ItemError::kReasonFieldNumber, info.reason);
  out.Text(ItemError::kFieldFieldNumber, info.field);
  out.Text(ItemError::kMessageFieldNumber,
           status.code() == absl::StatusCode::kInternal ? "internal error"
                                                        : status.message());
}

}  // namespace frikommune
