#include "core/catalog/vocabulary.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/civil_time/date.h"
#include "frikommune/annotations/v1/annotations.pb.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::catalog {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Reads a field that is no message. Only fields with presence, enums and dates
// are facts, so that unknown is never taken for no or for 0.
Value Read(const Message& message, const Reflection* reflection,
           const FieldDescriptor* field, FactKind kind) {
  switch (kind) {
    case FactKind::kBoolean:
      if (!reflection->HasField(message, field)) return kUnknown;
      return reflection->GetBool(message, field) ? 1 : 0;
    case FactKind::kInteger:
      if (!reflection->HasField(message, field)) return kUnknown;
      return reflection->GetInt32(message, field);
    case FactKind::kEnum: {
      const int number = reflection->GetEnumValue(message, field);
      return number == 0 ? kUnknown : number;
    }
    case FactKind::kDate: {
      std::string scratch;
      const std::string& text =
          reflection->GetStringReference(message, field, &scratch);
      if (text.empty()) return kUnknown;
      const auto date = civil_time::ParseDate(text);
      return date.ok() ? date->days() : kUnknown;
    }
  }
  return kUnknown;
}

// What a Reason says of a fact with a value, as its field.
wire::Piece UseOf(const Fact& fact, Value value) {
  Vocabulary::Scratch scratch;
  decision::v1::Reason reason;
  decision::v1::FactUsed& used = *reason.add_facts();
  used.set_fact(fact.name);
  used.set_value(std::string(Vocabulary::Write(fact, value, scratch)));
  return wire::Piece(reason.SerializeAsString());
}

// The greatest value whose use is kept ready; the others are told by Write.
Value GreatestOf(const Fact& fact) {
  constexpr Value kNumbers = 40;
  switch (fact.kind) {
    case FactKind::kDate:
      return 0;
    case FactKind::kBoolean:
      return 1;
    case FactKind::kInteger:
      return kNumbers;
    case FactKind::kEnum:
      break;
  }
  Value greatest = -1;
  for (int i = 0; fact.values != nullptr && i < fact.values->value_count();
       ++i) {
    greatest = std::max(greatest, fact.values->value(i)->number());
  }
  return std::min(greatest, kNumbers);
}

void AddUses(Fact& fact) {
  for (Value value = 0; value <= GreatestOf(fact); ++value) {
    fact.used.push_back(UseOf(fact, value));
  }
}

}  // namespace

int Vocabulary::AddMessage(absl::string_view prefix,
                           const google::protobuf::Descriptor* message,
                           const std::vector<FieldReader>& readers) {
  Node& node = roots_.emplace_back(
      AddNode(prefix.empty() ? "" : absl::StrCat(prefix, "."), message));
  for (const FieldReader& reader : readers) {
    for (Field& field : node.fields) {
      if (field.descriptor->number() == reader.number) field.read = reader.read;
    }
  }
  return static_cast<int>(roots_.size()) - 1;
}

Vocabulary::Node Vocabulary::AddNode(
    const std::string& prefix, const google::protobuf::Descriptor* message) {
  Node node;
  node.reflection = google::protobuf::MessageFactory::generated_factory()
                        ->GetPrototype(message)
                        ->GetReflection();
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor* field = message->field(i);
    if (field->is_repeated()) continue;
    const std::string name = absl::StrCat(prefix, field->name());
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Node inner = AddNode(absl::StrCat(name, "."), field->message_type());
      inner.descriptor = field;
      node.inner.push_back(std::move(inner));
      continue;
    }
    FactKind kind = FactKind::kBoolean;
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        kind = FactKind::kInteger;
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        kind = FactKind::kEnum;
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        if (!field->options().GetExtension(annotations::v1::date)) continue;
        kind = FactKind::kDate;
        break;
      default:
        continue;
    }
    const bool has_presence = field->has_presence();
    if (!has_presence &&
        (kind == FactKind::kBoolean || kind == FactKind::kInteger)) {
      continue;
    }
    const Slot slot = AddFact(name, kind);
    Fact& fact = facts_[static_cast<size_t>(slot)];
    if (kind == FactKind::kEnum) {
      fact.values = field->enum_type();
      AddUses(fact);
    }
    const auto& options = field->options();
    if (options.HasExtension(annotations::v1::at_least)) {
      fact.at_least = options.GetExtension(annotations::v1::at_least);
    }
    if (options.HasExtension(annotations::v1::at_most)) {
      fact.at_most = options.GetExtension(annotations::v1::at_most);
    }
    node.fields.push_back({field, kind, slot});
  }
  return node;
}

Slot Vocabulary::AddFact(absl::string_view name, FactKind kind) {
  const Slot slot = static_cast<Slot>(facts_.size());
  facts_.push_back({.name = std::string(name), .kind = kind, .slot = slot});
  if (kind != FactKind::kEnum) AddUses(facts_.back());
  slots_.emplace(std::string(name), slot);
  return slot;
}

void Vocabulary::AskAs(absl::string_view name,
                       std::vector<std::string> asked_as) {
  facts_[static_cast<size_t>(slots_.at(name))].asked_as = std::move(asked_as);
}

const Fact* Vocabulary::Find(absl::string_view name) const {
  const auto found = slots_.find(name);
  return found != slots_.end() ? &fact(found->second) : nullptr;
}

bool Vocabulary::IsGiven(absl::string_view name) const {
  if (slots_.contains(name)) return true;
  return std::any_of(facts_.begin(), facts_.end(), [name](const Fact& fact) {
    return std::find(fact.asked_as.begin(), fact.asked_as.end(), name) !=
           fact.asked_as.end();
  });
}

void Vocabulary::Load(int root, const Message& message, Value* values) const {
  LoadNode(roots_[static_cast<size_t>(root)], message, values);
}

void Vocabulary::Clear(int root, Value* values) const {
  ClearNode(roots_[static_cast<size_t>(root)], values);
}

void Vocabulary::LoadNode(const Node& node, const Message& message,
                          Value* values) {
  for (const Field& field : node.fields) {
    values[field.slot] =
        field.read != nullptr
            ? field.read(message)
            : Read(message, node.reflection, field.descriptor, field.kind);
  }
  for (const Node& inner : node.inner) {
    if (node.reflection->HasField(message, inner.descriptor)) {
      LoadNode(inner, node.reflection->GetMessage(message, inner.descriptor),
               values);
    } else {
      ClearNode(inner, values);
    }
  }
}

void Vocabulary::ClearNode(const Node& node, Value* values) {
  for (const Field& field : node.fields) values[field.slot] = kUnknown;
  for (const Node& inner : node.inner) ClearNode(inner, values);
}

absl::string_view Vocabulary::Write(const Fact& fact, Value value,
                                    Scratch& scratch) {
  const auto digits = [&scratch, value] {
    const auto [end, error] =
        std::to_chars(scratch.data(), scratch.data() + scratch.size(), value);
    return absl::string_view(scratch.data(),
                             static_cast<size_t>(end - scratch.data()));
  };
  if (value == kUnknown) return "unknown";
  if (value == kNone) return "none";
  switch (fact.kind) {
    case FactKind::kBoolean:
      return value != 0 ? "true" : "false";
    case FactKind::kInteger:
      return digits();
    case FactKind::kDate:
      civil_time::FormatDateTo(civil_time::Date::FromDays(value),
                               scratch.data());
      return {scratch.data(), 10};
    case FactKind::kEnum: {
      const auto* named = fact.values->FindValueByNumber(value);
      return named != nullptr ? absl::string_view(named->name()) : digits();
    }
  }
  return "";
}

}  // namespace frikommune::catalog
