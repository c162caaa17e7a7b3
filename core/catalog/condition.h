#ifndef FRIKOMMUNE_CORE_CATALOG_CONDITION_H_
#define FRIKOMMUNE_CORE_CATALOG_CONDITION_H_

#include <algorithm>
#include <vector>

#include "absl/status/statusor.h"
#include "core/catalog/facts.h"
#include "frikommune/catalog/v1/provision.pb.h"

namespace frikommune::catalog {

// What a test says of facts of which some may be unknown.
enum class Truth : uint8_t { kFalse, kMaybe, kTrue };

// A compiled test of the catalog. Immutable; safe to share.
struct Condition {
  enum class Kind : uint8_t {
    // Of one fact by itself.
    kRange,  // low <= fact <= high: booleans and integers.
    kIn,     // The bit of an enum's number is set in `mask`.
    // Of more.
    kDate,      // from <= fact <= to, as date expressions.
    kAnswered,  // The fact is known.
    kAnyOf,     // One of `any_of` holds.
  };

  Kind kind = Kind::kRange;
  // A date test of the day that is decided for.
  bool of_the_day = false;
  Slot slot = kNoSlot;
  // Slots of date expressions; kNoSlot for none.
  Slot from = kNoSlot;
  Slot to = kNoSlot;
  Value low = 0;
  Value high = 0;
  uint64_t mask = 0;
  std::vector<Condition> any_of;
};

// Compiles a test. INVALID_ARGUMENT, naming the fact and the value, if the fact
// is unknown, the value is not one of its enum's, the test does not fit its
// kind, or there is no test or more than one.
absl::StatusOr<Condition> CompileCondition(const v1::Condition& source,
                                           Layout& layout);

// What a test of a date says of the facts.
inline Truth EvaluateDate(const Condition& condition, Facts& facts) {
  const auto holds = [](bool test) {
    return test ? Truth::kTrue : Truth::kFalse;
  };
  const Value value = facts.Get(condition.slot);
  if (value == kUnknown) return Truth::kMaybe;
  if (value == kNone) return Truth::kFalse;
  Truth truth = Truth::kTrue;
  if (condition.from != kNoSlot) {
    const Value from = facts.Date(condition.from);
    if (condition.of_the_day && from > value) facts.TurnOn(from);
    truth = from == kUnknown ? Truth::kMaybe
                             : holds(from != kNone && value >= from);
  }
  if (condition.to != kNoSlot) {
    const Value to = facts.Date(condition.to);
    if (condition.of_the_day && to >= value) facts.TurnOn(to + 1);
    // Unknown wins over true, and false over both.
    truth = std::min(truth, to == kUnknown ? Truth::kMaybe
                                           : holds(to != kNone && value <= to));
  }
  return truth;
}

// What a test of a date, or of several tests, says of the facts.
Truth EvaluateMore(const Condition& condition, Facts& facts);

// What the test says of the facts.
inline Truth Evaluate(const Condition& condition, Facts& facts) {
  const auto holds = [](bool test) {
    return test ? Truth::kTrue : Truth::kFalse;
  };
  if (condition.kind > Condition::Kind::kIn)
    return EvaluateMore(condition, facts);
  const Value value = facts.Get(condition.slot);
  if (value == kUnknown) return Truth::kMaybe;
  if (condition.kind == Condition::Kind::kRange) {
    return holds(condition.low <= value && value <= condition.high);
  }
  return holds(value >= 0 && value < 64 &&
               ((condition.mask >> value) & 1) != 0);
}

// All must be true: false if one is, else unknown if one is.
inline Truth EvaluateAll(const std::vector<Condition>& conditions,
                         Facts& facts) {
  Truth truth = Truth::kTrue;
  for (const Condition& condition : conditions) {
    truth = std::min(truth, Evaluate(condition, facts));
    if (truth == Truth::kFalse) break;
  }
  return truth;
}

// Adds the slots of the facts, and not of the expressions, that are unknown and
// that the test needs.
void AddMissing(const Condition& condition, Facts& facts,
                std::vector<Slot>& missing);

// Adds the slots of all facts that the test reads.
void AddSlots(const Condition& condition, const Layout& layout,
              std::vector<Slot>& slots);

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_CONDITION_H_
