#include "core/decision/render.h"

#include <algorithm>
#include <utility>

#include "core/civil_time/date.h"

namespace frikommune::decision {
namespace {

using catalog::Area;
using catalog::Effect;
using catalog::Facts;
using catalog::kNone;
using catalog::kNoSlot;
using catalog::kUnknown;
using catalog::Rule;
using catalog::Slot;
using catalog::Snapshot;
using catalog::Value;

template <typename Citations>
void Cite(const Snapshot& snapshot, const Citations& citations,
          v1::Reason& out) {
  for (const v1::Citation& citation : citations) {
    v1::Citation& cited = *out.add_citations();
    cited = citation;
    cited.set_title(snapshot.TitleOf(citation.source()));
  }
}

// The facts that a rule read and that the catalog's words name.
void AddFactsUsed(const Area& area, const Rule& rule, Facts& facts,
                  v1::Reason& out) {
  std::vector<Slot> slots;
  for (const auto& condition : rule.when)
    AddSlots(condition, area.layout, slots);
  if (rule.deadline != kNoSlot) {
    area.layout.expression(rule.deadline).AddSlots(slots);
  }
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  for (const Slot slot : slots) {
    const Value value = facts.Get(slot);
    if (value == kUnknown) continue;
    const catalog::Fact& fact = area.layout.vocabulary().fact(slot);
    v1::FactUsed& used = *out.add_facts();
    used.set_fact(fact.name);
    used.set_value(catalog::Vocabulary::Write(fact, value));
  }
}

void AddReason(const Snapshot& snapshot, const Area& area, const Rule& rule,
               v1::View view, Facts& facts, v1::Reason& out) {
  out.set_row(rule.id);
  out.set_confidence(rule.confidence);
  if (view != v1::VIEW_FULL) return;
  *out.mutable_text() = *rule.because;
  Cite(snapshot, *rule.cite, out);
  AddFactsUsed(area, rule, facts, out);
}

// The row of a gate: "gate/NOT_PARTICIPATING".
const std::string& GateRow(v1::Gate gate) {
  static const auto* const kRows = [] {
    auto* rows = new std::vector<std::string>(v1::Gate_ARRAYSIZE);
    for (int i = 0; i < v1::Gate_ARRAYSIZE; ++i) {
      if (!v1::Gate_IsValid(i)) continue;
      constexpr size_t kPrefix = sizeof("GATE_") - 1;
      (*rows)[static_cast<size_t>(i)] =
          "gate/" + v1::Gate_Name(static_cast<v1::Gate>(i)).substr(kPrefix);
    }
    return rows;
  }();
  return (*kRows)[static_cast<size_t>(gate)];
}

void AddGateReason(const Snapshot& snapshot, v1::Gate gate, v1::View view,
                   v1::Reason& out) {
  out.set_row(GateRow(gate));
  const auto* text = snapshot.TextOf(gate);
  if (view != v1::VIEW_FULL || text == nullptr) return;
  *out.mutable_text() = text->because();
  Cite(snapshot, text->cite(), out);
}

void AddRemarks(const Rule& rule, Facts& facts, v1::Decision& out) {
  for (const auto& action : rule.actions) {
    v1::RequiredAction& required = *out.add_required_actions();
    required.set_code(*action.code);
    if (action.from != kNoSlot)
      WriteDay(facts.Date(action.from), required.mutable_from());
    if (action.to != kNoSlot)
      WriteDay(facts.Date(action.to), required.mutable_to());
  }
  for (const auto& flag : rule.flags) {
    if (EvaluateAll(flag.when, facts) == catalog::Truth::kTrue)
      out.add_flags(*flag.code);
  }
}

}  // namespace

void WriteDay(Value day, std::string* out) {
  if (day == kNone || day == kUnknown) return;
  out->resize(10);
  civil_time::FormatDateTo(civil_time::Date::FromDays(day), out->data());
}

std::vector<std::string> MissingFacts(const Area& area, const Rule& rule,
                                      Facts& facts) {
  std::vector<Slot> slots;
  for (const auto& condition : rule.when) AddMissing(condition, facts, slots);
  std::vector<std::string> names;
  const auto add = [&names](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  };
  const catalog::Vocabulary& words = area.layout.vocabulary();
  for (const Slot slot : slots) {
    const catalog::Fact& fact = words.fact(slot);
    if (fact.asked_as.empty()) add(fact.name);
    for (const std::string& given : fact.asked_as) {
      const catalog::Fact* source = words.Find(given);
      if (source == nullptr || facts.Get(source->slot) == kUnknown) add(given);
    }
  }
  return names;
}

void Render(const Snapshot& snapshot, const Area& area, const Answer& answer,
            v1::View view, Facts& facts, v1::Decision& out) {
  out.set_provision(answer.question->id);
  out.set_outcome(answer.outcome);
  out.set_ordinary_law_outcome(answer.ordinary_outcome);
  out.set_gate(answer.gate);
  out.set_regime(answer.regime);
  out.set_counts_as_experiment_use(answer.counts_as_use);
  if (answer.dispensation != nullptr) {
    out.set_experiment(answer.dispensation->experiment->id());
    out.set_option(answer.dispensation->option->id());
    if (answer.counts_as_use) {
      const auto& tag = answer.dispensation->option->evaluation_tag();
      out.set_evaluation_tag(tag.empty() ? answer.dispensation->experiment->id()
                                         : tag);
    }
  }
  if (answer.gate != v1::GATE_UNSPECIFIED) {
    AddGateReason(snapshot, answer.gate, view, *out.add_reasons());
  }
  if (answer.rule != nullptr) {
    AddReason(snapshot, area, *answer.rule, view, facts, *out.add_reasons());
    if (answer.outcome != v1::OUTCOME_INSUFFICIENT_FACTS)
      AddRemarks(*answer.rule, facts, out);
  }
  if (answer.open != nullptr) {
    const auto& beside = answer.open->beside.rules;
    for (size_t i = 0; i < beside.size() && i < 64; ++i) {
      if (((answer.beside >> i) & 1) == 0) continue;
      AddReason(snapshot, area, beside[i], view, facts, *out.add_reasons());
      AddRemarks(beside[i], facts, out);
    }
  }
  if (answer.ordinary_rule != nullptr) {
    AddReason(snapshot, area, *answer.ordinary_rule, view, facts,
              *out.add_ordinary_law_reasons());
  }
  if (answer.outcome == v1::OUTCOME_INSUFFICIENT_FACTS) {
    if (answer.rule == nullptr) {
      out.add_missing_facts("target_group");
    } else {
      for (auto& name : MissingFacts(area, *answer.rule, facts)) {
        out.add_missing_facts(std::move(name));
      }
    }
  }
  if (answer.deadline != kNone)
    WriteDay(answer.deadline, out.mutable_deadline());
  if (answer.ordinary_deadline != kNone) {
    WriteDay(answer.ordinary_deadline, out.mutable_ordinary_law_deadline());
  }
  if (answer.counts != Effect::kSilent)
    out.set_counts(answer.counts == Effect::kYes);
  if (answer.resets_clock != Effect::kSilent) {
    out.set_resets_clock(answer.resets_clock == Effect::kYes);
  }
}

}  // namespace frikommune::decision
