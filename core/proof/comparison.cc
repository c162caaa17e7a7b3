#include "core/proof/comparison.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "core/decision/decide.h"
#include "core/decision/render.h"
#include "core/proof/expected_saving.h"
#include "core/proof/question_cells.h"
#include "core/proof/suppose.h"

namespace frikommune::proof {
namespace {

using catalog::Area;
using catalog::Epoch;
using catalog::Facts;
using catalog::Question;
using catalog::Slot;
using catalog::Snapshot;
using catalog::Value;
using decision::Answer;

// One question in one of the catalogs.
struct Side {
  const Snapshot& snapshot;
  const Area& area;
  const Question& question;
  Facts facts;
  int municipality = 0;

  Side(const Snapshot& its_snapshot, const Area& its_area,
       const Question& its_question)
      : snapshot(its_snapshot),
        area(its_area),
        question(its_question),
        facts(its_area.layout) {}

  Answer Decide() {
    return decision::Decide(area, question, municipality, facts);
  }
};

// Takes over the facts of the same names that are not known here.
void Share(const Side& from, Side& to) {
  for (const catalog::Fact& fact : from.area.layout.vocabulary().facts()) {
    const Value value = from.facts.Get(fact.slot);
    const catalog::Fact* same = to.area.layout.vocabulary().Find(fact.name);
    if (value == catalog::kUnknown || same == nullptr ||
        same->kind != fact.kind)
      continue;
    // Local policy is each catalog's own, unless it is assumed.
    if (absl::StartsWith(fact.name, "policy.")) {
      if (!from.facts.IsPinned(fact.slot)) continue;
      to.facts.Pin(same->slot);
    }
    if (to.facts.Get(same->slot) == catalog::kUnknown)
      to.facts.Set(same->slot, value);
  }
}

// Supposes the facts that an answer lacks, until it is one, and those that its
// dates are counted from.
void Complete(Side& side) {
  constexpr int kMostFacts = 64;
  for (int i = 0; i < kMostFacts; ++i) {
    const Answer answer = side.Decide();
    for (const catalog::Rule* rule : {answer.rule, answer.ordinary_rule}) {
      if (rule != nullptr) SupposeDeadline(side.area, *rule, side.facts);
    }
    if (answer.outcome != decision::v1::OUTCOME_INSUFFICIENT_FACTS ||
        answer.rule == nullptr) {
      return;
    }
    std::vector<Slot> missing;
    for (const auto& test : answer.rule->when)
      AddMissing(test, side.facts, missing);
    // A row may say that facts are missing which no fact of ours can supply.
    if (missing.empty()) return;
    for (const Slot slot : missing) Suppose(side.area, slot, side.facts);
  }
}

std::string Name(decision::v1::Outcome outcome) {
  return std::string(
      absl::StripPrefix(decision::v1::Outcome_Name(outcome), "OUTCOME_"));
}

std::string Name(decision::v1::Gate gate) {
  if (gate == decision::v1::GATE_UNSPECIFIED) return "";
  return std::string(absl::StripPrefix(decision::v1::Gate_Name(gate), "GATE_"));
}

template <typename Reasons>
std::string Rows(const Reasons& reasons) {
  return absl::StrJoin(reasons, " ", [](std::string* out, const auto& reason) {
    absl::StrAppend(out, reason.row());
  });
}

std::string Effect(bool is_spoken, bool value) {
  return !is_spoken ? "not spoken of" : value ? "yes" : "no";
}

std::string Actions(const decision::v1::Decision& decision, bool with_days) {
  return absl::StrJoin(decision.required_actions(), " ",
                       [with_days](std::string* out, const auto& action) {
                         absl::StrAppend(out, action.code());
                         if (with_days)
                           absl::StrAppend(out, action.from(), action.to());
                       });
}

std::string OrNone(const std::string& text) {
  return text.empty() ? "none" : text;
}

// What two answers say differently, one line each. Dates are not told: they are
// those of one case.
std::vector<std::string> Differences(const decision::v1::Decision& before,
                                     const decision::v1::Decision& after) {
  std::vector<std::string> lines;
  const auto tell = [&lines](const char* what, const std::string& a,
                             const std::string& b) {
    if (a != b)
      lines.push_back(absl::StrCat(what, ": ", OrNone(a), " -> ", OrNone(b)));
  };
  tell("outcome", Name(before.outcome()), Name(after.outcome()));
  tell("by ordinary law", Name(before.ordinary_law_outcome()),
       Name(after.ordinary_law_outcome()));
  tell("gate", Name(before.gate()), Name(after.gate()));
  tell("use of an experiment", before.counts_as_experiment_use() ? "yes" : "no",
       after.counts_as_experiment_use() ? "yes" : "no");
  tell("counts", Effect(before.has_counts(), before.counts()),
       Effect(after.has_counts(), after.counts()));
  tell("restarts the interval",
       Effect(before.has_resets_clock(), before.resets_clock()),
       Effect(after.has_resets_clock(), after.resets_clock()));
  tell("actions", Actions(before, false), Actions(after, false));
  tell("saving", WriteSaving(before), WriteSaving(after));
  tell("missing", absl::StrJoin(before.missing_facts(), " "),
       absl::StrJoin(after.missing_facts(), " "));
  if (before.deadline() != after.deadline())
    lines.push_back("another deadline");
  if (before.ordinary_law_deadline() != after.ordinary_law_deadline()) {
    lines.push_back("another deadline by ordinary law");
  }
  if (Actions(before, false) == Actions(after, false) &&
      Actions(before, true) != Actions(after, true)) {
    lines.push_back("other days for the actions");
  }
  if (!lines.empty()) {
    tell("rows", Rows(before.reasons()), Rows(after.reasons()));
    tell("rows of ordinary law", Rows(before.ordinary_law_reasons()),
         Rows(after.ordinary_law_reasons()));
  }
  return lines;
}

void Merge(std::vector<std::pair<Value, Value>>& days) {
  std::sort(days.begin(), days.end());
  std::vector<std::pair<Value, Value>> merged;
  for (const auto& [first, last] : days) {
    if (!merged.empty() && first <= merged.back().second + 1) {
      merged.back().second = std::max(merged.back().second, last);
    } else {
      merged.emplace_back(first, last);
    }
  }
  days = std::move(merged);
}

int CodeOf(const Snapshot& snapshot, int index) {
  for (const auto& municipality : snapshot.catalog().network.municipalities()) {
    if (snapshot.MunicipalityIndex(municipality.code()) == index) {
      return municipality.code();
    }
  }
  return 0;
}

// Compares one question that both catalogs have.
class QuestionComparison {
 public:
  QuestionComparison(Side before, Side after, const CaseWorld& world,
                     std::vector<Change>& changes)
      : before_(std::move(before)),
        after_(std::move(after)),
        world_(world),
        changes_(changes) {}

  void Run() {
    QuestionCells before(before_.snapshot, before_.area, before_.question,
                         world_);
    QuestionCells after(after_.snapshot, after_.area, after_.question, world_);
    Go(before_, before, after_, after);
    Go(after_, after, before_, before);
    for (auto& [what, change] : found_) {
      for (auto& [code, days] : change.days) Merge(days);
      changes_.push_back(std::move(change));
    }
  }

 private:
  // Goes through the cells of one side.
  void Go(Side& here, QuestionCells& cells, Side& there,
          const QuestionCells& its_cells) {
    cells.ForEach([&](const Visit& visit) {
      const int code = CodeOf(here.snapshot, visit.municipality);
      here.municipality = visit.municipality;
      there.municipality = there.snapshot.MunicipalityIndex(code);
      if (there.municipality < 0 || !visit.leaf.is_settled) return;
      const Epoch* const other =
          decision::EpochOn(there.question, there.municipality, visit.day.on);
      if (other == nullptr) return;
      cells.SetFacts(visit, here.facts);
      there.facts.Forget();
      Share(here, there);
      Complete(here);
      Share(here, there);
      Complete(there);
      Share(there, here);
      Complete(here);
      const auto [first, last] = its_cells.DaysAround(visit.day.on);
      See(code,
          std::max({visit.day.first, visit.epoch.first, first, other->first}),
          std::min({visit.day.last, visit.epoch.last, last, other->last}));
    });
  }

  // Both sides hold the same facts.
  void See(int code, Value first, Value last) {
    decision::v1::Decision before;
    decision::v1::Decision after;
    Render(before_, before);
    Render(after_, after);
    std::vector<std::string> what = Differences(before, after);
    if (what.empty()) return;
    Change& change = found_[what];
    if (change.what.empty()) {
      change.provision = before_.question.id;
      change.what = std::move(what);
      change.example = world_.WriteCase(
          before_.snapshot, before_.question, code, before_.facts,
          absl::StrCat(change.provision, ", as before the change"));
    }
    change.days[code].emplace_back(first, last);
  }

  static void Render(Side& side, decision::v1::Decision& out) {
    const Answer answer = side.Decide();
    decision::Render(side.snapshot, side.area, answer, decision::v1::VIEW_BASIC,
                     side.facts, out);
  }

  Side before_;
  Side after_;
  const CaseWorld& world_;
  std::vector<Change>& changes_;
  std::map<std::vector<std::string>, Change> found_;
};

void TellUnmatched(const Snapshot& here, const Snapshot& there,
                   const char* which, std::vector<std::string>& unmatched) {
  const Area* area = nullptr;
  for (const auto& mine : here.areas()) {
    for (const Question& question : mine->questions) {
      if (there.FindQuestion(question.id, &area) == nullptr) {
        unmatched.push_back(
            absl::StrCat("only the ", which, " has ", question.id));
      }
    }
  }
  for (const auto& municipality : here.catalog().network.municipalities()) {
    if (there.MunicipalityIndex(municipality.code()) < 0) {
      unmatched.push_back(absl::StrCat("only the ", which, " has municipality ",
                                       municipality.code()));
    }
  }
}

}  // namespace

Comparison Compare(const Snapshot& before, const Snapshot& after) {
  Comparison comparison;
  TellUnmatched(before, after, "first", comparison.unmatched);
  TellUnmatched(after, before, "second", comparison.unmatched);
  for (const auto& area : before.areas()) {
    const CaseWorld* const world = WorldOf(area->name);
    if (world == nullptr) continue;
    for (const Question& question : area->questions) {
      const Area* other_area = nullptr;
      const Question* const other =
          after.FindQuestion(question.id, &other_area);
      if (other == nullptr) continue;
      QuestionComparison({before, *area, question},
                         {after, *other_area, *other}, *world,
                         comparison.changes)
          .Run();
    }
  }
  return comparison;
}

}  // namespace frikommune::proof
