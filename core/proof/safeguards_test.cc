// The proof of gates that rows restate, of the leader's gate, of orders of a
// municipality's own and of savings, in an area without target groups.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/civil_time/date.h"
#include "core/proof/expected_saving.h"
#include "core/proof/question_proof.h"
#include "frikommune/certificates/v1/case.pb.h"

namespace frikommune::proof {
namespace {

using catalog::Fact;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kNetwork[] = R"(
  sources { id: "s" title: "A source" }
  supported_days { from: "2018-01-01" to: "2019-12-31" }
  regimes { regime: REGIME_PRE_2020 from: "2016-01-01" cite { source: "s" } }
  municipalities { code: 1 cite { source: "s" } }
  municipalities { code: 2 cite { source: "s" } }
  tariffs { document: "LAE265" from: "2013-07-01" kroner: 1544 cite { source: "s" } }
  tariffs { document: "LAE265" from: "2019-04-01" kroner: 1725 cite { source: "s" } }
  tariffs { document: "LAE125" from: "2018-02-01" kroner: 397 cite { source: "s" } }
  tariffs { document: "LAE145" from: "2018-03-01" kroner: 1 cite { source: "s" } }
)";

constexpr char kLaw[] = R"(
  id: "area/lae265"
  versions {
    from: "2016-01-01"
    rows { id: "duty" outcome: OUTCOME_OBTAIN_LAE265
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

constexpr char kExperiment[] = R"(
  id: "E" slug: "e" cite { source: "s" } status: EXPERIMENT_STATUS_STARTED rules: RULES_ON_FILE_YES
  options { id: "o" legal_start: "2018-01-01" last_day: "2021-12-31" cite { source: "s" } }
  participations { municipality: 1 standing: STANDING_PARTICIPATES status: PARTICIPATION_STATUS_CONFIRMED
    provenance: PROVENANCE_RECORD cite { source: "s" } }
  participations { municipality: 2 standing: STANDING_PARTICIPATES status: PARTICIPATION_STATUS_CONFIRMED
    provenance: PROVENANCE_RECORD ORDER cite { source: "s" } }
  dispensations {
    provision: "area/lae265" option: "o" needs_assessment: true needs_leader_review: true
    rows { id: "L1" outcome: OUTCOME_OBTAIN_LAE265
      when { fact: "rehabilitation.sufficiency" in: ["SUFFICIENCY_NO", "SUFFICIENCY_DOUBT"] }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "L3" outcome: OUTCOME_INSUFFICIENT_FACTS missing: "rehabilitation.documents"
      when { fact: "health_document_count" at_most: 0 }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "L5" outcome: OUTCOME_OBTAIN_LAE265
      when { fact: "leader_standing" in: "LEADER_STANDING_REJECTED" }
      because { da: "d" en: "e" } cite { source: "s" } }
    MORE_ROWS
    rows { id: "L2" outcome: OUTCOME_WAIVE_LAE265 spares: "LAE265"
      actions { code: "ORDER_LAE125" document: "LAE125" when { fact: "lae125_would_help" is: true } }
      because { da: "d" en: "e" } cite { source: "s" } }
    restatements { id: "L6" gate: GATE_EXPERIMENT_NOT_STARTED
      when { fact: "rehabilitation.case_type" in: "REHABILITATION_CASE_TYPE_JOB_CLARIFICATION" }
      when { fact: "on" to: "2018-06-30" }
      because { da: "d" en: "e" } cite { source: "s" } }
    restatements { id: "R1" gate: GATE_NOT_IN_TARGET_GROUP
      when { fact: "rehabilitation.case_type" in: "REHABILITATION_CASE_TYPE_SICKNESS_CATEGORY_3" }
      because { da: "d" en: "e" } cite { source: "s" } }
    restatements { id: "L4" gate: GATE_NEEDS_LEADER_REVIEW
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

// A row that no case reaches, unless another order is read.
constexpr char kBehind[] = R"(
  rows { id: "L7" outcome: OUTCOME_OBTAIN_LAE265
    when { fact: "rehabilitation.sufficiency" in: "SUFFICIENCY_NO" }
    because { da: "d" en: "e" } cite { source: "s" } }
)";
constexpr char kOrder[] = R"(
  row_orders { provision: "area/lae265" option: "o" rows: ["L7", "L1", "L3", "L5", "L2"]
    cite { source: "s" } }
)";

class SmallWorld final : public CaseWorld {
 public:
  bool IsAlwaysKnown(const Fact& fact) const override {
    return fact.name == "assessment_recorded" ||
           fact.name == "leader_standing" ||
           fact.name == "rehabilitation.case_type";
  }
  bool MayBeNone(const Fact&) const override { return false; }
  bool IsPast(const Fact&) const override { return false; }
  Range RangeOf(const catalog::Question&, const Fact& fact) const override {
    return {fact.at_least, fact.at_most};
  }
  uint64_t ValuesOf(const catalog::Question&, const Fact&) const override {
    return std::numeric_limits<uint64_t>::max();
  }
  std::string WriteCase(const catalog::Snapshot&, const catalog::Question&, int,
                        const catalog::Facts&,
                        const std::string& name) const override {
    return name;
  }
};

using Edits = std::vector<std::pair<absl::string_view, absl::string_view>>;

std::shared_ptr<const catalog::Snapshot> Build(Edits edits) {
  catalog::Vocabulary words;
  words.AddMessage("", decision::v1::SafeguardFacts::descriptor());
  words.AddMessage("", certificates::v1::DerivedFacts::descriptor());
  words.AddMessage("rehabilitation",
                   certificates::v1::RehabilitationCase::descriptor());
  words.AskAs("health_document_count", {"rehabilitation.documents"});
  const std::string edited = absl::StrReplaceAll(kExperiment, edits);
  EXPECT_EQ(edits.empty(), edited == kExperiment);
  std::vector<catalog::Problem> problems;
  catalog::Catalog parsed = catalog::ParseCatalog(
      {{"network/network.textproto", kNetwork},
       {"law/area/lae265.textproto", kLaw},
       {"experiments/e/experiment.textproto",
        absl::StrReplaceAll(edited,
                            {{"ORDER cite", "cite"}, {"MORE_ROWS", ""}})}},
      problems);
  auto snapshot =
      catalog::Snapshot::Build(std::move(parsed), {{"area", words}}, problems);
  EXPECT_EQ(catalog::ToStatus(problems).message(), "");
  return snapshot;
}

// What the proof finds wrong.
std::vector<std::string> Faults(const Edits& edits) {
  const SmallWorld world;
  const auto snapshot = Build(edits);
  const catalog::Area& area = *snapshot->FindArea("area");
  std::vector<catalog::Problem> problems;
  QuestionProof(*snapshot, area, area.questions[0], world, problems).Prove();
  std::vector<std::string> messages;
  for (const auto& problem : problems) messages.push_back(problem.message);
  return messages;
}

TEST(SafeguardsProofTest, ATableWithAllOfThemIsProved) {
  EXPECT_THAT(Faults({}), IsEmpty());
}

TEST(SafeguardsProofTest, AnAreaWithoutGroupsIsGoneThroughOnce) {
  const SmallWorld world;
  const auto snapshot = Build({});
  const catalog::Area& area = *snapshot->FindArea("area");
  std::set<int> groups;
  QuestionCells cells(*snapshot, area, area.questions[0], world);
  cells.ForEach([&](const Visit& visit) { groups.insert(visit.group); });
  EXPECT_THAT(groups, ElementsAre(int{decision::v1::TARGET_GROUP_UNSPECIFIED}));
}

TEST(SafeguardsProofTest, EachStandingOfTheLeaderIsGoneThrough) {
  const SmallWorld world;
  const auto snapshot = Build({});
  const catalog::Area& area = *snapshot->FindArea("area");
  std::set<catalog::Value> standings;
  QuestionCells cells(*snapshot, area, area.questions[0], world);
  cells.ForEach([&](const Visit& visit) {
    for (const auto& [slot, value] : visit.leaf.facts) {
      if (slot == area.leader_standing) standings.insert(value);
    }
  });
  EXPECT_THAT(standings,
              ElementsAre(int{decision::v1::LEADER_STANDING_NONE},
                          int{decision::v1::LEADER_STANDING_APPROVED},
                          int{decision::v1::LEADER_STANDING_REJECTED}));
}

// Of the documents that are spared or ordered, and of no other.
TEST(SafeguardsProofTest, TheDayOfATariffAndTheDayBeforeAreGoneThrough) {
  const SmallWorld world;
  const auto snapshot = Build({});
  const catalog::Area& area = *snapshot->FindArea("area");
  std::set<std::string> firsts;
  std::set<std::string> savings;
  QuestionCells cells(*snapshot, area, area.questions[0], world);
  cells.ForEach([&](const Visit& visit) {
    firsts.insert(
        civil_time::FormatDate(civil_time::Date::FromDays(visit.day.first)));
    savings.insert(
        ExpectedSaving(*snapshot, "LAE265", {"LAE125"}, visit.day.on));
  });
  EXPECT_THAT(firsts, ElementsAre("2018-01-01", "2018-02-01", "2018-07-01",
                                  "2019-04-01"));
  EXPECT_THAT(savings, ElementsAre("LAE265 1544 - LAE125 397 = 1147",
                                   "LAE265 1544 - LAE125 ? = ?",
                                   "LAE265 1725 - LAE125 397 = 1328"));
}

TEST(SafeguardsProofTest, AnActionThatIsSaidIsALeafOfItsOwn) {
  const SmallWorld world;
  const auto snapshot = Build({});
  const catalog::Area& area = *snapshot->FindArea("area");
  std::set<size_t> said;
  QuestionCells cells(*snapshot, area, area.questions[0], world);
  cells.ForEach([&](const Visit& visit) {
    const Leaf& leaf = visit.leaf;
    if (leaf.rule->id != "E/L2") return;
    if (leaf.gate == decision::v1::GATE_UNSPECIFIED) {
      said.insert(leaf.actions.size());
    } else {
      EXPECT_THAT(leaf.actions, IsEmpty());
    }
  });
  EXPECT_THAT(said, ElementsAre(0, 1));
}

TEST(SafeguardsProofTest, ARestatementThatClosesNoCaseIsFound) {
  EXPECT_THAT(
      Faults({{"fact: \"on\" to: \"2018-06-30\"",
               "fact: \"on\" to: \"2017-12-31\""}}),
      ElementsAre("row E/L6 restates a gate that closes to none of its cases"));
  EXPECT_THAT(
      Faults({{"gate: GATE_EXPERIMENT_NOT_STARTED\n"
               "      when { fact: \"rehabilitation.case_type\" in: "
               "\"REHABILITATION_CASE_TYPE_JOB_CLARIFICATION\" }",
               "gate: GATE_EXPERIMENT_NOT_STARTED\n"
               "      when { fact: \"rehabilitation.case_type\" in: "
               "\"REHABILITATION_CASE_TYPE_SICKNESS_CATEGORY_3\" }"},
              {"fact: \"on\" to: \"2018-06-30\"",
               "fact: \"on\" to: \"2019-12-31\""}}),
      ElementsAre("row E/R1 restates a gate that closes to none of its cases"));
}

TEST(SafeguardsProofTest, ARestatementOfAFactThatMayBeUnknownIsFound) {
  EXPECT_THAT(
      Faults({{"fact: \"rehabilitation.case_type\" in: "
               "\"REHABILITATION_CASE_TYPE_SICKNESS_CATEGORY_3\"",
               "fact: \"lae105_would_help\" is: true"}}),
      Contains(HasSubstr("\"lae105_would_help\" left unset turns the answer")));
}

TEST(SafeguardsProofTest, ALeaderWhomTheRowsAskThemselvesIsFound) {
  EXPECT_THAT(
      Faults({{"spares: \"LAE265\"",
               "spares: \"LAE265\" when { fact: \"leader_standing\" in: "
               "\"LEADER_STANDING_APPROVED\" }"}}),
      ElementsAre("row E/L4 restates a gate that closes to none of its cases",
                  "E o needs a leader's review in area/lae265, and no case is "
                  "asked for it"));
}

TEST(SafeguardsProofTest, AnAssessmentThatTheRowsAskThemselvesIsFound) {
  EXPECT_THAT(
      Faults({{"spares: \"LAE265\"",
               "spares: \"LAE265\" when { fact: \"assessment_recorded\" is: "
               "true }"}}),
      ElementsAre("E o needs an assessment in area/lae265, and no case is "
                  "asked for it"));
}

TEST(SafeguardsProofTest, ARowIsReachedIfItAnswersInAnyOrder) {
  EXPECT_THAT(Faults({{"MORE_ROWS", kBehind}}),
              ElementsAre(HasSubstr("row E/L7 is unreachable")));
  EXPECT_THAT(Faults({{"MORE_ROWS", kBehind},
                      {"ORDER cite", absl::StrCat(kOrder, "cite")}}),
              IsEmpty());
}

}  // namespace
}  // namespace frikommune::proof
