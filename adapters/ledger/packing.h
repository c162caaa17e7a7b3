#ifndef FRIKOMMUNE_ADAPTERS_LEDGER_PACKING_H_
#define FRIKOMMUNE_ADAPTERS_LEDGER_PACKING_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace frikommune::ledger {

// The bytes of an entry as databases keep them: a check of 8 bytes, and then
// the entry compressed by zstd. Entries say much the same as each other, and in
// the catalog's words; a dictionary of what they say makes a seventh of them
// (docs/adr/0024). The dictionaries are built in, and the compressed bytes name
// theirs: whatever was packed by one of them can be unpacked for ever.
//
// Both may be called from many threads.
std::string Pack(absl::string_view bytes);

// The bytes that were packed, good until the thread unpacks again. Nothing if
// any bit of `packed` is not what Pack gave.
std::optional<absl::string_view> Unpack(absl::string_view packed);

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_ADAPTERS_LEDGER_PACKING_H_
