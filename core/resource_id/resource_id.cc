#include "core/resource_id/resource_id.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace frikommune {
namespace {

constexpr absl::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kTimeDigits = 10;
constexpr absl::string_view kMunicipalities = "municipalities/";

// A code as it is written: no sign, no leading zero.
std::optional<int> ParseCode(absl::string_view text) {
  int code = 0;
  if (!absl::SimpleAtoi(text, &code) || code <= 0 ||
      text != absl::StrCat(code)) {
    return std::nullopt;
  }
  return code;
}

}  // namespace

std::string WriteId(const ResourceId& id) {
  std::string text(kIdLength, '0');
  uint64_t time = id.milliseconds;
  for (int i = kTimeDigits - 1; i >= 0; --i, time >>= 5) {
    text[static_cast<size_t>(i)] = kDigits[time & 31];
  }
  uint64_t low = id.random_low;
  uint64_t high = id.random_high;
  for (size_t i = kIdLength; i-- > kTimeDigits;) {
    text[i] = kDigits[low & 31];
    low = low >> 5 | (high & 31) << 59;
    high >>= 5;
  }
  return text;
}

bool IsId(absl::string_view text) {
  return text.size() == kIdLength && text[0] <= '7' &&
         text.find_first_not_of(kDigits) == absl::string_view::npos;
}

std::optional<ResourceName> ParseName(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kMunicipalities)) return std::nullopt;
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 3 || parts[1].empty() || !IsId(parts[2])) {
    return std::nullopt;
  }
  const std::optional<int> code = ParseCode(parts[0]);
  if (!code.has_value()) return std::nullopt;
  return ResourceName{*code, parts[1], parts[2]};
}

std::string WriteName(int municipality, absl::string_view collection,
                      absl::string_view id) {
  return absl::StrCat(kMunicipalities, municipality, "/", collection, "/", id);
}

std::optional<int> ParseMunicipality(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kMunicipalities)) return std::nullopt;
  return ParseCode(name);
}

}  // namespace frikommune
