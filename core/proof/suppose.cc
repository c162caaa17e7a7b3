#include "core/proof/suppose.h"

#include <algorithm>

namespace frikommune::proof {

using catalog::Area;
using catalog::Facts;
using catalog::Slot;

void Suppose(const Area& area, Slot fact, Facts& facts) {
  if (facts.Get(fact) != catalog::kUnknown) return;
  const catalog::Fact& known = area.layout.vocabulary().fact(fact);
  switch (known.kind) {
    case catalog::FactKind::kDate:
      facts.Set(fact, facts.Get(area.on) - 20);
      return;
    case catalog::FactKind::kBoolean:
      facts.Set(fact, 0);
      return;
    case catalog::FactKind::kEnum:
    case catalog::FactKind::kInteger:
      facts.Set(fact, std::clamp(1, known.at_least, known.at_most));
      return;
  }
}

void SupposeDeadline(const Area& area, const catalog::Rule& rule,
                     Facts& facts) {
  const auto suppose = [&](Slot expression) {
    if (expression == catalog::kNoSlot) return;
    std::vector<Slot> slots;
    area.layout.expression(expression).AddSlots(slots);
    for (const Slot slot : slots) Suppose(area, slot, facts);
  };
  suppose(rule.deadline);
  for (const catalog::Remark& action : rule.actions) {
    suppose(action.from);
    suppose(action.to);
  }
}

}  // namespace frikommune::proof
