#ifndef FRIKOMMUNE_ADAPTERS_GRPC_BATCH_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_BATCH_H_

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "core/error/error.h"

namespace frikommune::rpc {

// The most items in one batch.
constexpr int kBatchItemsMax = 1000;

// INVALID_ARGUMENT, reason BATCH_TOO_LARGE, of the field `requests`.
inline absl::Status CheckItemCount(int count) {
  if (count <= kBatchItemsMax) return absl::OkStatus();
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_BATCH_TOO_LARGE, "requests",
                   absl::StrCat("requests holds ", count,
                                " items, and may hold ", kBatchItemsMax));
}

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_BATCH_H_
