#include "core/request/rules.h"

#include <algorithm>
#include <cassert>

#include "core/civil_time/date.h"
#include "core/request/cpr.h"
#include "core/request/validate.h"
#include "frikommune/annotations/v1/annotations.pb.h"

namespace frikommune::request {
namespace {

using decision::v1::ErrorReason;
using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

// Characters of a UTF-8 text.
size_t Length(absl::string_view text) {
  size_t length = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++length;
  }
  return length;
}

// A tab or a line's end is text; the others of the first 32 are none, and a
// store may refuse them.
bool HoldsControlCharacter(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r';
  });
}

bool IsDense(const EnumDescriptor& values) {
  absl::flat_hash_set<int> numbers;
  for (int i = 0; i < values.value_count(); ++i) {
    numbers.insert(values.value(i)->number());
  }
  for (int number = 0; number < static_cast<int>(numbers.size()); ++number) {
    if (!numbers.contains(number)) return false;
  }
  return true;
}

int GreatestNumber(const EnumDescriptor& values) {
  int greatest = 0;
  for (int i = 0; i < values.value_count(); ++i) {
    greatest = std::max(greatest, values.value(i)->number());
  }
  return greatest;
}

// The rule of a field; false if there is nothing to check of it.
bool MakeRule(const FieldDescriptor* field, bool open, TypeTables& tables,
              Rule& rule) {
  using annotations::v1::FieldBehavior;
  const auto& options = field->options();
  const FieldBehavior behavior =
      options.GetExtension(annotations::v1::behavior);
  if (behavior == annotations::v1::FIELD_BEHAVIOR_OUTPUT_ONLY) return false;
  rule.field = field;
  rule.kind = Kind::kPresence;
  rule.required = behavior == annotations::v1::FIELD_BEHAVIOR_REQUIRED;
  rule.repeated = field->is_repeated();
  rule.has_presence = field->has_presence();
  if (!open) return rule.required;
  const bool ranged = options.HasExtension(annotations::v1::at_least) ||
                      options.HasExtension(annotations::v1::at_most);
  assert(!ranged || field->cpp_type() == FieldDescriptor::CPPTYPE_INT32);
  switch (field->type()) {
    case FieldDescriptor::TYPE_STRING:
      rule.kind = options.GetExtension(annotations::v1::date) ? Kind::kDate
                                                              : Kind::kText;
      return true;
    case FieldDescriptor::TYPE_ENUM:
      rule.kind = Kind::kEnum;
      rule.values = field->enum_type();
      rule.dense = IsDense(*rule.values);
      rule.most = GreatestNumber(*rule.values);
      return true;
    case FieldDescriptor::TYPE_MESSAGE: {
      const Table* inside = TableOf(field->message_type(), {}, tables);
      rule.kind = Kind::kMessage;
      rule.inside = inside;
      return true;
    }
    default:
      if (!ranged) return rule.required;
      rule.kind = Kind::kInteger;
      if (options.HasExtension(annotations::v1::at_least)) {
        rule.least = options.GetExtension(annotations::v1::at_least);
      }
      if (options.HasExtension(annotations::v1::at_most)) {
        rule.most = options.GetExtension(annotations::v1::at_most);
      }
      return true;
  }
}

// Says which bits and which places the rules have.
void Number(Table& table) {
  constexpr size_t kBits = 64;
  table.has_bits = table.rules.size() <= kBits;
  for (size_t place = 0; place < table.rules.size(); ++place) {
    const Rule& rule = table.rules[place];
    const auto number = static_cast<size_t>(rule.field->number());
    if (table.places.size() <= number) table.places.resize(number + 1, -1);
    table.places[number] = static_cast<int16_t>(place);
    if (!rule.required || !table.has_bits) continue;
    table.required |= table.BitOf(rule);
    // Another field of the choice would unset it.
    if (rule.field->real_containing_oneof() != nullptr) table.has_bits = false;
  }
}

}  // namespace

const Table* TableOf(const Descriptor* type,
                     const absl::flat_hash_set<std::string>& unopened,
                     TypeTables& tables) {
  const auto known = tables.find(type);
  if (known != tables.end()) return known->second.get();
  // Entered before it is filled, for a type may hold itself.
  Table* table =
      tables.emplace(type, std::make_unique<Table>()).first->second.get();
  table->reflection = google::protobuf::MessageFactory::generated_factory()
                          ->GetPrototype(type)
                          ->GetReflection();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    Rule rule;
    if (MakeRule(field, !unopened.contains(field->name()), tables, rule)) {
      table->rules.push_back(rule);
    }
  }
  Number(*table);
  return table;
}

ErrorReason ReasonAgainst(const Rule& rule, absl::string_view text) {
  if (rule.kind == Kind::kDate) {
    return civil_time::ParseDate(text).ok()
               ? decision::v1::ERROR_REASON_UNSPECIFIED
               : decision::v1::ERROR_REASON_DATE_INVALID;
  }
  if (text.size() > kTextLengthMax && Length(text) > kTextLengthMax) {
    return decision::v1::ERROR_REASON_TEXT_TOO_LONG;
  }
  if (HoldsControlCharacter(text)) {
    return decision::v1::ERROR_REASON_TEXT_INVALID;
  }
  return HoldsCprNumber(text) ? decision::v1::ERROR_REASON_CPR_NOT_ALLOWED
                              : decision::v1::ERROR_REASON_UNSPECIFIED;
}

}  // namespace frikommune::request
