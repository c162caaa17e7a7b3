#include "core/decision/render.h"

#include <algorithm>

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
using wire::MessageWriter;

// What holds texts is long.
wire::Expect LengthOf(v1::View view) {
  return view == v1::VIEW_FULL ? wire::Expect::kLong : wire::Expect::kShort;
}

// A fact that was used, by its value.
void WriteFactUsed(const catalog::Fact& fact, Value value, MessageWriter& out) {
  if (fact.kind == catalog::FactKind::kDate) {
    if (value != kNone) {
      civil_time::FormatDateTo(civil_time::Date::FromDays(value),
                               out.Encoded(fact.used.front()) - 10);
      return;
    }
  } else if (value >= 0 && static_cast<size_t>(value) < fact.used.size()) {
    out.Encoded(fact.used[static_cast<size_t>(value)]);
    return;
  }
  catalog::Vocabulary::Scratch scratch;
  out.Message(v1::Reason::kFactsFieldNumber, [&] {
    out.Text(v1::FactUsed::kFactFieldNumber, fact.name);
    out.Text(v1::FactUsed::kValueFieldNumber,
             catalog::Vocabulary::Write(fact, value, scratch));
  });
}

// The facts that a rule read and that the catalog's words name.
void WriteFactsUsed(const Area& area, const Rule& rule, Facts& facts,
                    MessageWriter& out) {
  for (const Slot slot : rule.reads) {
    const Value value = facts.Get(slot);
    if (value == kUnknown) continue;
    WriteFactUsed(area.layout.vocabulary().fact(slot), value, out);
  }
}

void WriteReason(int field, const Area& area, const Rule& rule, v1::View view,
                 Facts& facts, MessageWriter& out) {
  const auto fill = [&] {
    if (view == v1::VIEW_FULL) {
      out.Encoded(rule.told);
      WriteFactsUsed(area, rule, facts, out);
    } else {
      out.Text(v1::Reason::kRowFieldNumber, rule.id);
    }
    out.Number(v1::Reason::kConfidenceFieldNumber, rule.confidence);
  };
  out.Message(field, fill, LengthOf(view));
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

void WriteGateReason(const Snapshot& snapshot, v1::Gate gate, v1::View view,
                     MessageWriter& out) {
  const auto fill = [&] {
    out.Text(v1::Reason::kRowFieldNumber, GateRow(gate));
    if (view == v1::VIEW_FULL) out.Encoded(snapshot.ToldOf(gate));
  };
  out.Message(v1::Decision::kReasonsFieldNumber, fill, LengthOf(view));
}

// Calls `take` with each rule of the open option that is said beside the
// answer.
template <typename Take>
void ForEachBeside(const Answer& answer, const Take& take) {
  if (answer.open == nullptr) return;
  const auto& beside = answer.open->beside.rules;
  for (size_t i = 0; i < beside.size() && i < 64; ++i) {
    if (((answer.beside >> i) & 1) != 0) take(beside[i]);
  }
}

// Calls `take` with each rule that says what to do or to notice: the one that
// answers, and those beside it. A rule that waits for facts says nothing yet.
template <typename Take>
void ForEachSpeaker(const Answer& answer, const Take& take) {
  if (answer.rule != nullptr &&
      answer.outcome != v1::OUTCOME_INSUFFICIENT_FACTS) {
    take(*answer.rule);
  }
  ForEachBeside(answer, take);
}

// What a permission asks for waits with it; what is to be noticed does not.
bool Waits(const Rule& rule, const Answer& answer) {
  return !rule.as_ordinary_law && rule.outcome != answer.outcome;
}

void WriteActions(const Answer& answer, Facts& facts, MessageWriter& out) {
  ForEachSpeaker(answer, [&](const Rule& rule) {
    if (Waits(rule, answer)) return;
    for (const catalog::Remark& action : rule.actions) {
      if (!IsSaid(action, facts)) continue;
      out.Message(v1::Decision::kRequiredActionsFieldNumber, [&] {
        out.Text(v1::RequiredAction::kCodeFieldNumber, *action.code);
        if (action.from != kNoSlot) {
          WriteDay(v1::RequiredAction::kFromFieldNumber,
                   facts.Date(action.from), out);
        }
        if (action.to != kNoSlot) {
          WriteDay(v1::RequiredAction::kToFieldNumber, facts.Date(action.to),
                   out);
        }
      });
    }
  });
}

void WriteReasons(const Snapshot& snapshot, const Area& area,
                  const Answer& answer, v1::View view, Facts& facts,
                  MessageWriter& out) {
  constexpr int kHere = v1::Decision::kReasonsFieldNumber;
  constexpr int kByLaw = v1::Decision::kOrdinaryLawReasonsFieldNumber;
  if (answer.gate != v1::GATE_UNSPECIFIED) {
    WriteGateReason(snapshot, answer.gate, view, out);
  }
  if (answer.restatement != nullptr) {
    WriteReason(kHere, area, *answer.restatement, view, facts, out);
  }
  const size_t begin = out.size();
  if (answer.rule != nullptr) {
    WriteReason(kHere, area, *answer.rule, view, facts, out);
  }
  const size_t end = out.size();
  ForEachBeside(answer, [&](const Rule& rule) {
    WriteReason(kHere, area, rule, view, facts, out);
  });
  if (answer.ordinary_rule == nullptr) return;
  if (answer.ordinary_rule == answer.rule) {
    out.Repeat(kByLaw, kHere, begin, end);
  } else {
    WriteReason(kByLaw, area, *answer.ordinary_rule, view, facts, out);
  }
}

void WriteMissingFacts(const Area& area, const Answer& answer, Facts& facts,
                       MessageWriter& out) {
  constexpr int kField = v1::Decision::kMissingFactsFieldNumber;
  if (answer.outcome != v1::OUTCOME_INSUFFICIENT_FACTS) return;
  if (answer.rule == nullptr) return out.AddText(kField, "target_group");
  for (const std::string& name : MissingFacts(area, *answer.rule, facts)) {
    out.AddText(kField, name);
  }
}

void WriteEffect(int field, Effect effect, MessageWriter& out) {
  if (effect != Effect::kSilent) {
    out.AddNumber(field, effect == Effect::kYes ? 1 : 0);
  }
}

}  // namespace

void WriteText(int field, const v1::Text& text, MessageWriter& out) {
  out.Message(field, [&] {
    out.Text(v1::Text::kDaFieldNumber, text.da());
    out.Text(v1::Text::kEnFieldNumber, text.en());
  });
}

std::vector<std::string> MissingFacts(const Area& area, const Rule& rule,
                                      Facts& facts) {
  std::vector<Slot> slots;
  for (const auto& condition : rule.when) AddMissing(condition, facts, slots);
  // A rule whose tests are all true may itself say what it lacks.
  if (slots.empty() && rule.missing != nullptr)
    return {rule.missing->begin(), rule.missing->end()};
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

Flags FlagsOf(const Answer& answer, Facts& facts) {
  Flags flags;
  ForEachSpeaker(answer, [&](const Rule& rule) {
    for (const catalog::Remark& flag : rule.flags) {
      if (IsSaid(flag, facts)) flags.push_back(*flag.code);
    }
  });
  return flags;
}

void Render(const Snapshot& snapshot, const Area& area, const Answer& answer,
            v1::View view, const Flags& flags, Facts& facts, MessageWriter& out,
            const Documents* registered) {
  using D = v1::Decision;
  out.Text(D::kProvisionFieldNumber, answer.question->id);
  out.Number(D::kOutcomeFieldNumber, answer.outcome);
  out.Number(D::kOrdinaryLawOutcomeFieldNumber, answer.ordinary_outcome);
  out.Number(D::kGateFieldNumber, answer.gate);
  out.Number(D::kRegimeFieldNumber, answer.regime);
  if (answer.dispensation != nullptr) {
    out.Text(D::kExperimentFieldNumber, answer.dispensation->experiment->id());
    out.Text(D::kOptionFieldNumber, answer.dispensation->option->id());
  }
  out.Number(D::kCountsAsExperimentUseFieldNumber, answer.counts_as_use);
  WriteReasons(snapshot, area, answer, view, facts, out);
  WriteActions(answer, facts, out);
  WriteMissingFacts(area, answer, facts, out);
  WriteDay(D::kDeadlineFieldNumber, answer.deadline, out);
  WriteDay(D::kOrdinaryLawDeadlineFieldNumber, answer.ordinary_deadline, out);
  for (const absl::string_view flag : flags) {
    out.AddText(D::kFlagsFieldNumber, flag);
  }
  WriteEffect(D::kCountsFieldNumber, answer.counts, out);
  WriteEffect(D::kResetsClockFieldNumber, answer.resets_clock, out);
  if (answer.dispensation != nullptr && answer.counts_as_use) {
    const auto& tag = answer.dispensation->option->evaluation_tag();
    out.Text(D::kEvaluationTagFieldNumber,
             tag.empty() ? answer.dispensation->experiment->id() : tag);
  }
  if (answer.counts_as_use && answer.rule->spares != nullptr) {
    const auto fill = [&] {
      WriteSaving(
          snapshot, *answer.rule->spares,
          registered != nullptr ? *registered : OrderedDocuments(answer, facts),
          facts.Get(area.on), view, out);
    };
    out.Message(D::kSavingFieldNumber, fill, LengthOf(view));
  }
}

void Render(const Snapshot& snapshot, const Area& area, const Answer& answer,
            v1::View view, Facts& facts, v1::Decision& out) {
  MessageWriter bytes(1024);
  Render(snapshot, area, answer, view, FlagsOf(answer, facts), facts, bytes);
  wire::Read(bytes, out);
}

}  // namespace frikommune::decision
