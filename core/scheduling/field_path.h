#ifndef FRIKOMMUNE_CORE_SCHEDULING_FIELD_PATH_H_
#define FRIKOMMUNE_CORE_SCHEDULING_FIELD_PATH_H_

#include "absl/strings/string_view.h"
#include "core/catalog/vocabulary.h"

namespace frikommune::scheduling {

// Sets the field of a path, "exit.documented", to the value of a fact: a date
// is written as YYYY-MM-DD. False, and nothing but empty messages on the way
// set, if there is no such field.
bool SetField(google::protobuf::Message& message, absl::string_view path,
              catalog::Value value);

// Whether the field of a path is set.
bool IsSet(const google::protobuf::Message& message, absl::string_view path);

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_FIELD_PATH_H_
