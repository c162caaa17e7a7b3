#include "core/request/validate.h"

#include <cassert>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "core/error/error.h"
#include "core/request/rules.h"
#include "core/request/sound_bytes.h"

namespace frikommune::request {
namespace {

using decision::v1::ErrorReason;
using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

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

// What there is to say of a text for that reason.
std::string Say(ErrorReason reason) {
  switch (reason) {
    case decision::v1::ERROR_REASON_DATE_INVALID:
      return "is no day of the calendar written YYYY-MM-DD";
    case decision::v1::ERROR_REASON_TEXT_TOO_LONG:
      return absl::StrCat("is longer than ", kTextLengthMax, " characters");
    case decision::v1::ERROR_REASON_TEXT_INVALID:
      return "holds a control character";
    default:
      return "holds what looks like a CPR number";
  }
}

bool FaultInText(const Rule& rule, const std::string& text, Fault& fault) {
  const ErrorReason reason = ReasonAgainst(rule, text);
  return reason != decision::v1::ERROR_REASON_UNSPECIFIED &&
         Found(fault, reason, rule, Say(reason));
}

bool FaultInEnum(const Rule& rule, int value, Fault& fault) {
  if (Names(rule, value)) return false;
  return Found(fault, decision::v1::ERROR_REASON_ENUM_UNKNOWN, rule,
               absl::StrCat("has the value ", value, ", which ",
                            rule.values->name(), " does not name"));
}

bool FaultInInteger(const Rule& rule, int32_t value, Fault& fault) {
  if (IsWithin(rule, value)) return false;
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

bool Validator::IsSound(absl::string_view bytes) const {
  return AreSound(*tables_->top, bytes);
}

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
