#ifndef FRIKOMMUNE_CORE_CATALOG_QUESTION_H_
#define FRIKOMMUNE_CORE_CATALOG_QUESTION_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/catalog/rule.h"

namespace frikommune::catalog {

// A set of target groups, by their numbers.
using GroupMask = uint64_t;
constexpr GroupMask kEveryGroup = ~GroupMask{0};

inline GroupMask MaskOf(decision::v1::TargetGroup group) {
  return GroupMask{1} << static_cast<int>(group);
}

// What holds from a day on, compiled.
struct LawVersion {
  Value from = 0;
  Table table;
  const v1::Version* source = nullptr;
};

// What an option changes in one provision, compiled.
struct Dispensation {
  const v1::Experiment* experiment = nullptr;
  const v1::Option* option = nullptr;
  const v1::Dispensation* source = nullptr;
  std::vector<Condition> covers;
  bool needs_assessment = false;
  bool needs_leader_review = false;
  // The order of a municipality of its own; null for the option's.
  const v1::RowOrder* order = nullptr;
  Table table;
  Table after_end;
  Table beside;
  // Rows that restate a gate. Those with tests close theirs to the cases of
  // them, and stand in the order in which gates are asked; the others explain.
  Table restatements;

  // Whether both are the same option's, whatever the order of their rows.
  bool IsSameOption(const Dispensation& other) const {
    return source == other.source;
  }
};

// Where an option stands in a municipality on the days of an epoch.
struct OptionState {
  const Dispensation* dispensation = nullptr;
  // Why it is closed; GATE_UNSPECIFIED if it is open to `groups`.
  decision::v1::Gate closed = decision::v1::GATE_UNSPECIFIED;
  // How many gates it passes; more is further.
  int progress = 0;
  GroupMask groups = kEveryGroup;
  // The last day here; kNone if the municipality does not take part.
  Value last_day = kNone;

  friend bool operator==(const OptionState&, const OptionState&) = default;
};

// Days on which one municipality has the same law and the same options.
struct Epoch {
  Value first = 0;
  Value last = 0;
  const LawVersion* law = nullptr;
  decision::v1::Regime regime = decision::v1::REGIME_UNSPECIFIED;
  // Those that get furthest through the gates come first.
  std::vector<OptionState> options;
  // Local policy, as facts.
  std::vector<std::pair<Slot, Value>> policies;

  // Whether the days of both are decided alike.
  bool Continues(const Epoch& before) const {
    return law == before.law && regime == before.regime &&
           options == before.options && policies == before.policies;
  }
};

// An integer fact counted from events, compiled.
struct Tally {
  Slot slot = kNoSlot;
  // Numbers of the event's kind and state; 0 for any.
  int kind = 0;
  int state = 0;
  bool counted = false;
  std::vector<Condition> when;
};

// A date fact found from days with a benefit, compiled.
struct Receipt {
  Slot slot = kNoSlot;
  Slot holds = kNoSlot;
  int months = 0;
  int within_months = 0;
};

// A provision with all that changes it, compiled. Immutable; safe to share.
struct Question {
  const v1::Provision* source = nullptr;
  std::string id;
  // The groups that have the duty.
  GroupMask groups = kEveryGroup;
  std::vector<LawVersion> versions;
  std::vector<std::unique_ptr<Dispensation>> dispensations;
  // The same, where a municipality reads their rows in an order of its own.
  std::vector<std::unique_ptr<Dispensation>> variants;
  // By the municipality's index, in time order; they cover the supported days.
  std::vector<std::vector<Epoch>> epochs;
  // The kinds of event it is asked of, by the bits of their numbers.
  uint64_t meeting_kinds = 0;
  // The kind of event that fulfils it in a plan; 0 if none does.
  int fulfilled_by = 0;
  Slot needs_fact = kNoSlot;
  // The questions of the same area that say its forms and its terms; -1: none.
  int form_question = -1;
  std::vector<int> terms_questions;
  // A duty with windows in some version.
  bool is_duty = false;
  // Some rule speaks of counting.
  bool speaks_of_counting = false;
};

// The questions of an area of law, which share a vocabulary.
struct Area {
  Area(std::string its_name, Vocabulary vocabulary)
      : name(std::move(its_name)), layout(std::move(vocabulary)) {}

  std::string name;
  Layout layout;
  std::vector<Question> questions;
  std::vector<Tally> tallies;
  std::vector<Receipt> receipts;
  // The facts that the machinery itself knows by name. An area need not have
  // them, but for `on`: without `target_group` the group does not matter, and
  // without the others no provision may turn on what they tell.
  Slot on = kNoSlot;
  Slot target_group = kNoSlot;
  Slot date_set = kNoSlot;
  Slot assessment_recorded = kNoSlot;
  Slot leader_standing = kNoSlot;
  Slot event = kNoSlot;
  Slot ordinary_deadline = kNoSlot;
  Slot experiment_last_day = kNoSlot;

  // The question of that provision, or null.
  const Question* Find(absl::string_view id) const;
};

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_QUESTION_H_
