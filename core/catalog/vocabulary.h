#ifndef FRIKOMMUNE_CORE_CATALOG_VOCABULARY_H_
#define FRIKOMMUNE_CORE_CATALOG_VOCABULARY_H_

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "core/catalog/field_reader.h"
#include "core/wire/piece.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace frikommune::catalog {

// A date that is known not to exist: no earlier contact, no date set. A test of
// it is false, and arithmetic on it gives kNone.
constexpr Value kNone = std::numeric_limits<Value>::min() + 1;

enum class FactKind { kBoolean, kEnum, kInteger, kDate };

// The place of a fact among the facts of a case.
using Slot = int16_t;
constexpr Slot kNoSlot = -1;

// What is known of a fact before any case: the type and the range of a field.
struct Fact {
  std::string name;
  FactKind kind;
  Slot slot;
  // The enum's descriptor; null for other kinds.
  const google::protobuf::EnumDescriptor* values = nullptr;
  // The range of an integer, where the contract states one.
  Value at_least = kNone + 1;
  Value at_most = std::numeric_limits<Value>::max();
  // What a caller must give for it, of a fact that is found from others.
  std::vector<std::string> asked_as = {};
  // What a Reason says where the fact was used, as its field: of a boolean, an
  // enum or a small number by its value, and of a date one whose last ten bytes
  // are to be the date.
  std::vector<wire::Piece> used = {};
};

// The facts of an area, taken from the messages of its contract: their names
// are the words that the catalog may use, and a misspelt one does not load.
//
// Immutable once built, and then safe to share.
class Vocabulary {
 public:
  // Takes the fields of `message`, and of the messages in it, as facts. Their
  // names begin with `prefix` and a dot, unless it is empty. Repeated fields
  // and texts that are not dates are no facts. Fields of `message` itself are
  // read by `readers`, where they have one. Returns the root to load by.
  int AddMessage(absl::string_view prefix,
                 const google::protobuf::Descriptor* message,
                 const std::vector<FieldReader>& readers = {});

  // Adds a fact that the catalog itself defines, and returns its slot.
  Slot AddFact(absl::string_view name, FactKind kind);

  // Says what a caller must give for a fact that is found from others.
  void AskAs(absl::string_view name, std::vector<std::string> asked_as);

  // The fact of that name, or null.
  const Fact* Find(absl::string_view name) const;

  // Whether a caller gives something of that name: a fact, or what a fact that
  // is found from others is asked as.
  bool IsGiven(absl::string_view name) const;

  const std::vector<Fact>& facts() const { return facts_; }
  const Fact& fact(Slot slot) const {
    return facts_[static_cast<size_t>(slot)];
  }
  int size() const { return static_cast<int>(facts_.size()); }

  // Reads the facts of `message`, of the type that was added as `root`, into
  // `values`, by slot. A field that is not set becomes kUnknown. Dates must
  // have been validated: one that cannot be read becomes kUnknown.
  void Load(int root, const google::protobuf::Message& message,
            Value* values) const;

  // Makes every fact of `root` unknown.
  void Clear(int root, Value* values) const;

  // Writes `value` of `fact` as a request would. The text may stand in
  // `scratch`.
  using Scratch = std::array<char, 16>;
  static absl::string_view Write(const Fact& fact, Value value,
                                 Scratch& scratch);

 private:
  struct Field {
    const google::protobuf::FieldDescriptor* descriptor;
    FactKind kind;
    Slot slot;
    // Null to read it by reflection.
    ReadFact read = nullptr;
  };
  // The fields of one message; `inner` are the messages in it.
  struct Node {
    const google::protobuf::FieldDescriptor* descriptor = nullptr;
    // Kept, for asking a message for it costs more than reading a field.
    const google::protobuf::Reflection* reflection = nullptr;
    std::vector<Field> fields;
    std::vector<Node> inner;
  };

  Node AddNode(const std::string& prefix,
               const google::protobuf::Descriptor* message);
  static void LoadNode(const Node& node,
                       const google::protobuf::Message& message, Value* values);
  static void ClearNode(const Node& node, Value* values);

  std::vector<Fact> facts_;
  absl::flat_hash_map<std::string, Slot> slots_;
  std::vector<Node> roots_;
};

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_VOCABULARY_H_
