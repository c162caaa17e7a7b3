#include "core/proof/question_proof.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/civil_time/date.h"
#include "core/proof/suppose.h"

namespace frikommune::proof {
namespace {

using catalog::Dispensation;
using catalog::Epoch;
using catalog::Rule;
using catalog::Value;
using decision::Answer;

std::string DayText(Value day) {
  return civil_time::FormatDate(civil_time::Date::FromDays(day));
}

}  // namespace

bool IsEverOpen(const catalog::Question& question,
                const Dispensation& dispensation) {
  for (const auto& epochs : question.epochs) {
    for (const Epoch& epoch : epochs) {
      for (const catalog::OptionState& state : epoch.options) {
        if (state.dispensation->IsSameOption(dispensation) &&
            state.closed == decision::v1::GATE_UNSPECIFIED) {
          return true;
        }
      }
    }
  }
  return false;
}

QuestionProof::QuestionProof(const catalog::Snapshot& snapshot,
                             const catalog::Area& area,
                             const catalog::Question& question,
                             const CaseWorld& world,
                             std::vector<catalog::Problem>& problems)
    : snapshot_(snapshot),
      area_(area),
      question_(question),
      world_(world),
      problems_(problems),
      cells_(snapshot, area, question, world),
      facts_(area.layout) {
  report_.provision = question.id;
}

QuestionReport QuestionProof::Prove() {
  ReportRefused();
  cells_.ForEach([this](const Visit& visit) { See(visit); });
  ReportUnused();
  return report_;
}

void QuestionProof::See(const Visit& visit) {
  const Leaf& leaf = visit.leaf;
  if (!leaf.is_settled) {
    Report(*visit.epoch.law->source, "unsettled",
           "the proof cannot settle a test of this version, or of an option "
           "beside it",
           nullptr);
    return;
  }
  ++report_.leaves;
  if (visit.is_counted) report_.cells += leaf.cells;
  const bool is_asked =
      (question_.groups & catalog::MaskOf(visit.group)) != 0 &&
      visit.epoch.law != nullptr;
  if (is_asked && leaf.law == nullptr) SeeGap(visit);
  SeeOverlaps(visit);
  HoldEngine(visit);
  NoteUse(visit);
}

void QuestionProof::SeeGap(const Visit& visit) {
  const auto [first, last] = LawDays(visit);
  Report(*visit.epoch.law->source, absl::StrCat("gap ", first, " ", last),
         absl::StrCat("a gap: no row answers ", Describe(visit, first, last)),
         &visit);
}

void QuestionProof::SeeOverlaps(const Visit& visit) {
  const Leaf& leaf = visit.leaf;
  const auto both = [&](const Rule& a, const Rule& b) {
    Report(*b.source, absl::StrCat("overlap ", a.id),
           absl::StrCat("an overlap: windows ", a.id, " and ", b.id,
                        " both hold ", Describe(visit)),
           &visit);
  };
  if (leaf.other_law != nullptr) both(*leaf.law, *leaf.other_law);
  if (leaf.other_rule != nullptr) both(*leaf.rule, *leaf.other_rule);
  if (leaf.other_option < 0) return;
  const auto option = [&](int place) -> const Dispensation& {
    return *visit.epoch.options[static_cast<size_t>(place)].dispensation;
  };
  const auto name = [](const Dispensation& dispensation) {
    return absl::StrCat(dispensation.experiment->id(), " ",
                        dispensation.option->id());
  };
  const Dispensation& first = option(leaf.option);
  const Dispensation& second = option(leaf.other_option);
  Report(*second.source, absl::StrCat("options ", name(first)),
         absl::StrCat("an overlap: municipality ", CodeOf(visit.municipality),
                      " has two open options, ", name(first), " and ",
                      name(second), ", ", Describe(visit)),
         &visit);
}

void QuestionProof::NoteUse(const Visit& visit) {
  const Leaf& leaf = visit.leaf;
  if (leaf.law != nullptr) used_.insert(leaf.law->source);
  if (leaf.option < 0) return;
  const Dispensation& dispensation =
      *visit.epoch.options[static_cast<size_t>(leaf.option)].dispensation;
  if (leaf.restatement != nullptr) used_.insert(leaf.restatement->source);
  asked_.emplace(dispensation.source, leaf.gate);
  const bool is_here = leaf.rule != nullptr && leaf.rule != leaf.law;
  if (is_here) used_.insert(leaf.rule->source);
  for (size_t i = 0; i < dispensation.beside.rules.size(); ++i) {
    if (((leaf.beside >> i) & 1) != 0)
      used_.insert(dispensation.beside.rules[i].source);
  }
  if (changing_.count(dispensation.source) > 0) return;
  if (leaf.beside != 0 || (is_here && Changes(visit)))
    changing_.insert(dispensation.source);
}

bool QuestionProof::Changes(const Visit& visit) {
  const Rule& rule = *visit.leaf.rule;
  const Rule& law = *visit.leaf.law;
  cells_.SetFacts(visit, facts_);
  SupposeDeadline(area_, law, facts_);
  SupposeDeadline(area_, rule, facts_);
  const Answer answer =
      decision::Decide(area_, question_, visit.municipality, facts_);
  return answer.outcome != answer.ordinary_outcome ||
         answer.deadline != answer.ordinary_deadline || !rule.actions.empty() ||
         !rule.flags.empty() || rule.counts != law.counts ||
         rule.resets_clock != law.resets_clock;
}

void QuestionProof::ReportUnused() {
  for (const auto& version : question_.versions)
    ReportUnusedRows(version.table);
  for (const auto& dispensation : question_.dispensations) {
    if (!IsEverOpen(question_, *dispensation)) continue;
    ReportUnusedRows(dispensation->table);
    ReportUnusedRows(dispensation->after_end);
    ReportUnusedRows(dispensation->beside);
    ReportUnusedRows(dispensation->restatements);
    ReportUnasked(*dispensation);
    const bool changes = changing_.count(dispensation->source) > 0 ||
                         dispensation->source->has_terms();
    if (changes) continue;
    Report(*dispensation->source, "nothing",
           absl::StrCat(
               dispensation->experiment->id(), " ", dispensation->option->id(),
               " changes nothing in ", question_.id,
               ": outcome, deadline and actions are those of ordinary law in "
               "every cell"),
           nullptr);
  }
}

void QuestionProof::ReportUnusedRows(const catalog::Table& table) {
  const google::protobuf::Message* last = nullptr;
  for (const Rule& rule : table.rules) {
    if (rule.source == last) continue;
    last = rule.source;
    ++report_.rows;
    if (used_.count(rule.source) > 0) continue;
    Report(*rule.source, "unreachable",
           rule.gate == decision::v1::GATE_UNSPECIFIED
               ? absl::StrCat("row ", rule.id,
                              " is unreachable: no municipality, day, group "
                              "and facts give it")
               : absl::StrCat("row ", rule.id,
                              " restates a gate that closes to none of its "
                              "cases"),
           nullptr);
  }
}

// A safeguard that no case waits for guards nothing: the rows ask for it
// themselves, or there is no permission.
void QuestionProof::ReportUnasked(const Dispensation& dispensation) {
  const auto hold = [&](bool is_needed, decision::v1::Gate gate,
                        const char* safeguard) {
    if (!is_needed || asked_.count({dispensation.source, gate}) > 0) return;
    Report(*dispensation.source, safeguard,
           absl::StrCat(dispensation.experiment->id(), " ",
                        dispensation.option->id(), " needs ", safeguard, " in ",
                        question_.id, ", and no case is asked for it"),
           nullptr);
  };
  hold(dispensation.needs_assessment, decision::v1::GATE_NEEDS_ASSESSMENT,
       "an assessment");
  hold(dispensation.needs_leader_review, decision::v1::GATE_NEEDS_LEADER_REVIEW,
       "a leader's review");
}

void QuestionProof::ReportRefused() {
  for (const QuestionTests::Refused& refused : cells_.refused()) {
    Report(*refused.source, absl::StrCat("refused ", refused.test),
           absl::StrCat(
               "the proof cannot take the test ", refused.test,
               ": a test compares one date of the case with the day that is "
               "decided for, or with a plain date"),
           nullptr);
  }
}

void QuestionProof::Report(const google::protobuf::Message& where,
                           const std::string& kind, const std::string& message,
                           const Visit* visit) {
  if (!reported_.emplace(&where, kind).second) return;
  std::string counterexample;
  if (visit != nullptr) {
    cells_.SetFacts(*visit, facts_);
    counterexample = world_.WriteCase(
        snapshot_, question_, CodeOf(visit->municipality), facts_,
        absl::StrCat(question_.id, ", ", DayText(visit->day.on), ": ",
                     message.substr(0, message.find(':'))));
    cells_.SetFacts(*visit, facts_);
  }
  problems_.push_back(
      {snapshot_.catalog().WhereIs(where), message, std::move(counterexample)});
}

std::pair<Value, Value> QuestionProof::LawDays(const Visit& visit) const {
  Value first = std::max(visit.day.first, snapshot_.first_day());
  Value last = std::min(visit.day.last, snapshot_.last_day());
  for (const auto& version : question_.versions) {
    if (version.from <= visit.epoch.law->from) {
      first = std::max(first, version.from);
    } else {
      last = std::min(last, version.from - 1);
    }
  }
  return {first, last};
}

std::string QuestionProof::Describe(const Visit& visit) {
  return Describe(visit, std::max(visit.day.first, visit.epoch.first),
                  std::min(visit.day.last, visit.epoch.last));
}

std::string QuestionProof::Describe(const Visit& visit, Value first,
                                    Value last) {
  const auto& words = area_.layout.vocabulary();
  std::vector<std::string> facts;
  if (visit.group != decision::v1::TARGET_GROUP_UNSPECIFIED) {
    facts.push_back(absl::StrCat("target_group is ",
                                 decision::v1::TargetGroup_Name(visit.group)));
  }
  catalog::Vocabulary::Scratch scratch;
  for (const auto& [slot, value] : visit.leaf.facts) {
    const catalog::Fact& fact = words.fact(slot);
    facts.push_back(absl::StrCat(
        fact.name, " is ", catalog::Vocabulary::Write(fact, value, scratch)));
  }
  return absl::StrCat("from ", DayText(first), " to ", DayText(last),
                      ", as on ", DayText(visit.day.on),
                      facts.empty() ? "" : ", when ",
                      absl::StrJoin(facts, " and "));
}

int QuestionProof::CodeOf(int municipality) const {
  for (const auto& candidate : snapshot_.catalog().network.municipalities()) {
    if (snapshot_.MunicipalityIndex(candidate.code()) == municipality) {
      return candidate.code();
    }
  }
  return 0;
}

}  // namespace frikommune::proof
