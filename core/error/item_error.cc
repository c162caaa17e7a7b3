#include "core/error/item_error.h"

#include <string>
#include <utility>

#include "core/error/error.h"

namespace frikommune {

void WriteItemError(const absl::Status& status,
                    decision::v1::ItemError& error) {
  ErrorInfo info = ErrorInfoOf(status);
  error.set_code(static_cast<int>(status.code()));
  error.set_reason(info.reason);
  error.set_field(std::move(info.field));
  error.set_message(status.code() == absl::StatusCode::kInternal
                        ? std::string("internal error")
                        : std::string(status.message()));
}

}  // namespace frikommune
