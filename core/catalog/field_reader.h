#ifndef FRIKOMMUNE_CORE_CATALOG_FIELD_READER_H_
#define FRIKOMMUNE_CORE_CATALOG_FIELD_READER_H_

#include <cstdint>
#include <limits>

#include "google/protobuf/message.h"

namespace frikommune::catalog {

// A fact's value while a case is decided: a boolean as 0 or 1, an enum as its
// number, an integer as itself, a date as days since 1970-01-01.
using Value = int32_t;

// A fact that nobody has answered, which is not the same as no.
constexpr Value kUnknown = std::numeric_limits<Value>::min();

// Reads a fact from a message of one generated type by the accessors of its
// field: a fourth of the time that reflection takes.
using ReadFact = Value (*)(const google::protobuf::Message& message);

// That of a field, by its number.
struct FieldReader {
  int number;
  ReadFact read;
};

// Of a boolean or an integer that may be unset.
template <typename Message, auto kHas, auto kGet>
FieldReader MayBeUnset(int number) {
  return {number, [](const google::protobuf::Message& message) {
            const auto& typed = static_cast<const Message&>(message);
            return (typed.*kHas)() ? static_cast<Value>((typed.*kGet)())
                                   : kUnknown;
          }};
}

// Of an enum, of which 0 is unset.
template <typename Message, auto kGet>
FieldReader Enum(int number) {
  return {number, [](const google::protobuf::Message& message) {
            const auto value = static_cast<Value>(
                (static_cast<const Message&>(message).*kGet)());
            return value == 0 ? kUnknown : value;
          }};
}

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_FIELD_READER_H_
