#ifndef FRIKOMMUNE_CORE_REQUEST_RULES_H_
#define FRIKOMMUNE_CORE_REQUEST_RULES_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "frikommune/decision/v1/decision.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace frikommune::request {

enum class Kind { kText, kDate, kEnum, kInteger, kMessage, kPresence };

struct Table;

// What there is to check of one field.
struct Rule {
  const google::protobuf::FieldDescriptor* field;
  Kind kind;
  bool required;
  bool repeated;
  bool has_presence;
  int32_t least = std::numeric_limits<int32_t>::min();
  int32_t most = std::numeric_limits<int32_t>::max();
  const google::protobuf::EnumDescriptor* values = nullptr;
  // Enums are numbered 0 to `most` without a hole.
  bool dense = false;
  const Table* inside = nullptr;
};

// What there is to check of one message type.
struct Table {
  // The rule of the field of that number; null if it has none.
  const Rule* Find(int number) const {
    const auto at = static_cast<size_t>(number);
    return at < places.size() && places[at] >= 0
               ? &rules[static_cast<size_t>(places[at])]
               : nullptr;
  }
  uint64_t BitOf(const Rule& rule) const {
    return uint64_t{1} << (&rule - rules.data());
  }

  // Kept, for asking a message for it costs more than a field's check.
  const google::protobuf::Reflection* reflection;
  std::vector<Rule> rules;
  // The places in `rules`, by the numbers of fields; -1 for those without.
  std::vector<int16_t> places;
  // The bits of the required fields.
  uint64_t required = 0;
  // Each rule has a bit, and what is required cannot be undone by another
  // field.
  bool has_bits = true;
};

using TypeTables = absl::flat_hash_map<const google::protobuf::Descriptor*,
                                       std::unique_ptr<Table>>;

// The table of a generated type, and those of the types in it, kept in
// `tables`. The contents of the fields named in `unopened` are left alone.
const Table* TableOf(const google::protobuf::Descriptor* type,
                     const absl::flat_hash_set<std::string>& unopened,
                     TypeTables& tables);

// What speaks against a text or a date that is there; UNSPECIFIED if nothing.
decision::v1::ErrorReason ReasonAgainst(const Rule& rule,
                                        absl::string_view text);

// Whether the enum has a name for the number.
inline bool Names(const Rule& rule, int32_t number) {
  return rule.dense ? number >= 0 && number <= rule.most
                    : rule.values->FindValueByNumber(number) != nullptr;
}

inline bool IsWithin(const Rule& rule, int32_t number) {
  return number >= rule.least && number <= rule.most;
}

}  // namespace frikommune::request

#endif  // FRIKOMMUNE_CORE_REQUEST_RULES_H_
