#ifndef FRIKOMMUNE_CORE_ERROR_ITEM_ERROR_H_
#define FRIKOMMUNE_CORE_ERROR_ITEM_ERROR_H_

#include "absl/status/status.h"
#include "core/wire/message_writer.h"

namespace frikommune {

// Writes a refusal as the fields of the ItemError of one item of a batch or a
// stream. As at the edge of a unary call, what is wrong within the server is
// not told.
void WriteItemError(const absl::Status& status, wire::MessageWriter& out);

}  // namespace frikommune

#endif  // FRIKOMMUNE_CORE_ERROR_ITEM_ERROR_H_
