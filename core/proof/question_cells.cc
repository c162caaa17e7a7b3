#include "core/proof/question_cells.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "core/proof/tariff_days.h"

namespace frikommune::proof {
namespace {

using catalog::Epoch;
using decision::v1::TargetGroup;

// What decides the leaves of an epoch.
std::vector<int64_t> KeyOf(const Epoch& epoch) {
  const auto place = [](const void* it) {
    return static_cast<int64_t>(reinterpret_cast<intptr_t>(it));
  };
  std::vector<int64_t> key = {place(epoch.law), epoch.first, epoch.last};
  for (const catalog::OptionState& state : epoch.options) {
    key.insert(key.end(), {place(state.dispensation), state.closed,
                           state.last_day, static_cast<int64_t>(state.groups)});
  }
  return key;
}

// The groups a case may be of: none in particular where the area has none.
std::vector<TargetGroup> GroupsOf(const catalog::Area& area) {
  if (area.target_group == catalog::kNoSlot)
    return {decision::v1::TARGET_GROUP_UNSPECIFIED};
  std::vector<TargetGroup> groups;
  const auto* type = decision::v1::TargetGroup_descriptor();
  for (int i = 0; i < type->value_count(); ++i) {
    const auto group = static_cast<TargetGroup>(type->value(i)->number());
    if (group != decision::v1::TARGET_GROUP_UNSPECIFIED)
      groups.push_back(group);
  }
  return groups;
}

// The tests of a question, and the days on which a fee that it turns on
// changes: what an answer saves is part of it.
QuestionTests TestsOf(const catalog::Snapshot& snapshot,
                      const catalog::Area& area,
                      const catalog::Question& question,
                      const CaseWorld& world) {
  QuestionTests tests = TestsOf(area, question, world);
  AddTariffDays(snapshot, area, question, tests.dates);
  return tests;
}

}  // namespace

QuestionCells::QuestionCells(const catalog::Snapshot& snapshot,
                             const catalog::Area& area,
                             const catalog::Question& question,
                             const CaseWorld& world)
    : area_(area),
      question_(question),
      tests_(TestsOf(snapshot, area, question, world)),
      cells_(area, world, tests_.dates, snapshot.first_day(),
             snapshot.last_day()),
      scratch_(area.layout) {
  for (const catalog::Fact& fact : area.layout.vocabulary().facts()) {
    is_policy_.push_back(absl::StartsWith(fact.name, "policy."));
  }
}

std::vector<bool> QuestionCells::KindOf(const Epoch& epoch, TargetGroup group) {
  const catalog::GroupMask mask = catalog::MaskOf(group);
  std::vector<bool> kind = {(question_.groups & mask) != 0};
  for (const catalog::OptionState& state : epoch.options) {
    kind.push_back((state.groups & mask) != 0);
  }
  if (area_.target_group != catalog::kNoSlot)
    scratch_.Set(area_.target_group, group);
  for (const catalog::Condition* test : tests_.groups) {
    kind.push_back(Evaluate(*test, scratch_) == catalog::Truth::kTrue);
  }
  return kind;
}

QuestionCells::Days& QuestionCells::DaysOf(const Epoch& epoch) {
  const auto [found, is_new] = known_.try_emplace(KeyOf(epoch));
  Days& days = found->second;
  if (!is_new) return days;
  days.days = cells_.DaysFor(epoch.first, epoch.last);
  days.is_counted.assign(days.days.size(), true);
  for (const catalog::Value limit : {epoch.first, epoch.last}) {
    const bool is_there = std::any_of(
        days.days.begin(), days.days.end(),
        [limit](const DayCells::Day& day) { return day.on == limit; });
    if (is_there) continue;
    days.days.push_back(cells_.DayOn(limit));
    days.is_counted.push_back(false);
  }
  days.leaves.resize(days.days.size());
  return days;
}

void QuestionCells::ForEach(absl::FunctionRef<void(const Visit&)> see) {
  const std::vector<TargetGroup> groups = GroupsOf(area_);
  for (size_t municipality = 0; municipality < question_.epochs.size();
       ++municipality) {
    for (const Epoch& epoch : question_.epochs[municipality]) {
      Days& days = DaysOf(epoch);
      for (const TargetGroup group : groups) {
        const std::vector<bool> kind = KindOf(epoch, group);
        for (size_t day = 0; day < days.days.size(); ++day) {
          const auto [leaves, is_first] = days.leaves[day].try_emplace(kind);
          if (is_first) {
            leaves->second = Walk(area_, question_, epoch, tests_,
                                  cells_.anchors(), days.days[day], group)
                                 .Leaves();
          }
          for (const Leaf& leaf : leaves->second) {
            see({leaf, static_cast<int>(municipality), epoch, days.days[day],
                 group, days.is_counted[day], is_first});
          }
        }
      }
    }
  }
}

void QuestionCells::SetFacts(const Visit& visit, catalog::Facts& facts) const {
  facts.Forget();
  facts.Set(area_.on, visit.day.on);
  if (area_.target_group != catalog::kNoSlot)
    facts.Set(area_.target_group, visit.group);
  for (const auto& [slot, value] : visit.leaf.facts) {
    facts.Set(slot, value);
    if (is_policy_[static_cast<size_t>(slot)]) facts.Pin(slot);
  }
}

}  // namespace frikommune::proof
