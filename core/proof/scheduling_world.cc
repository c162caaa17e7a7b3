#include <algorithm>
#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/decision/decide.h"
#include "core/decision/render.h"
#include "core/proof/worlds.h"
#include "core/scheduling/vocabulary.h"
#include "core/scheduling/witness.h"

namespace frikommune::proof {
namespace {

using catalog::Fact;
using catalog::FactKind;
using catalog::Question;
using catalog::Value;

// The most events of one kind that are looked at.
constexpr Value kMostEvents = 200;

bool IsOneOf(const std::string& name,
             std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(),
                     [&name](const char* other) { return name == other; });
}

// The world of contact courses: what core/scheduling finds of every case, and
// what its requests can say.
class SchedulingWorld final : public CaseWorld {
 public:
  SchedulingWorld() : words_(scheduling::SchedulingVocabulary().vocabulary) {}

  bool IsAlwaysKnown(const Fact& fact) const override {
    return IsTally(fact) || absl::StartsWith(fact.name, "policy.") ||
           IsOneOf(fact.name, {"on", "date_set", "assessment_recorded",
                               "last_followup", "last_allowance_contact",
                               "has_allowance_contact", "has_pension_followup",
                               "changed_since_followup", "next_date_set"});
  }

  bool MayBeNone(const Fact& fact) const override {
    return IsReceipt(fact) ||
           IsOneOf(fact.name, {"last_followup", "last_allowance_contact"});
  }

  bool IsPast(const Fact& fact) const override {
    return IsReceipt(fact) ||
           IsOneOf(fact.name, {"last_followup", "last_allowance_contact",
                               "last_mentor_contact"});
  }

  Range RangeOf(const Question& question, const Fact& fact) const override {
    if (IsTally(fact)) return {0, kMostEvents};
    const auto& ordinals = question.source->asked().ordinals();
    if (fact.name == "meeting.ordinal" && !ordinals.empty()) {
      const auto [low, high] =
          std::minmax_element(ordinals.begin(), ordinals.end());
      return {*low, *high};
    }
    return {fact.at_least, fact.at_most};
  }

  uint64_t ValuesOf(const Question& question, const Fact& fact) const override {
    return fact.name == "meeting.kind" ? question.meeting_kinds
                                       : std::numeric_limits<uint64_t>::max();
  }

  std::string WriteCase(const catalog::Snapshot& snapshot,
                        const Question& question, int municipality_code,
                        const catalog::Facts& facts,
                        const std::string& name) const override {
    const catalog::Area& area = *snapshot.FindArea(scheduling::kArea);
    const scheduling::Witness witness =
        scheduling::WriteWitness(snapshot, question, municipality_code, facts);
    catalog::Facts copy = facts;
    const decision::Answer engine = decision::Decide(
        area, question, snapshot.MunicipalityIndex(municipality_code), copy);
    decision::v1::Decision expected;
    decision::Render(snapshot, area, engine, decision::v1::VIEW_BASIC, copy,
                     expected);
    const auto answer = AnswerOf(snapshot, question, witness);
    if (answer.ok() && answer->outcome() == expected.outcome() &&
        answer->ordinary_law_outcome() == expected.ordinary_law_outcome()) {
      return WriteCaseLine(name, witness, *answer);
    }
    return WriteCaseLine(
        absl::StrCat(name, " (no request has just these facts)"), witness,
        expected);
  }

 private:
  // Facts that the catalog itself defines stand in no message.
  bool IsTally(const Fact& fact) const {
    return fact.kind == FactKind::kInteger && words_.Find(fact.name) == nullptr;
  }
  bool IsReceipt(const Fact& fact) const {
    return fact.kind == FactKind::kDate && words_.Find(fact.name) == nullptr;
  }

  const catalog::Vocabulary words_;
};

}  // namespace

const CaseWorld& SchedulingCases() {
  static const auto* const kWorld = new SchedulingWorld;
  return *kWorld;
}

}  // namespace frikommune::proof
