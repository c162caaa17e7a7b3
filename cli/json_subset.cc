#include "cli/json_subset.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace frikommune::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using nlohmann::json;

constexpr char kNothing[] = "nothing";

// What is known of the type of a value: its message's, its field, or neither.
struct Type {
  const Descriptor* message = nullptr;
  const FieldDescriptor* field = nullptr;
};

// The type of a field's value. Google's own types have a JSON of their own.
Type TypeOf(const FieldDescriptor* field) {
  Type type;
  type.field = field;
  if (field != nullptr && !field->is_map() &&
      field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
      !absl::StartsWith(field->message_type()->full_name(),
                        "google.protobuf.")) {
    type.message = field->message_type();
  }
  return type;
}

const FieldDescriptor* FindField(const Descriptor* type,
                                 const std::string& key) {
  if (type == nullptr) return nullptr;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (key == field->json_name() || key == field->name()) return field;
  }
  return nullptr;
}

// Whether proto3 JSON may leave a value out though it is there.
bool IsZero(const json& value) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    return text.empty() || text == "0" || absl::EndsWith(text, "_UNSPECIFIED");
  }
  return value.is_null() || value == false || value == 0 ||
         (value.is_array() && value.empty());
}

bool MayBeAbsent(const json& expected, const FieldDescriptor* field) {
  if (expected.is_null()) return true;
  const bool tells_apart =
      field != nullptr && !field->is_repeated() && field->has_presence();
  return !tells_apart && IsZero(expected);
}

bool IsEqual(const json& expected, const json& actual) {
  if (expected.is_number() && actual.is_string()) {
    return expected.dump() == actual.get_ref<const std::string&>();
  }
  return expected == actual;
}

std::vector<Difference> Compare(const json& expected, const json& actual,
                                const Type& type);

// How many values of `expected` are as expected in `actual`.
int Likeness(const json& expected, const json& actual) {
  if (expected.is_object() && actual.is_object()) {
    int likeness = 0;
    for (const auto& [key, value] : expected.items()) {
      const auto found = actual.find(key);
      if (found != actual.end()) likeness += Likeness(value, *found);
    }
    return likeness;
  }
  return Compare(expected, actual, {}).empty() ? 1 : 0;
}

void Append(const std::string& place, std::vector<Difference> found,
            std::vector<Difference>& all) {
  for (Difference& difference : found) {
    const char* dot =
        difference.path.empty() || difference.path[0] == '[' ? "" : ".";
    difference.path = absl::StrCat(place, dot, difference.path);
    all.push_back(std::move(difference));
  }
}

std::vector<Difference> CompareObjects(const json& expected, const json& actual,
                                       const Type& type) {
  std::vector<Difference> all;
  for (const auto& [key, value] : expected.items()) {
    const FieldDescriptor* field = FindField(type.message, key);
    const auto found = actual.find(field == nullptr ? key : field->json_name());
    if (found != actual.end()) {
      Append(key, Compare(value, *found, TypeOf(field)), all);
    } else if (!MayBeAbsent(value, field)) {
      all.push_back({key, value.dump(), kNothing});
    }
  }
  return all;
}

// Of an element that is not there: what keeps the closest one from being it.
std::vector<Difference> CompareWithClosest(const json& element,
                                           const json& actual,
                                           const Type& type) {
  size_t closest = 0;
  int likeness = -1;
  for (size_t i = 0; i < actual.size(); ++i) {
    const int found = Likeness(element, actual[i]);
    if (found > likeness) {
      likeness = found;
      closest = i;
    }
  }
  std::vector<Difference> all;
  Append(absl::StrCat("[", closest, "]"),
         Compare(element, actual[closest], type), all);
  return all;
}

std::vector<Difference> CompareLists(const json& expected, const json& actual,
                                     const Type& type) {
  if (expected.empty() && !actual.empty()) {
    return {{"", expected.dump(), actual.dump()}};
  }
  size_t next = 0;
  for (const json& element : expected) {
    const size_t from = next;
    while (next < actual.size() &&
           !Compare(element, actual[next], type).empty()) {
      ++next;
    }
    if (next++ < actual.size()) continue;
    if (actual.empty()) return {{"", element.dump(), kNothing}};
    std::vector<Difference> found = CompareWithClosest(element, actual, type);
    if (!found.empty()) return found;
    // It is there, but before one that is expected before it.
    return {{absl::StrCat("[", from, "]"),
             absl::StrCat(element.dump(), " here or later"),
             "it earlier only"}};
  }
  return {};
}

std::vector<Difference> Compare(const json& expected, const json& actual,
                                const Type& type) {
  if (expected.is_object() && actual.is_object()) {
    return CompareObjects(expected, actual, type);
  }
  if (expected.is_array() && actual.is_array()) {
    return CompareLists(expected, actual, type);
  }
  if (IsEqual(expected, actual)) return {};
  return {{"", expected.dump(), actual.dump()}};
}

}  // namespace

std::vector<Difference> Differences(const json& expected, const json& actual,
                                    const Descriptor* type) {
  return Compare(expected, actual, {type, nullptr});
}

}  // namespace frikommune::cli
