#ifndef FRIKOMMUNE_CORE_REQUEST_FIELD_PATH_H_
#define FRIKOMMUNE_CORE_REQUEST_FIELD_PATH_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace frikommune::request {

// Sets the field of a path, "exit.documented", to the value of a fact: of
// a date, its days since 1970-01-01. False, and nothing but empty messages on
// the way set, if there is no such field.
bool SetField(google::protobuf::Message& message, absl::string_view path,
              int32_t value);

// Whether the field of a path is set.
bool IsSet(const google::protobuf::Message& message, absl::string_view path);

}  // namespace frikommune::request

#endif  // FRIKOMMUNE_CORE_REQUEST_FIELD_PATH_H_
