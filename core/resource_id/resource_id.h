#ifndef FRIKOMMUNE_CORE_RESOURCE_ID_RESOURCE_ID_H_
#define FRIKOMMUNE_CORE_RESOURCE_ID_RESOURCE_ID_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace frikommune {

// An id whose text sorts by time: 48 bits of milliseconds since 1970, and 80
// bits that are random where the id is made. Those of one millisecond sort by
// the latter.
struct ResourceId {
  uint64_t milliseconds = 0;
  uint16_t random_high = 0;
  uint64_t random_low = 0;

  friend auto operator<=>(const ResourceId&, const ResourceId&) = default;
};

// The characters of an id's text.
constexpr size_t kIdLength = 26;

// Writes an id in Crockford's base 32 ("01HF7YAT00..."), which has no I, L, O
// or U.
std::string WriteId(const ResourceId& id);

// Whether `text` is written as an id is.
bool IsId(absl::string_view text);

// The parts of "municipalities/851/decisions/01HF...".
struct ResourceName {
  int municipality = 0;
  absl::string_view collection;
  absl::string_view id;
};

// Takes a name apart; nothing if it is not written so. The parts are views into
// `name`.
std::optional<ResourceName> ParseName(absl::string_view name);

std::string WriteName(int municipality, absl::string_view collection,
                      absl::string_view id);

// The code in "municipalities/851"; nothing if it is not written so.
std::optional<int> ParseMunicipality(absl::string_view name);

}  // namespace frikommune

#endif  // FRIKOMMUNE_CORE_RESOURCE_ID_RESOURCE_ID_H_
