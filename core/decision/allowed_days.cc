#include "core/decision/allowed_days.h"

#include <algorithm>

namespace frikommune::decision {
namespace {

using catalog::Facts;
using catalog::kNone;
using catalog::kNoSlot;
using catalog::kUnknown;
using catalog::Truth;
using catalog::Value;

using Days = absl::InlinedVector<Value, 16>;

// Adds the days, after `first` and up to `last`, on which a table's tests of
// the day may change their answer.
void AddTurns(const catalog::Area& area, const catalog::Table& table, Value first,
              Value last, Facts& facts, Days& turns) {
  const auto add = [&](Value day) {
    if (day > first && day <= last) turns.push_back(day);
  };
  for (const catalog::Rule& rule : table.rules) {
    for (const catalog::Condition& test : rule.when) {
      if (test.kind == catalog::Condition::Kind::kDate && test.slot == area.on) {
        if (test.from != kNoSlot) add(facts.Date(test.from));
        if (test.to != kNoSlot) add(facts.Date(test.to) + 1);
      } else if (Evaluate(test, facts) == Truth::kFalse) {
        // The rule is out, whatever the day.
        break;
      }
    }
  }
}

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

void FindAllowedDays(const catalog::Area& area, const catalog::Question& question,
                     int municipality, Value first, Value last, Facts& facts,
                     AllowedDays& days) {
  days.here.clear();
  days.ordinary_law.clear();
  facts.Set(area.date_set, 1);
  for (const auto& epoch : question.epochs[static_cast<size_t>(municipality)]) {
    const Value begin = std::max(first, epoch.first);
    const Value end = std::min(last, epoch.last);
    if (begin > end || epoch.law == nullptr) continue;
    Days turns = {begin};
    facts.Set(area.on, begin);
    AddTurns(area, epoch.law->table, begin, end, facts, turns);
    for (const auto& state : epoch.options) {
      if (state.closed != v1::GATE_UNSPECIFIED) break;
      AddTurns(area, state.dispensation->table, begin, end, facts, turns);
    }
    std::sort(turns.begin(), turns.end());
    turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
    for (size_t i = 0; i < turns.size(); ++i) {
      const Value to = i + 1 < turns.size() ? turns[i + 1] - 1 : end;
      facts.Set(area.on, turns[i]);
      const Answer answer = Decide(area, question, municipality, facts);
      if (IsAllowed(answer.outcome)) {
        Extend(days.here, {turns[i], to, answer.outcome, answer.rule});
      }
      if (IsAllowed(answer.ordinary_outcome)) {
        Extend(days.ordinary_law,
               {turns[i], to, answer.ordinary_outcome, answer.ordinary_rule});
      }
    }
  }
}

Value LastDay(const Stretches& stretches) {
  return stretches.empty() ? kNone : stretches.back().last;
}

}  // namespace frikommune::decision
