#include "core/decision/allowed_days.h"

#include <algorithm>

namespace frikommune::decision {
namespace {

using catalog::Facts;
using catalog::kNone;
using catalog::Value;

void Extend(Stretches& stretches, const Stretch& stretch) {
  if (!stretches.empty()) {
    Stretch& last = stretches.back();
    if (last.last + 1 == stretch.first && last.outcome == stretch.outcome &&
        last.rule == stretch.rule) {
      last.last = stretch.last;
      return;
    }
  }
  stretches.push_back(stretch);
}

}  // namespace

void FindAllowedDays(const catalog::Area& area,
                     const catalog::Question& question, int municipality,
                     Value first, Value last, Facts& facts, AllowedDays& days) {
  facts.Set(area.date_set, 1);
  for (const auto& epoch : question.epochs[static_cast<size_t>(municipality)]) {
    const Value begin = std::max(first, epoch.first);
    const Value end = std::min(last, epoch.last);
    if (begin > end || epoch.law == nullptr) continue;
    Enter(&epoch, facts);
    // Between two days on which a test of the day turns, the answer stands.
    for (Value day = begin, next = begin; day <= end; day = next) {
      facts.Set(area.on, day);
      facts.Unturn();
      const Answer answer = DecideWithin(area, question, &epoch, facts);
      next = std::min(facts.turn(), end + 1);
      if (IsAllowed(answer.outcome)) {
        Extend(days.here, {day, next - 1, answer.outcome, answer.rule});
      }
      if (IsAllowed(answer.ordinary_outcome)) {
        Extend(days.ordinary_law,
               {day, next - 1, answer.ordinary_outcome, answer.ordinary_rule});
      }
    }
  }
}

Value LastDay(const Stretches& stretches) {
  return stretches.empty() ? kNone : stretches.back().last;
}

}  // namespace frikommune::decision
