#include "core/request/field_path.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "core/civil_time/date.h"

namespace frikommune::request {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool SetField(Message& message, absl::string_view path, int32_t value) {
  Message* at = &message;
  const std::vector<std::string> names = absl::StrSplit(path, '.');
  for (size_t i = 0; i < names.size(); ++i) {
    const FieldDescriptor* field =
        at->GetDescriptor()->FindFieldByName(names[i]);
    if (field == nullptr || field->is_repeated()) return false;
    const auto* reflection = at->GetReflection();
    const bool is_last = i + 1 == names.size();
    if (is_last == (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE))
      return false;
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        at = reflection->MutableMessage(at, field);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        reflection->SetBool(at, field, value != 0);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        reflection->SetEnumValue(at, field, value);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        reflection->SetInt32(at, field, value);
        break;
      default:
        reflection->SetString(
            at, field,
            civil_time::FormatDate(civil_time::Date::FromDays(value)));
    }
  }
  return true;
}

bool IsSet(const Message& message, absl::string_view path) {
  const Message* at = &message;
  for (const absl::string_view name : absl::StrSplit(path, '.')) {
    const FieldDescriptor* field =
        at->GetDescriptor()->FindFieldByName(std::string(name));
    const auto* reflection = at->GetReflection();
    if (field == nullptr || field->is_repeated() ||
        !reflection->HasField(*at, field)) {
      return false;
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return true;
    at = &reflection->GetMessage(*at, field);
  }
  return true;
}

}  // namespace frikommune::request
