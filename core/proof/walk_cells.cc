// How a walk goes through the cells: it asks a test of all of them at once, and
// takes each way where they differ. What it reads on the way is in walk.cc.

#include <algorithm>

#include "core/proof/walk.h"

namespace frikommune::proof {

using catalog::Condition;
using catalog::Slot;
using catalog::Truth;
using catalog::Value;

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
