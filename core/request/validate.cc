#include "core/request/validate.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "core/civil_time/date.h"
#include "core/error/error.h"
#include "core/request/cpr.h"
#include "frikommune/annotations/v1/annotations.pb.h"

namespace frikommune::request {
namespace {

using decision::v1::ErrorReason;
using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

enum class Kind { kText, kDate, kEnum, kInteger, kMessage, kPresence };

struct Table;

// What there is to check of one field.
struct Rule {
  const FieldDescriptor* field;
  Kind kind;
  bool required;
  bool repeated;
  bool has_presence;
  int32_t least = std::numeric_limits<int32_t>::min();
  int32_t most = std::numeric_limits<int32_t>::max();
  const EnumDescriptor* values = nullptr;
  // Enums are numbered 0 to `most` without a hole.
  bool dense = false;
  const Table* inside = nullptr;
};

// What there is to check of one message type.
struct Table {
  // Kept, for asking a message for it costs more than a field's check.
  const Reflection* reflection;
  std::vector<Rule> rules;
};

// The first thing wrong. The path is put together on the way out.
struct Fault {
  ErrorReason reason = decision::v1::ERROR_REASON_UNSPECIFIED;
  std::string path;
  std::string what;
};

// Which faults are looked for.
enum class Pass { kAll, kRequired };

bool Found(Fault& fault, ErrorReason reason, const Rule& rule,
           std::string what) {
  fault = {reason, std::string(rule.field->name()), std::move(what)};
  return true;
}

bool IsMissing(Fault& fault, const Rule& rule) {
  return Found(fault, decision::v1::ERROR_REASON_FIELD_REQUIRED, rule,
               "is required");
}

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
bool HoldsControlCharacter(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r';
  });
}

bool FaultInText(const Rule& rule, const std::string& text, Fault& fault) {
  if (rule.kind == Kind::kDate) {
    if (civil_time::ParseDate(text).ok()) return false;
    return Found(fault, decision::v1::ERROR_REASON_DATE_INVALID, rule,
                 "is no day of the calendar written YYYY-MM-DD");
  }
  if (text.size() > kTextLengthMax && Length(text) > kTextLengthMax) {
    return Found(
        fault, decision::v1::ERROR_REASON_TEXT_TOO_LONG, rule,
        absl::StrCat("is longer than ", kTextLengthMax, " characters"));
  }
  if (HoldsControlCharacter(text)) {
    return Found(fault, decision::v1::ERROR_REASON_TEXT_INVALID, rule,
                 "holds a control character");
  }
  if (HoldsCprNumber(text)) {
    return Found(fault, decision::v1::ERROR_REASON_CPR_NOT_ALLOWED, rule,
                 "holds what looks like a CPR number");
  }
  return false;
}

bool FaultInEnum(const Rule& rule, int value, Fault& fault) {
  if (rule.dense ? value >= 0 && value <= rule.most
                 : rule.values->FindValueByNumber(value) != nullptr) {
    return false;
  }
  return Found(fault, decision::v1::ERROR_REASON_ENUM_UNKNOWN, rule,
               absl::StrCat("has the value ", value, ", which ",
                            rule.values->name(), " does not name"));
}

bool FaultInInteger(const Rule& rule, int32_t value, Fault& fault) {
  if (value >= rule.least && value <= rule.most) return false;
  const bool below = value < rule.least;
  return Found(fault, decision::v1::ERROR_REASON_VALUE_OUT_OF_RANGE, rule,
               absl::StrCat("is ", value, ", and must be ",
                            below ? "at least " : "at most ",
                            below ? rule.least : rule.most));
}

bool FindFault(const Table& table, const Message& message, Pass pass,
               Fault& fault);

bool FaultInside(const Rule& rule, const Message& inside, Pass pass, int place,
                 Fault& fault) {
  if (!FindFault(*rule.inside, inside, pass, fault)) return false;
  fault.path = place < 0 ? absl::StrCat(rule.field->name(), ".", fault.path)
                         : absl::StrCat(rule.field->name(), "[", place, "].",
                                        fault.path);
  return true;
}

bool FaultInList(const Rule& rule, const Reflection* reflection,
                 const Message& message, Pass pass, Fault& fault) {
  const int size = reflection->FieldSize(message, rule.field);
  if (size == 0) return rule.required && IsMissing(fault, rule);
  if (pass == Pass::kRequired && rule.kind != Kind::kMessage) return false;
  std::string scratch;
  for (int i = 0; i < size; ++i) {
    bool found = false;
    switch (rule.kind) {
      case Kind::kText:
      case Kind::kDate:
        found = FaultInText(rule,
                            reflection->GetRepeatedStringReference(
                                message, rule.field, i, &scratch),
                            fault);
        break;
      case Kind::kEnum:
        found = FaultInEnum(
            rule, reflection->GetRepeatedEnumValue(message, rule.field, i),
            fault);
        break;
      case Kind::kInteger:
        found = FaultInInteger(
            rule, reflection->GetRepeatedInt32(message, rule.field, i), fault);
        break;
      case Kind::kMessage:
        if (FaultInside(rule,
                        reflection->GetRepeatedMessage(message, rule.field, i),
                        pass, i, fault)) {
          return true;
        }
        break;
      case Kind::kPresence:
        return false;
    }
    if (found) {
      absl::StrAppend(&fault.path, "[", i, "]");
      return true;
    }
  }
  return false;
}

bool FaultInField(const Rule& rule, const Reflection* reflection,
                  const Message& message, Pass pass, Fault& fault) {
  if (rule.has_presence && !reflection->HasField(message, rule.field)) {
    return rule.required && IsMissing(fault, rule);
  }
  switch (rule.kind) {
    case Kind::kText:
    case Kind::kDate: {
      std::string scratch;
      const std::string& text =
          reflection->GetStringReference(message, rule.field, &scratch);
      if (text.empty() && !rule.has_presence) {
        return rule.required && IsMissing(fault, rule);
      }
      return pass == Pass::kAll && FaultInText(rule, text, fault);
    }
    case Kind::kEnum: {
      const int value = reflection->GetEnumValue(message, rule.field);
      if (value == 0 && !rule.has_presence) {
        return rule.required && IsMissing(fault, rule);
      }
      return pass == Pass::kAll && FaultInEnum(rule, value, fault);
    }
    case Kind::kInteger: {
      const int32_t value = reflection->GetInt32(message, rule.field);
      if (value == 0 && !rule.has_presence) {
        return rule.required && IsMissing(fault, rule);
      }
      return pass == Pass::kAll && FaultInInteger(rule, value, fault);
    }
    case Kind::kMessage:
      return FaultInside(rule, reflection->GetMessage(message, rule.field),
                         pass, -1, fault);
    case Kind::kPresence:
      return rule.required && !reflection->HasField(message, rule.field) &&
             IsMissing(fault, rule);
  }
  return false;
}

bool FindFault(const Table& table, const Message& message, Pass pass,
               Fault& fault) {
  for (const Rule& rule : table.rules) {
    if (rule.repeated
            ? FaultInList(rule, table.reflection, message, pass, fault)
            : FaultInField(rule, table.reflection, message, pass, fault)) {
      return true;
    }
  }
  return false;
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

using TypeTables =
    absl::flat_hash_map<const Descriptor*, std::unique_ptr<Table>>;

const Table* TableOf(const Descriptor* type,
                     const absl::flat_hash_set<std::string>& unopened,
                     TypeTables& tables);

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
  return table;
}

}  // namespace

struct Validator::Tables {
  TypeTables of_types;
  const Table* top = nullptr;
};

Validator::Validator(const Descriptor* descriptor,
                     std::initializer_list<absl::string_view> unopened) {
  auto tables = std::make_unique<Tables>();
  absl::flat_hash_set<std::string> names;
  for (const absl::string_view name : unopened) {
    assert(descriptor->FindFieldByName(std::string(name)) != nullptr);
    names.insert(std::string(name));
  }
  tables->top = TableOf(descriptor, names, tables->of_types);
  tables_ = std::move(tables);
}

Validator::~Validator() = default;

absl::Status Validator::Check(const Message& message) const {
  Fault fault;
  if (!FindFault(*tables_->top, message, Pass::kAll, fault)) {
    return absl::OkStatus();
  }
  if (fault.reason != decision::v1::ERROR_REASON_FIELD_REQUIRED) {
    Fault missing;
    if (FindFault(*tables_->top, message, Pass::kRequired, missing)) {
      fault = missing;
    }
  }
  return MakeError(absl::StatusCode::kInvalidArgument, fault.reason, fault.path,
                   absl::StrCat(fault.path, " ", fault.what));
}

}  // namespace frikommune::request
