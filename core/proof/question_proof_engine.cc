// What the proof holds the engine to, leaf by leaf.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/decision/render.h"
#include "core/proof/expected_saving.h"
#include "core/proof/question_proof.h"

namespace frikommune::proof {
namespace {

using catalog::kUnknown;
using catalog::Rule;
using catalog::Slot;
using decision::Answer;

const char* NameOf(const Rule* rule) {
  return rule != nullptr ? rule->id.c_str() : "no row";
}

}  // namespace

void QuestionProof::HoldEngine(const Visit& visit) {
  const Leaf& leaf = visit.leaf;
  cells_.SetFacts(visit, facts_);
  const Answer answer =
      decision::Decide(area_, question_, visit.municipality, facts_);
  // A rule may answer that facts are missing; none may lack any itself.
  const bool lacks =
      answer.outcome == decision::v1::OUTCOME_INSUFFICIENT_FACTS &&
      (answer.rule == nullptr || answer.rule->outcome != answer.outcome);
  const bool agrees = answer.ordinary_rule == leaf.law &&
                      answer.rule == leaf.rule && answer.gate == leaf.gate &&
                      answer.beside == leaf.beside &&
                      answer.restatement == leaf.restatement &&
                      answer.epoch == &visit.epoch && !lacks;
  if (!agrees) {
    Report(*question_.source, "engine",
           absl::StrCat("the engine answers ", NameOf(answer.rule),
                        " (ordinary law ", NameOf(answer.ordinary_rule),
                        ") and the rows give ", NameOf(leaf.rule), " (",
                        NameOf(leaf.law), ") ", Describe(visit)),
           &visit);
    return;
  }
  HoldWords(visit, answer);
  if (visit.is_first) HoldUnknowns(visit, answer);
}

void QuestionProof::HoldWords(const Visit& visit, const Answer& answer) {
  const Leaf& leaf = visit.leaf;
  const bool has_words =
      std::any_of(leaf.actions.begin(), leaf.actions.end(),
                  [](const auto* action) { return !action->when.empty(); }) ||
      (leaf.rule != nullptr &&
       (leaf.rule->spares != nullptr || !leaf.rule->actions.empty()));
  if (!has_words) return;
  std::vector<std::string> actions;
  std::vector<std::string> substitutes;
  for (const catalog::Remark* action : leaf.actions) {
    actions.push_back(*action->code);
    if (action->document != nullptr) substitutes.push_back(*action->document);
  }
  std::string saving;
  if (leaf.rule != nullptr && leaf.rule->spares != nullptr &&
      leaf.gate == decision::v1::GATE_UNSPECIFIED &&
      (leaf.rule->outcome != leaf.law->outcome ||
       answer.deadline != answer.ordinary_deadline)) {
    saving = ExpectedSaving(snapshot_, *leaf.rule->spares, substitutes,
                            visit.day.on);
  }
  decision::v1::Decision said;
  decision::Render(snapshot_, area_, answer, decision::v1::VIEW_BASIC, facts_,
                   said);
  std::vector<std::string> codes;
  for (const auto& action : said.required_actions())
    codes.push_back(action.code());
  if (codes == actions && WriteSaving(said) == saving) return;
  Report(*question_.source, "words",
         absl::StrCat("the engine says \"", absl::StrJoin(codes, " "),
                      "\" and saves \"", WriteSaving(said),
                      "\", and the rows say \"", absl::StrJoin(actions, " "),
                      "\" and save \"", saving, "\" ", Describe(visit)),
         &visit);
}

void QuestionProof::HoldUnknowns(const Visit& visit, const Answer& known) {
  for (const auto& [slot, value] : visit.leaf.facts) {
    const catalog::Fact& fact = area_.layout.vocabulary().fact(slot);
    if (world_.IsAlwaysKnown(fact)) continue;
    facts_.Set(slot, kUnknown);
    const Answer answer =
        decision::Decide(area_, question_, visit.municipality, facts_);
    bool is_asked_for = false;
    if (answer.outcome == decision::v1::OUTCOME_INSUFFICIENT_FACTS &&
        answer.rule != nullptr) {
      std::vector<Slot> missing;
      for (const auto& test : answer.rule->when)
        AddMissing(test, facts_, missing);
      is_asked_for =
          std::find(missing.begin(), missing.end(), slot) != missing.end();
    }
    const bool is_unchanged = answer.outcome == known.outcome &&
                              answer.rule == known.rule &&
                              answer.restatement == known.restatement;
    facts_.Set(slot, value);
    if (is_asked_for || is_unchanged) continue;
    const Rule* const rule =
        known.rule != nullptr ? known.rule : known.ordinary_rule;
    Report(*rule->source, absl::StrCat("unknown ", fact.name),
           absl::StrCat("\"", fact.name, "\" left unset turns the answer from ",
                        NameOf(known.rule), " to ", NameOf(answer.rule),
                        " and is not asked for, ", Describe(visit)),
           &visit);
  }
}

}  // namespace frikommune::proof
