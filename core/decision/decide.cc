#include "core/decision/decide.h"

namespace frikommune::decision {
namespace {

using annotations::v1::OUTCOME_KIND_PERMISSION;
using annotations::v1::OUTCOME_KIND_RELIEF_BY_LAW;
using catalog::Area;
using catalog::Epoch;
using catalog::Facts;
using catalog::GroupMask;
using catalog::kNone;
using catalog::kNoSlot;
using catalog::kUnknown;
using catalog::OptionState;
using catalog::Question;
using catalog::Rule;
using catalog::Truth;
using catalog::Value;

// The date of an expression; kNone where it is not known.
Value DateOr(catalog::Slot slot, Facts& facts) {
  if (slot == kNoSlot) return kNone;
  const Value date = facts.Date(slot);
  return date == kUnknown ? kNone : date;
}

bool GivesPermission(const Rule& rule) {
  return rule.permission || rule.kind == OUTCOME_KIND_PERMISSION;
}

// The bit of the citizen's group: all of them where the area has no groups, and
// none where it is unknown.
GroupMask GroupOf(const Area& area, const Facts& facts) {
  if (area.target_group == kNoSlot) return catalog::kEveryGroup;
  const Value group = facts.Get(area.target_group);
  return group == kUnknown ? 0 : GroupMask{1} << group;
}

// The first row that closes an option to the case by its own facts; null if
// none does.
const Rule* ClosedBy(const catalog::Dispensation& dispensation, Facts& facts) {
  for (const Rule& rule : dispensation.restatements.rules) {
    const bool closes = !rule.when.empty();
    if (closes && EvaluateAll(rule.when, facts) == Truth::kTrue) return &rule;
  }
  return nullptr;
}

// The row that explains a gate that waits; null if none does.
const Rule* ExplainedBy(const catalog::Dispensation& dispensation,
                        v1::Gate gate) {
  for (const Rule& rule : dispensation.restatements.rules) {
    if (rule.gate == gate && rule.when.empty()) return &rule;
  }
  return nullptr;
}

// The option that is asked, and what closes it.
struct Asked {
  const OptionState* state = nullptr;
  v1::Gate gate = v1::GATE_UNSPECIFIED;
  const Rule* restatement = nullptr;
};

// The option that gets furthest through the gates among those that concern the
// case; none if none does.
Asked AskOptions(const Epoch& epoch, GroupMask group, Facts& facts) {
  Asked best;
  for (const OptionState& state : epoch.options) {
    if (best.state != nullptr && state.closed != v1::GATE_UNSPECIFIED) break;
    if (!state.dispensation->covers.empty() &&
        EvaluateAll(state.dispensation->covers, facts) != Truth::kTrue) {
      continue;
    }
    if (state.closed != v1::GATE_UNSPECIFIED) return {&state, state.closed};
    if ((state.groups & group) == 0) {
      best = {&state, v1::GATE_NOT_IN_TARGET_GROUP};
      continue;
    }
    const Rule* const closed_by = ClosedBy(*state.dispensation, facts);
    if (closed_by == nullptr) return {&state};
    best = {&state, closed_by->gate, closed_by};
  }
  return best;
}

void Stand(const Rule* rule, Answer& answer) {
  answer.outcome = answer.ordinary_outcome;
  answer.deadline = answer.ordinary_deadline;
  answer.rule = rule;
  if (rule == nullptr) return;
  answer.counts = rule->counts;
  answer.resets_clock = rule->resets_clock;
}

// Takes what an experiment's rule says.
void Take(const Rule& rule, Facts& facts, Answer& answer) {
  answer.rule = &rule;
  answer.outcome = rule.outcome;
  answer.deadline = DateOr(rule.deadline, facts);
  answer.counts = rule.counts;
  answer.resets_clock = rule.resets_clock;
}

void Miss(const Rule& rule, Answer& answer) {
  answer.outcome = v1::OUTCOME_INSUFFICIENT_FACTS;
  answer.gate = v1::GATE_INSUFFICIENT_FACTS;
  answer.rule = &rule;
  answer.deadline = kNone;
  answer.counts = answer.resets_clock = catalog::Effect::kSilent;
}

void SayBeside(const catalog::Dispensation& open, Facts& facts,
               Answer& answer) {
  const auto& rules = open.beside.rules;
  for (size_t i = 0; i < rules.size() && i < 64; ++i) {
    if (EvaluateAll(rules[i].when, facts) == Truth::kTrue) {
      answer.beside |= uint64_t{1} << i;
    }
  }
}

// The answer waits for a safeguard.
void WaitAt(v1::Gate gate, const catalog::Dispensation& dispensation,
            Answer& answer) {
  answer.gate = gate;
  answer.restatement = ExplainedBy(dispensation, gate);
}

// What a permission of the experiment waits for; nothing if for nobody. The
// assessment comes before the leader: G9, G10.
v1::Gate WaitsFor(const Area& area, const catalog::Dispensation& dispensation,
                  const Facts& facts) {
  if (dispensation.needs_assessment &&
      facts.Get(area.assessment_recorded) != 1) {
    return v1::GATE_NEEDS_ASSESSMENT;
  }
  if (dispensation.needs_leader_review &&
      facts.Get(area.leader_standing) != v1::LEADER_STANDING_APPROVED) {
    return v1::GATE_NEEDS_LEADER_REVIEW;
  }
  return v1::GATE_UNSPECIFIED;
}

// What the experiment answers where its gate is open.
void AskExperiment(const Area& area, const catalog::Dispensation& dispensation,
                   Facts& facts, Answer& answer) {
  const catalog::Match match = FirstMatch(dispensation.table, facts);
  if (match.rule == nullptr) return;
  if (match.missing || match.rule->missing != nullptr)
    return Miss(*match.rule, answer);
  if (match.rule->as_ordinary_law) {
    answer.rule = match.rule;
    return;
  }
  const Rule* const ordinary = answer.rule;
  Take(*match.rule, facts, answer);
  if (answer.outcome == v1::OUTCOME_NEEDS_ASSESSMENT) {
    // The table itself is the gate: F4, P3, I2.
    WaitAt(v1::GATE_NEEDS_ASSESSMENT, dispensation, answer);
    return;
  }
  if (!GivesPermission(*match.rule)) return;
  const v1::Gate waits_at = WaitsFor(area, dispensation, facts);
  if (waits_at != v1::GATE_UNSPECIFIED) {
    // Ordinary law holds meanwhile.
    Stand(ordinary, answer);
    answer.rule = match.rule;
    answer.outcome = waits_at == v1::GATE_NEEDS_ASSESSMENT
                         ? v1::OUTCOME_NEEDS_ASSESSMENT
                         : v1::OUTCOME_NEEDS_LEADER_REVIEW;
    WaitAt(waits_at, dispensation, answer);
    return;
  }
  answer.counts_as_use = answer.outcome != answer.ordinary_outcome ||
                         answer.deadline != answer.ordinary_deadline;
}

// The rules of the days after an option's end, for one that took part.
void AskAfterEnd(const Area& area, const OptionState& state, Facts& facts,
                 Answer& answer) {
  if (answer.gate != v1::GATE_EXPERIMENT_ENDED) return;
  if (state.dispensation->after_end.rules.empty()) return;
  facts.Set(area.ordinary_deadline, answer.ordinary_deadline);
  facts.Set(area.experiment_last_day, state.last_day);
  const catalog::Match match = FirstMatch(state.dispensation->after_end, facts);
  if (match.rule == nullptr) return;
  if (match.missing || match.rule->missing != nullptr)
    return Miss(*match.rule, answer);
  if (!match.rule->as_ordinary_law) Take(*match.rule, facts, answer);
}

}  // namespace

const Epoch* EpochOn(const Question& question, int municipality, Value day) {
  for (const Epoch& epoch :
       question.epochs[static_cast<size_t>(municipality)]) {
    if (day <= epoch.last) return day >= epoch.first ? &epoch : nullptr;
  }
  return nullptr;
}

const catalog::Dispensation* OpenOption(const Area& area,
                                        const Question& question,
                                        int municipality, Facts& facts) {
  const Epoch* const epoch =
      EpochOn(question, municipality, facts.Get(area.on));
  if (epoch == nullptr) return nullptr;
  const Asked asked = AskOptions(*epoch, GroupOf(area, facts), facts);
  return asked.gate == v1::GATE_UNSPECIFIED && asked.state != nullptr
             ? asked.state->dispensation
             : nullptr;
}

Answer Decide(const Area& area, const Question& question, int municipality,
              Facts& facts) {
  const Epoch* const epoch =
      EpochOn(question, municipality, facts.Get(area.on));
  Enter(epoch, facts);
  Answer answer = DecideWithin(area, question, epoch, facts);
  if (answer.open != nullptr) SayBeside(*answer.open, facts, answer);
  return answer;
}

void Enter(const Epoch* epoch, Facts& facts) {
  if (epoch == nullptr) return;
  for (const auto& [slot, value] : epoch->policies) {
    if (!facts.IsPinned(slot)) facts.Set(slot, value);
  }
}

Answer DecideWithin(const Area& area, const Question& question,
                    const Epoch* epoch, Facts& facts) {
  Answer answer;
  answer.question = &question;
  answer.epoch = epoch;
  if (epoch != nullptr) answer.regime = epoch->regime;

  // G0: whose duty it is.
  const GroupMask group = GroupOf(area, facts);
  if (group == 0) {
    answer.outcome = answer.ordinary_outcome = v1::OUTCOME_INSUFFICIENT_FACTS;
    answer.gate = v1::GATE_INSUFFICIENT_FACTS;
    return answer;
  }
  if ((question.groups & group) == 0) {
    answer.outcome = answer.ordinary_outcome = v1::OUTCOME_NOT_APPLICABLE;
    answer.gate = v1::GATE_NOT_IN_TARGET_GROUP;
    return answer;
  }
  if (epoch == nullptr || epoch->law == nullptr) {
    answer.outcome = answer.ordinary_outcome = v1::OUTCOME_LAW_NOT_ON_FILE;
    return answer;
  }

  // Ordinary law.
  const catalog::Match law = FirstMatch(epoch->law->table, facts);
  if (law.rule == nullptr || law.missing) {
    answer.ordinary_outcome = law.missing ? v1::OUTCOME_INSUFFICIENT_FACTS
                                          : v1::OUTCOME_LAW_NOT_ON_FILE;
    answer.ordinary_rule = law.rule;
    Stand(law.rule, answer);
    if (law.missing) Miss(*law.rule, answer);
    return answer;
  }
  answer.ordinary_rule = law.rule;
  answer.ordinary_outcome = law.rule->outcome;
  answer.ordinary_deadline = DateOr(law.rule->deadline, facts);
  Stand(law.rule, answer);

  const Asked asked = AskOptions(*epoch, group, facts);
  if (asked.state == nullptr) return answer;
  const catalog::Dispensation& dispensation = *asked.state->dispensation;
  if (asked.gate == v1::GATE_UNSPECIFIED) answer.open = &dispensation;
  // G1: relief by law is never an experiment's, and where the law is not on
  // file nothing is guessed.
  if (law.rule->permission || law.rule->kind == OUTCOME_KIND_RELIEF_BY_LAW ||
      law.rule->outcome == v1::OUTCOME_LAW_NOT_ON_FILE) {
    return answer;
  }
  answer.dispensation = &dispensation;
  answer.gate = asked.gate;
  answer.restatement = asked.restatement;
  if (asked.gate == v1::GATE_UNSPECIFIED) {
    AskExperiment(area, dispensation, facts, answer);
  } else {
    AskAfterEnd(area, *asked.state, facts, answer);
  }
  return answer;
}

}  // namespace frikommune::decision
