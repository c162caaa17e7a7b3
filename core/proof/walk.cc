// What a walk reads: the rows, in the order in which they are asked. How it
// goes through the cells is in walk_cells.cc.

#include "core/proof/walk.h"

#include <algorithm>

namespace frikommune::proof {
namespace {

using annotations::v1::OUTCOME_KIND_PERMISSION;
using annotations::v1::OUTCOME_KIND_RELIEF_BY_LAW;
using catalog::Condition;
using catalog::kNoSlot;
using catalog::Rule;
using catalog::Slot;

// The tests of a window's own `when`, without those of the day that it became.
size_t OwnTests(const Rule& rule) {
  const auto* window = dynamic_cast<const catalog::v1::Window*>(rule.source);
  return window != nullptr ? static_cast<size_t>(window->when_size())
                           : rule.when.size();
}

bool IsWindow(const Rule& rule) {
  return dynamic_cast<const catalog::v1::Window*>(rule.source) != nullptr;
}

// The gate has closed on a rule that may yet be the answer.
void WaitAt(decision::v1::Gate gate, const catalog::Dispensation& dispensation,
            Leaf& leaf) {
  leaf.gate = gate;
  for (const Rule& rule : dispensation.restatements.rules) {
    if (rule.gate == gate) leaf.restatement = &rule;
  }
}

}  // namespace

Walk::Walk(const catalog::Area& area, const catalog::Question& question,
           const catalog::Epoch& epoch, const QuestionTests& tests,
           const std::vector<Slot>& anchors, const DayCells::Day& day,
           decision::v1::TargetGroup group)
    : area_(area),
      question_(question),
      epoch_(epoch),
      group_(area.target_group == kNoSlot ? catalog::kEveryGroup
                                          : catalog::MaskOf(group)),
      facts_(area.layout) {
  is_assessed_.slot = area.assessment_recorded;
  is_assessed_.low = is_assessed_.high = 1;
  is_approved_.kind = Condition::Kind::kIn;
  is_approved_.slot = area.leader_standing;
  is_approved_.mask = uint64_t{1} << decision::v1::LEADER_STANDING_APPROVED;
  facts_.Set(area.on, day.on);
  if (area.target_group != kNoSlot) facts_.Set(area.target_group, group);
  for (const FactCells& fact : tests.facts) {
    domains_.push_back({fact.slot, fact.values});
  }
  for (size_t i = 0; i < anchors.size(); ++i) {
    domains_.push_back({anchors[i], day.dates[i]});
  }
  for (const Slot slot : tests.answered_dates) {
    if (std::find(anchors.begin(), anchors.end(), slot) == anchors.end()) {
      domains_.push_back({slot, {day.on}});
    }
  }
  for (const Domain& domain : domains_)
    facts_.Set(domain.slot, domain.values.front());
}

bool Walk::Decide(Leaf& leaf) {
  if (!FindAnswer(leaf)) return false;
  const bool waits =
      leaf.gate == decision::v1::GATE_INSUFFICIENT_FACTS ||
      leaf.gate == decision::v1::GATE_NEEDS_LEADER_REVIEW ||
      (leaf.gate == decision::v1::GATE_NEEDS_ASSESSMENT &&
       leaf.rule->outcome != decision::v1::OUTCOME_NEEDS_ASSESSMENT);
  if (leaf.rule != nullptr && !waits && !FindActions(*leaf.rule, leaf))
    return false;
  if (leaf.beside == 0) return true;
  const auto& option = epoch_.options[static_cast<size_t>(leaf.option)];
  const auto& beside = option.dispensation->beside.rules;
  for (size_t i = 0; i < beside.size() && i < 64; ++i) {
    if (((leaf.beside >> i) & 1) != 0 && !FindActions(beside[i], leaf))
      return false;
  }
  return true;
}

bool Walk::FindActions(const Rule& rule, Leaf& leaf) {
  for (const catalog::Remark& action : rule.actions) {
    if (Hold(action.when)) leaf.actions.push_back(&action);
    if (unsettled_ != nullptr) return false;
  }
  return true;
}

bool Walk::FindAnswer(Leaf& leaf) {
  if ((question_.groups & group_) == 0) {
    leaf.gate = decision::v1::GATE_NOT_IN_TARGET_GROUP;
    return true;
  }
  if (epoch_.law == nullptr) return true;
  if (!FindLaw(leaf)) return false;
  if (leaf.law == nullptr) return true;
  leaf.rule = leaf.law;
  if (!FindOption(leaf)) return false;
  if (leaf.option < 0) return true;
  if (leaf.gate == decision::v1::GATE_UNSPECIFIED && !FindBeside(leaf))
    return false;
  if (leaf.law->permission || leaf.law->kind == OUTCOME_KIND_RELIEF_BY_LAW ||
      leaf.law->outcome == decision::v1::OUTCOME_LAW_NOT_ON_FILE) {
    leaf.gate = decision::v1::GATE_UNSPECIFIED;
    leaf.restatement = nullptr;
    return true;
  }
  return leaf.gate == decision::v1::GATE_UNSPECIFIED ? FindExperiment(leaf)
                                                     : FindAfterEnd(leaf);
}

bool Walk::FindRule(const catalog::Table& table, const Rule*& found,
                    size_t& at) {
  found = nullptr;
  for (at = 0; at < table.rules.size(); ++at) {
    if (Hold(table.rules[at].when)) {
      found = &table.rules[at];
      return true;
    }
    if (unsettled_ != nullptr) return false;
  }
  return true;
}

bool Walk::FindLaw(Leaf& leaf) {
  const catalog::Table& table = epoch_.law->table;
  size_t at = 0;
  if (!FindRule(table, leaf.law, at)) return false;
  if (leaf.law == nullptr || !IsWindow(*leaf.law)) return true;
  for (size_t i = at + 1; i < table.rules.size(); ++i) {
    const Rule& other = table.rules[i];
    if (!IsWindow(other) || other.source == leaf.law->source ||
        other.source == table.rules[i - 1].source) {
      continue;
    }
    if (Hold(other.when.data(), OwnTests(other))) leaf.other_law = &other;
    if (unsettled_ != nullptr) return false;
  }
  return true;
}

bool Walk::FindOption(Leaf& leaf) {
  bool is_open = false;
  for (size_t i = 0; i < epoch_.options.size(); ++i) {
    const catalog::OptionState& state = epoch_.options[i];
    const bool is_closed = state.closed != decision::v1::GATE_UNSPECIFIED;
    if (is_closed && leaf.option >= 0) return true;
    if (is_open && (state.groups & group_) == 0) continue;
    const bool covers = Hold(state.dispensation->covers);
    if (unsettled_ != nullptr) return false;
    if (!covers) continue;
    const bool is_in_group = (state.groups & group_) != 0;
    const Rule* closing = nullptr;
    if (!is_closed && is_in_group &&
        !FindClosing(*state.dispensation, closing)) {
      return false;
    }
    if (is_open) {
      if (closing == nullptr) leaf.other_option = static_cast<int>(i);
      continue;
    }
    leaf.option = static_cast<int>(i);
    leaf.restatement = closing;
    if (is_closed) {
      leaf.gate = state.closed;
      return true;
    }
    leaf.gate = !is_in_group         ? decision::v1::GATE_NOT_IN_TARGET_GROUP
                : closing != nullptr ? closing->gate
                                     : decision::v1::GATE_UNSPECIFIED;
    is_open = leaf.gate == decision::v1::GATE_UNSPECIFIED;
  }
  return true;
}

// The row that closes an open option: gates in their order, and the rows of one
// gate in theirs.
bool Walk::FindClosing(const catalog::Dispensation& dispensation,
                       const Rule*& found) {
  for (const auto gate : {decision::v1::GATE_EXPERIMENT_NOT_STARTED,
                          decision::v1::GATE_NOT_IN_TARGET_GROUP}) {
    for (const Rule& rule : dispensation.restatements.rules) {
      if (rule.gate != gate) continue;
      if (Hold(rule.when)) {
        found = &rule;
        return true;
      }
      if (unsettled_ != nullptr) return false;
    }
  }
  return true;
}

bool Walk::FindBeside(Leaf& leaf) {
  const auto& option = epoch_.options[static_cast<size_t>(leaf.option)];
  const auto& rules = option.dispensation->beside.rules;
  for (size_t i = 0; i < rules.size() && i < 64; ++i) {
    if (Hold(rules[i].when)) leaf.beside |= uint64_t{1} << i;
    if (unsettled_ != nullptr) return false;
  }
  return true;
}

bool Walk::FindExperiment(Leaf& leaf) {
  const auto& dispensation =
      *epoch_.options[static_cast<size_t>(leaf.option)].dispensation;
  const Rule* found = nullptr;
  size_t at = 0;
  if (!FindRule(dispensation.table, found, at)) return false;
  if (found == nullptr) return true;
  leaf.rule = found;
  for (size_t i = at + 1;
       IsWindow(*found) && i < dispensation.table.rules.size(); ++i) {
    const Rule& other = dispensation.table.rules[i];
    if (!IsWindow(other) || other.outcome == found->outcome) continue;
    if (Hold(other.when)) leaf.other_rule = &other;
    if (unsettled_ != nullptr) return false;
  }
  if (found->as_ordinary_law) return true;
  if (found->outcome == decision::v1::OUTCOME_INSUFFICIENT_FACTS) {
    leaf.gate = decision::v1::GATE_INSUFFICIENT_FACTS;
  } else if (found->outcome == decision::v1::OUTCOME_NEEDS_ASSESSMENT) {
    WaitAt(decision::v1::GATE_NEEDS_ASSESSMENT, dispensation, leaf);
  } else if (found->permission || found->kind == OUTCOME_KIND_PERMISSION) {
    return FindSafeguard(dispensation, leaf);
  }
  return true;
}

bool Walk::FindSafeguard(const catalog::Dispensation& dispensation,
                         Leaf& leaf) {
  if (dispensation.needs_assessment && !Hold(&is_assessed_, 1)) {
    WaitAt(decision::v1::GATE_NEEDS_ASSESSMENT, dispensation, leaf);
    return unsettled_ == nullptr;
  }
  if (dispensation.needs_leader_review && !Hold(&is_approved_, 1)) {
    WaitAt(decision::v1::GATE_NEEDS_LEADER_REVIEW, dispensation, leaf);
  }
  return unsettled_ == nullptr;
}

bool Walk::FindAfterEnd(Leaf& leaf) {
  const auto& option = epoch_.options[static_cast<size_t>(leaf.option)];
  if (leaf.gate != decision::v1::GATE_EXPERIMENT_ENDED) return true;
  const Rule* found = nullptr;
  size_t at = 0;
  if (!FindRule(option.dispensation->after_end, found, at)) return false;
  if (found == nullptr || found->as_ordinary_law) return true;
  leaf.rule = found;
  if (found->outcome == decision::v1::OUTCOME_INSUFFICIENT_FACTS)
    leaf.gate = decision::v1::GATE_INSUFFICIENT_FACTS;
  return true;
}

}  // namespace frikommune::proof
