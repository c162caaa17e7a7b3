#ifndef FRIKOMMUNE_CORE_CATALOG_CONDITION_H_
#define FRIKOMMUNE_CORE_CATALOG_CONDITION_H_

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
    kRange,     // low <= fact <= high: booleans and integers.
    kIn,        // The bit of an enum's number is set in `mask`.
    kDate,      // from <= fact <= to, as date expressions.
    kAnswered,  // The fact is known.
    kAnyOf,     // One of `any_of` holds.
  };

  Kind kind = Kind::kRange;
  Slot slot = kNoSlot;
  Value low = 0;
  Value high = 0;
  uint64_t mask = 0;
  // Slots of date expressions; kNoSlot for none.
  Slot from = kNoSlot;
  Slot to = kNoSlot;
  // A date test of the day that is decided for.
  bool of_the_day = false;
  std::vector<Condition> any_of;
};

// Compiles a test. INVALID_ARGUMENT, naming the fact and the value, if the fact
// is unknown, the value is not one of its enum's, the test does not fit its
// kind, or there is no test or more than one.
absl::StatusOr<Condition> CompileCondition(const v1::Condition& source,
                                           Layout& layout);

// What the test says of the facts.
Truth Evaluate(const Condition& condition, Facts& facts);

// All must be true: false if one is, else unknown if one is.
Truth EvaluateAll(const std::vector<Condition>& conditions, Facts& facts);

// Adds the slots of the facts, and not of the expressions, that are unknown and
// that the test needs.
void AddMissing(const Condition& condition, Facts& facts,
                std::vector<Slot>& missing);

// Adds the slots of all facts that the test reads.
void AddSlots(const Condition& condition, const Layout& layout,
              std::vector<Slot>& slots);

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_CONDITION_H_
