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
using catalog::Truth;
using catalog::Value;

// The tests of a window's own `when`, without those of the day that it became.
size_t OwnTests(const Rule& rule) {
  const auto* window = dynamic_cast<const catalog::v1::Window*>(rule.source);
  return window != nullptr ? static_cast<size_t>(window->when_size())
                           : rule.when.size();
}

bool IsWindow(const Rule& rule) {
  return dynamic_cast<const catalog::v1::Window*>(rule.source) != nullptr;
}

}  // namespace

Walk::Walk(const catalog::Area& area, const catalog::Question& question,
           const catalog::Epoch& epoch, const QuestionTests& tests,
           const std::vector<Slot>& anchors, const DayCells::Day& day,
           decision::v1::TargetGroup group)
    : area_(area),
      question_(question),
      epoch_(epoch),
      group_(catalog::MaskOf(group)),
      facts_(area.layout) {
  is_assessed_.slot = area.assessment_recorded;
  is_assessed_.low = is_assessed_.high = 1;
  facts_.Set(area.on, day.on);
  facts_.Set(area.target_group, group);
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

std::vector<Leaf> Walk::Leaves() {
  Explore();
  return std::move(leaves_);
}

void Walk::Explore() {
  for (Domain& domain : domains_) domain.asked = false;
  unsettled_ = nullptr;
  Leaf leaf;
  if (!Decide(leaf)) {
    Branch(*unsettled_);
    return;
  }
  leaf.cells = 1;
  for (const Domain& domain : domains_) {
    leaf.cells *= domain.values.size();
    if (domain.asked)
      leaf.facts.emplace_back(domain.slot, domain.values.front());
  }
  leaves_.push_back(std::move(leaf));
}

bool Walk::Decide(Leaf& leaf) {
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
    if (is_open) {
      leaf.other_option = static_cast<int>(i);
      continue;
    }
    if (is_closed || (state.groups & group_) != 0) {
      leaf.option = static_cast<int>(i);
      leaf.gate = state.closed;
      if (is_closed) return true;
      is_open = true;
    } else {
      leaf.option = static_cast<int>(i);
      leaf.gate = decision::v1::GATE_NOT_IN_TARGET_GROUP;
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
  if (!found->as_ordinary_law &&
      found->outcome == decision::v1::OUTCOME_NEEDS_ASSESSMENT) {
    leaf.gate = decision::v1::GATE_NEEDS_ASSESSMENT;
    return true;
  }
  const bool is_permission =
      found->permission || found->kind == OUTCOME_KIND_PERMISSION;
  if (found->as_ordinary_law || !is_permission ||
      !dispensation.needs_assessment) {
    return true;
  }
  if (!Hold(&is_assessed_, 1)) leaf.gate = decision::v1::GATE_NEEDS_ASSESSMENT;
  return unsettled_ == nullptr;
}

bool Walk::FindAfterEnd(Leaf& leaf) {
  const auto& option = epoch_.options[static_cast<size_t>(leaf.option)];
  if (leaf.gate != decision::v1::GATE_EXPERIMENT_ENDED) return true;
  const Rule* found = nullptr;
  size_t at = 0;
  if (!FindRule(option.dispensation->after_end, found, at)) return false;
  if (found != nullptr && !found->as_ordinary_law) leaf.rule = found;
  return true;
}

bool Walk::Hold(const Condition* tests, size_t count) {
  const Condition* unsettled = nullptr;
  for (size_t i = 0; i < count; ++i) {
    const Truth truth = Ask(tests[i]);
    if (truth == Truth::kFalse) {
      // This test alone keeps the rule out, whatever the others say.
      MarkAsked(tests[i]);
      return false;
    }
    if (truth == Truth::kMaybe && unsettled == nullptr) unsettled = &tests[i];
  }
  if (unsettled != nullptr) {
    unsettled_ = unsettled;
    return false;
  }
  for (size_t i = 0; i < count; ++i) MarkAsked(tests[i]);
  return true;
}

const std::vector<size_t>& Walk::DomainsOf(const Condition& test) {
  const auto [found, is_new] = domains_of_.try_emplace(&test);
  if (is_new) {
    std::vector<Slot> slots;
    AddSlots(test, area_.layout, slots);
    for (size_t i = 0; i < domains_.size(); ++i) {
      if (std::find(slots.begin(), slots.end(), domains_[i].slot) !=
          slots.end()) {
        found->second.push_back(i);
      }
    }
  }
  return found->second;
}

void Walk::MarkAsked(const Condition& test) {
  for (const size_t at : DomainsOf(test)) domains_[at].asked = true;
}

void Walk::Use(size_t domain, Value value) {
  facts_.Set(domains_[domain].slot, value);
}

// What a test says of all cells that are left: kMaybe if they differ.
Truth Walk::Ask(const Condition& test) {
  const std::vector<size_t>& places = DomainsOf(test);
  std::vector<size_t> at(places.size(), 0);
  const Truth first = Evaluate(test, facts_);
  Truth truth = first;
  for (;;) {
    size_t place = 0;
    for (; place < places.size(); ++place) {
      const auto& values = domains_[places[place]].values;
      at[place] = at[place] + 1 < values.size() ? at[place] + 1 : 0;
      Use(places[place], values[at[place]]);
      if (at[place] != 0) break;
    }
    if (place == places.size())
      break;  // Every cell was asked; all are first again.
    if (Evaluate(test, facts_) != first) {
      truth = Truth::kMaybe;
      break;
    }
  }
  if (truth != first) {
    for (const size_t i : places) Use(i, domains_[i].values.front());
  }
  return truth;
}

// Takes each way of the first fact of a test whose cells differ, however the
// other facts fall out.
void Walk::Branch(const Condition& test) {
  const std::vector<size_t> places = DomainsOf(test);
  for (size_t split = 0; split < places.size(); ++split) {
    Domain& domain = domains_[places[split]];
    const std::vector<Value> all = domain.values;
    if (all.size() < 2) continue;
    std::map<std::vector<Truth>, std::vector<Value>> ways;
    std::vector<std::vector<Truth>> order;
    for (const Value value : all) {
      // What the test says of this value with all cells of the other facts.
      std::vector<Truth> says;
      std::vector<size_t> at(places.size(), 0);
      for (const size_t i : places) Use(i, domains_[i].values.front());
      Use(places[split], value);
      for (;;) {
        says.push_back(Evaluate(test, facts_));
        size_t place = 0;
        for (; place < places.size(); ++place) {
          if (place == split) continue;
          const auto& values = domains_[places[place]].values;
          at[place] = at[place] + 1 < values.size() ? at[place] + 1 : 0;
          Use(places[place], values[at[place]]);
          if (at[place] != 0) break;
        }
        if (place == places.size()) break;
      }
      auto& way = ways[says];
      if (way.empty()) order.push_back(says);
      way.push_back(value);
    }
    for (const size_t i : places) Use(i, domains_[i].values.front());
    if (ways.size() < 2) continue;
    for (const auto& says : order) {
      domains_[places[split]].values = ways[says];
      Use(places[split], domains_[places[split]].values.front());
      Explore();
    }
    domains_[places[split]].values = all;
    Use(places[split], all.front());
    return;
  }
  leaves_.emplace_back().is_settled = false;
}

}  // namespace frikommune::proof
