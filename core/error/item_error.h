#ifndef FRIKOMMUNE_CORE_ERROR_ITEM_ERROR_H_
#define FRIKOMMUNE_CORE_ERROR_ITEM_ERROR_H_

#include "absl/status/status.h"
#include "frikommune/decision/v1/record.pb.h"

namespace frikommune {

// Writes a refusal as the error of one item of a batch or a stream. As at the
// edge of a unary call, what is wrong within the server is not told.
void WriteItemError(const absl::Status& status, decision::v1::ItemError& error);

}  // namespace frikommune

#endif  // FRIKOMMUNE_CORE_ERROR_ITEM_ERROR_H_
