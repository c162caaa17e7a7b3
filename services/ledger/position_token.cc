#include "services/ledger/position_token.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/error/error.h"

namespace frikommune::ledger {

std::string WriteToken(absl::string_view of, int64_t position) {
  return absl::StrCat(of, "/", position);
}

absl::StatusOr<int64_t> ReadToken(absl::string_view of, absl::string_view field,
                                  absl::string_view token) {
  if (token.empty()) return 0;
  absl::string_view rest = token;
  int64_t position = 0;
  if (absl::ConsumePrefix(&rest, of) && absl::ConsumePrefix(&rest, "/") &&
      absl::SimpleAtoi(rest, &position) && position >= 0 &&
      rest == absl::StrCat(position)) {
    return position;
  }
  return RefuseToken(field, "is not of this municipality and this list");
}

absl::Status RefuseToken(absl::string_view field, absl::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_PAGE_TOKEN_INVALID, field,
                   absl::StrCat(field, " ", why));
}

}  // namespace frikommune::ledger
