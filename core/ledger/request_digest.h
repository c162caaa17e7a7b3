#ifndef FRIKOMMUNE_CORE_LEDGER_REQUEST_DIGEST_H_
#define FRIKOMMUNE_CORE_LEDGER_REQUEST_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace frikommune::ledger {

// The bytes of a message, the same for equal messages on every machine.
std::string Canonical(const google::protobuf::Message& message);

// The SHA-256 of `bytes`, 32 bytes.
std::string Sha256(absl::string_view bytes);

// The SHA-256 of a request to `call` without its field `request_id`: two
// requests of one id are the same request if it is equal.
std::string DigestOfRequest(absl::string_view call,
                            const google::protobuf::Message& request);

// The same of a request that is there as Canonical gives it, of a type whose
// field `request_id` has that number.
std::string DigestOfCanonical(absl::string_view call,
                              absl::string_view canonical,
                              int request_id_field);

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_CORE_LEDGER_REQUEST_DIGEST_H_
