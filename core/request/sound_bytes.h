#ifndef FRIKOMMUNE_CORE_REQUEST_SOUND_BYTES_H_
#define FRIKOMMUNE_CORE_REQUEST_SOUND_BYTES_H_

#include "absl/strings/string_view.h"
#include "core/request/rules.h"

namespace frikommune::request {

// Whether the encoded message keeps every rule of `table`; see
// Validator::IsSound.
bool AreSound(const Table& table, absl::string_view bytes);

}  // namespace frikommune::request

#endif  // FRIKOMMUNE_CORE_REQUEST_SOUND_BYTES_H_
