#include "core/inquiry/municipality.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "core/error/error.h"

namespace frikommune::inquiry {

absl::StatusOr<int> MunicipalityOf(const catalog::Snapshot& snapshot,
                                   const std::string& name) {
  absl::string_view digits = name;
  int code = 0;
  if (!absl::ConsumePrefix(&digits, "municipalities/") || digits.size() != 3 ||
      !std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(digits, &code)) {
    return MakeError(
        absl::StatusCode::kInvalidArgument,
        decision::v1::ERROR_REASON_NAME_INVALID, "municipality",
        "a municipality is named municipalities/ and its three digits");
  }
  const int index = snapshot.MunicipalityIndex(code);
  if (index >= 0) return index;
  return MakeError(absl::StatusCode::kNotFound,
                   decision::v1::ERROR_REASON_MUNICIPALITY_UNKNOWN,
                   "municipality", "the municipality is not in the network");
}

}  // namespace frikommune::inquiry
