#ifndef FRIKOMMUNE_CORE_CATALOG_RULE_H_
#define FRIKOMMUNE_CORE_CATALOG_RULE_H_

#include <array>
#include <string>
#include <vector>

#include "core/catalog/condition.h"
#include "frikommune/annotations/v1/annotations.pb.h"
#include "frikommune/decision/v1/decision.pb.h"
#include "frikommune/decision/v1/outcome.pb.h"

namespace frikommune::catalog {

// What a rule says of an event counting, or restarting the interval.
enum class Effect : int8_t { kSilent = -1, kNo = 0, kYes = 1 };

// A flag or an action of a rule, compiled. `from` and `to` are slots of date
// expressions.
struct Remark {
  const std::string* code = nullptr;
  std::vector<Condition> when;
  Slot from = kNoSlot;
  Slot to = kNoSlot;
  // The document that an action orders; null if none.
  const std::string* document = nullptr;
};

// One compiled row: of a decision table, or one of the cases a duty's window
// falls into. Its texts and citations stay in the catalog it came from.
//
// What is read to decide comes first, so that it lies together: a table is
// walked rule by rule, and most of them do not answer.
struct alignas(64) Rule {
  std::vector<Condition> when;
  decision::v1::Outcome outcome = decision::v1::OUTCOME_UNSPECIFIED;
  annotations::v1::OutcomeKind kind = annotations::v1::OUTCOME_KIND_UNSPECIFIED;
  // The answer is that of ordinary law.
  bool as_ordinary_law = false;
  // A use of an experiment, or relief by law, as its place says.
  bool permission = false;
  // The slot of the deadline's date expression.
  Slot deadline = kNoSlot;
  // Slots of the best time, of a window.
  Slot target_from = kNoSlot;
  Slot target_to = kNoSlot;
  Effect counts = Effect::kSilent;
  Effect resets_clock = Effect::kSilent;

  // With its law: "law/J1", "E01/J1".
  std::string id;
  std::vector<Remark> actions;
  std::vector<Remark> flags;
  // The document that the outcome does without; null if none.
  const std::string* spares = nullptr;
  // Of a rule that answers INSUFFICIENT_FACTS: the facts it names; null else.
  const google::protobuf::RepeatedPtrField<std::string>* missing = nullptr;
  // Of a restatement: the gate that it closes or explains.
  decision::v1::Gate gate = decision::v1::GATE_UNSPECIFIED;

  // What it was compiled from: a Row, a Window or a Restatement.
  const google::protobuf::Message* source = nullptr;
  const decision::v1::Text* because = nullptr;
  const google::protobuf::RepeatedPtrField<decision::v1::Citation>* cite =
      nullptr;
  decision::v1::Confidence confidence = decision::v1::CONFIDENCE_UNSPECIFIED;

  // What its reason says in every answer that is told in full: the row, the
  // text and the citations, as fields of an encoded Reason.
  std::string told;
  // The facts it reads, each once, in the order of their slots.
  std::vector<Slot> reads;
};

// Rules in their order: the first that holds is the answer.
struct Table {
  std::vector<Rule> rules;
  // True if windows were compiled into it.
  bool is_duty = false;
};

// The first rule that holds, or the one that might but for missing facts.
struct Match {
  const Rule* rule = nullptr;
  // True if `rule` turns on facts that are unknown.
  bool missing = false;
};

// Finds the answer of a table: no rule if none holds.
Match FirstMatch(const Table& table, Facts& facts);

// The kinds of outcomes by their numbers, as their contract states them.
constexpr size_t kOutcomeNumbers = 64;
using OutcomeKinds = std::array<annotations::v1::OutcomeKind, kOutcomeNumbers>;
OutcomeKinds ReadOutcomeKinds();

// The kind of an outcome.
inline annotations::v1::OutcomeKind KindOf(decision::v1::Outcome outcome) {
  static const OutcomeKinds kKinds = ReadOutcomeKinds();
  return kKinds[static_cast<size_t>(outcome) % kOutcomeNumbers];
}

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_RULE_H_
