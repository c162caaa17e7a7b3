// The gates that rows restate, the leader's gate, what a row itself misses, the
// orders of municipalities and the saving, in an area without target groups.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/civil_time/date.h"
#include "core/decision/decide.h"
#include "core/decision/render.h"
#include "core/decision/saving.h"
#include "frikommune/certificates/v1/case.pb.h"
#include "gmock/gmock.h"

namespace frikommune::decision {
namespace {

using catalog::Facts;
using catalog::kUnknown;
using catalog::Value;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kNetwork[] = R"(
  sources { id: "s" title: "A source" }
  supported_days { from: "2016-01-01" to: "2022-12-31" }
  regimes { regime: REGIME_PRE_2020 from: "2016-01-01" cite { source: "s" } }
  municipalities { code: 1 cite { source: "s" } }
  municipalities { code: 2 cite { source: "s" } }
  municipalities { code: 3 cite { source: "s" } }
  tariffs { document: "LAE265" from: "2018-06-01" kroner: 1544 doctor_minutes: 60
    provenance { da: "d" en: "the table" } cite { source: "s" pinpoint: "p" } }
  tariffs { document: "LAE265" from: "2019-04-01" kroner: 1725 doctor_minutes: 60
    provenance { da: "d" en: "the note" } cite { source: "s" } confidence: CONFIDENCE_TO_VERIFY }
  tariffs { document: "LAE125" from: "2019-01-01" kroner: 397
    provenance { da: "d" en: "the table" } cite { source: "s" } }
  tariffs { document: "LAE105" from: "2013-07-01" kroner: 0
    provenance { da: "d" en: "the table" } cite { source: "s" } }
)";

constexpr char kLaw[] = R"(
  id: "area/lae265"
  versions {
    from: "2016-01-01"
    rows { id: "there" outcome: OUTCOME_ALREADY_OBTAINED when { fact: "lae265_received" is: true }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "duty" outcome: OUTCOME_OBTAIN_LAE265 deadline: "on + 28d"
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

// The second municipality reads the leader's row before the others.
constexpr char kExperiment[] = R"(
  id: "E" slug: "e" cite { source: "s" } status: EXPERIMENT_STATUS_STARTED rules: RULES_ON_FILE_YES
  options { id: "o" legal_start: "2018-01-01" last_day: "2021-12-31" cite { source: "s" } }
  participations { municipality: 1 standing: STANDING_PARTICIPATES status: PARTICIPATION_STATUS_CONFIRMED
    provenance: PROVENANCE_RECORD cite { source: "s" } }
  participations { municipality: 2 standing: STANDING_PARTICIPATES status: PARTICIPATION_STATUS_CONFIRMED
    provenance: PROVENANCE_RECORD last_day: "2019-12-31" cite { source: "s" }
    row_orders { provision: "area/lae265" option: "o" rows: ["L5", "L1", "L3", "L8"] cite { source: "s" } } }
  participations { municipality: 2 standing: STANDING_PARTICIPATES status: PARTICIPATION_STATUS_CONFIRMED
    provenance: PROVENANCE_RECORD legal_start: "2020-01-01" cite { source: "s" } }
  participations { municipality: 3 standing: STANDING_DOES_NOT_PARTICIPATE status: PARTICIPATION_STATUS_CONFIRMED
    provenance: PROVENANCE_RECORD cite { source: "s" } }
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
    rows { id: "L8" outcome: OUTCOME_WAIVE_LAE265 spares: "LAE265"
      actions { code: "ORDER_LAE125" document: "LAE125" when { fact: "lae125_would_help" is: true } }
      actions { code: "ORDER_LAE105" document: "LAE105" when { fact: "lae105_would_help" is: true } }
      flags { code: "FLAG" }
      because { da: "d" en: "e" } cite { source: "s" } }
    beside { id: "B" as_ordinary_law: true
      because { da: "d" en: "e" } cite { source: "s" } }
    restatements { id: "G" gate: GATE_NOT_IN_TARGET_GROUP
      when { fact: "rehabilitation.case_type" in: ["REHABILITATION_CASE_TYPE_SICKNESS_CATEGORY_3",
             "REHABILITATION_CASE_TYPE_JOB_CLARIFICATION"] }
      when { fact: "on" to: "2018-06-30" }
      because { da: "d" en: "e" } cite { source: "s" } }
    restatements { id: "L4" gate: GATE_NEEDS_LEADER_REVIEW
      because { da: "d" en: "the leader" } cite { source: "s" } }
    restatements { id: "L6" gate: GATE_EXPERIMENT_NOT_STARTED
      when { fact: "rehabilitation.case_type" in: "REHABILITATION_CASE_TYPE_JOB_CLARIFICATION" }
      when { fact: "on" to: "2018-06-30" }
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

catalog::Vocabulary Words() {
  catalog::Vocabulary words;
  words.AddMessage("", v1::SafeguardFacts::descriptor());
  words.AddMessage("", certificates::v1::DerivedFacts::descriptor());
  words.AddMessage("rehabilitation",
                   certificates::v1::RehabilitationCase::descriptor());
  words.AskAs("health_document_count", {"rehabilitation.documents"});
  return words;
}

using Edits = std::vector<std::pair<absl::string_view, absl::string_view>>;

// The catalog, with texts of the experiment replaced; null, with what is
// wrong, if it does not load.
std::shared_ptr<const catalog::Snapshot> Build(
    const Edits& edits, std::vector<std::string>& problems) {
  std::vector<catalog::Problem> found;
  const std::string experiment = absl::StrReplaceAll(kExperiment, edits);
  EXPECT_EQ(edits.empty(), experiment == kExperiment);
  catalog::Catalog parsed = catalog::ParseCatalog(
      {{"network/network.textproto", kNetwork},
       {"law/area/lae265.textproto", kLaw},
       {"experiments/e/experiment.textproto", experiment}},
      found);
  auto snapshot =
      catalog::Snapshot::Build(std::move(parsed), {{"area", Words()}}, found);
  for (const auto& problem : found) problems.push_back(problem.message);
  return snapshot;
}

class SafeguardsTest : public testing::Test {
 protected:
  SafeguardsTest() : snapshot_(Load()), facts_(area().layout) {
    Set("rehabilitation.case_type",
        certificates::v1::REHABILITATION_CASE_TYPE_FLEXJOB);
    Set("rehabilitation.sufficiency", certificates::v1::SUFFICIENCY_YES);
    Set("lae265_received", 0);
    Set("health_document_count", 1);
    Set("lae125_would_help", 0);
    Set("lae105_would_help", 0);
    Set("assessment_recorded", 1);
    Set("leader_standing", v1::LEADER_STANDING_APPROVED);
  }

  static std::shared_ptr<const catalog::Snapshot> Load() {
    std::vector<std::string> problems;
    auto snapshot = Build({}, problems);
    EXPECT_THAT(problems, IsEmpty());
    return snapshot;
  }

  const catalog::Area& area() const { return *snapshot_->FindArea("area"); }

  void Set(const char* fact, Value value) {
    facts_.Set(area().layout.vocabulary().Find(fact)->slot, value);
  }

  Answer On(const char* day, int municipality = 1) {
    Set("on", civil_time::ParseDate(day)->days());
    return Decide(area(), *area().Find("area/lae265"),
                  snapshot_->MunicipalityIndex(municipality), facts_);
  }

  v1::Decision Say(const char* day, int municipality = 1,
                   v1::View view = v1::VIEW_BASIC) {
    const Answer answer = On(day, municipality);
    v1::Decision decision;
    Render(*snapshot_, area(), answer, view, facts_, decision);
    return decision;
  }

  static std::vector<std::string> Rows(const v1::Decision& decision) {
    std::vector<std::string> rows;
    for (const auto& reason : decision.reasons()) rows.push_back(reason.row());
    return rows;
  }

  const std::shared_ptr<const catalog::Snapshot> snapshot_;
  Facts facts_;
};

TEST_F(SafeguardsTest, WhereTheAreaHasNoGroupsTheGroupDoesNotMatter) {
  const Answer here = On("2019-03-01");
  EXPECT_EQ(here.outcome, v1::OUTCOME_WAIVE_LAE265);
  EXPECT_EQ(here.gate, v1::GATE_UNSPECIFIED);
  EXPECT_TRUE(here.counts_as_use);
  EXPECT_EQ(On("2019-03-01", 3).gate, v1::GATE_NOT_PARTICIPATING);
  EXPECT_EQ(
      OpenOption(area(), *area().Find("area/lae265"), 0, facts_)->option->id(),
      "o");
}

TEST_F(SafeguardsTest, ReliefWaitsForTheLeaderAndLawHoldsMeanwhile) {
  Set("lae105_would_help", 1);
  Set("leader_standing", v1::LEADER_STANDING_NONE);
  const v1::Decision decision = Say("2019-03-01");
  EXPECT_EQ(decision.outcome(), v1::OUTCOME_NEEDS_LEADER_REVIEW);
  EXPECT_EQ(decision.gate(), v1::GATE_NEEDS_LEADER_REVIEW);
  EXPECT_EQ(decision.ordinary_law_outcome(), v1::OUTCOME_OBTAIN_LAE265);
  EXPECT_EQ(decision.deadline(), "2019-03-29");
  EXPECT_FALSE(decision.counts_as_experiment_use());
  EXPECT_FALSE(decision.has_saving());
  // What the permission would ask for waits with it.
  EXPECT_EQ(decision.required_actions_size(), 0);
  EXPECT_THAT(decision.flags(), ElementsAre("FLAG"));
  Set("leader_standing", v1::LEADER_STANDING_APPROVED);
  EXPECT_EQ(Say("2019-03-01").outcome(), v1::OUTCOME_WAIVE_LAE265);
  EXPECT_EQ(Say("2019-03-01").required_actions_size(), 1);
}

TEST_F(SafeguardsTest, TheAssessmentIsAskedForBeforeTheLeader) {
  Set("assessment_recorded", 0);
  Set("leader_standing", v1::LEADER_STANDING_NONE);
  EXPECT_EQ(On("2019-03-01").gate, v1::GATE_NEEDS_ASSESSMENT);
  // A missing fact comes before both.
  Set("rehabilitation.sufficiency", kUnknown);
  EXPECT_EQ(On("2019-03-01").gate, v1::GATE_INSUFFICIENT_FACTS);
}

TEST_F(SafeguardsTest, ALeaderWhoRejectsIsARowAndWhatIsNoReliefWaitsForNobody) {
  Set("leader_standing", v1::LEADER_STANDING_REJECTED);
  const Answer rejected = On("2019-03-01");
  EXPECT_EQ(rejected.outcome, v1::OUTCOME_OBTAIN_LAE265);
  EXPECT_EQ(rejected.gate, v1::GATE_UNSPECIFIED);
  EXPECT_EQ(rejected.rule->id, "E/L5");
  Set("leader_standing", v1::LEADER_STANDING_NONE);
  Set("rehabilitation.sufficiency", certificates::v1::SUFFICIENCY_DOUBT);
  EXPECT_EQ(On("2019-03-01").rule->id, "E/L1");
  EXPECT_EQ(On("2019-03-01").gate, v1::GATE_UNSPECIFIED);
}

TEST_F(SafeguardsTest, AGateIsExplainedByTheRowThatRestatesIt) {
  Set("leader_standing", v1::LEADER_STANDING_NONE);
  const v1::Decision waits = Say("2019-03-01", 1, v1::VIEW_FULL);
  EXPECT_THAT(Rows(waits),
              ElementsAre("gate/NEEDS_LEADER_REVIEW", "E/L4", "E/L8", "E/B"));
  EXPECT_EQ(waits.reasons(1).text().en(), "the leader");
  // The other safeguard has no such row.
  Set("assessment_recorded", 0);
  EXPECT_THAT(Rows(Say("2019-03-01")),
              ElementsAre("gate/NEEDS_ASSESSMENT", "E/L8", "E/B"));
}

TEST_F(SafeguardsTest, ARestatementClosesItsGateToItsCases) {
  Set("rehabilitation.case_type",
      certificates::v1::REHABILITATION_CASE_TYPE_SICKNESS_CATEGORY_3);
  const v1::Decision closed = Say("2018-06-30");
  EXPECT_EQ(closed.gate(), v1::GATE_NOT_IN_TARGET_GROUP);
  EXPECT_EQ(closed.outcome(), v1::OUTCOME_OBTAIN_LAE265);
  EXPECT_EQ(closed.experiment(), "E");
  EXPECT_FALSE(closed.counts_as_experiment_use());
  EXPECT_THAT(Rows(closed),
              ElementsAre("gate/NOT_IN_TARGET_GROUP", "E/G", "law/duty"));
  EXPECT_EQ(Say("2018-07-01").outcome(), v1::OUTCOME_WAIVE_LAE265);
  // The gates before it close before it.
  EXPECT_THAT(Rows(Say("2017-12-31")),
              ElementsAre("gate/EXPERIMENT_NOT_STARTED", "law/duty"));
  EXPECT_THAT(Rows(Say("2018-06-30", 3)),
              ElementsAre("gate/NOT_PARTICIPATING", "law/duty"));
}

TEST_F(SafeguardsTest, GatesAreRestatedInTheOrderInWhichTheyAreAsked) {
  Set("rehabilitation.case_type",
      certificates::v1::REHABILITATION_CASE_TYPE_JOB_CLARIFICATION);
  EXPECT_THAT(Rows(Say("2018-06-30")),
              ElementsAre("gate/EXPERIMENT_NOT_STARTED", "E/L6", "law/duty"));
  EXPECT_EQ(Say("2018-07-01").outcome(), v1::OUTCOME_WAIVE_LAE265);
}

TEST_F(SafeguardsTest, ARestatementOfAnUnknownFactClosesNothing) {
  Set("rehabilitation.case_type", kUnknown);
  EXPECT_EQ(On("2018-06-30").gate, v1::GATE_UNSPECIFIED);
}

TEST_F(SafeguardsTest, ReliefByLawIsToldOfNoGate) {
  Set("lae265_received", 1);
  Set("rehabilitation.case_type",
      certificates::v1::REHABILITATION_CASE_TYPE_JOB_CLARIFICATION);
  const v1::Decision decision = Say("2018-06-30");
  EXPECT_EQ(decision.outcome(), v1::OUTCOME_ALREADY_OBTAINED);
  EXPECT_THAT(Rows(decision), ElementsAre("law/there"));
  EXPECT_FALSE(decision.has_saving());
}

TEST_F(SafeguardsTest, ARowMaySayWhatIsMissing) {
  Set("health_document_count", 0);
  const v1::Decision decision = Say("2019-03-01");
  EXPECT_EQ(decision.outcome(), v1::OUTCOME_INSUFFICIENT_FACTS);
  EXPECT_EQ(decision.gate(), v1::GATE_INSUFFICIENT_FACTS);
  EXPECT_THAT(decision.missing_facts(),
              ElementsAre("rehabilitation.documents"));
  EXPECT_THAT(Rows(decision),
              ElementsAre("gate/INSUFFICIENT_FACTS", "E/L3", "E/B"));
  EXPECT_EQ(decision.ordinary_law_outcome(), v1::OUTCOME_OBTAIN_LAE265);
  EXPECT_EQ(decision.ordinary_law_deadline(), "2019-03-29");
  // One that turns on an unknown fact misses that.
  Set("rehabilitation.sufficiency", kUnknown);
  EXPECT_THAT(Say("2019-03-01").missing_facts(),
              ElementsAre("rehabilitation.sufficiency"));
}

TEST_F(SafeguardsTest, AnActionIsSaidWhereItsConditionsAreTrue) {
  const auto actions = [this] {
    std::vector<std::string> codes;
    const v1::Decision decision = Say("2019-03-01");
    for (const auto& action : decision.required_actions())
      codes.push_back(action.code());
    return codes;
  };
  EXPECT_THAT(actions(), IsEmpty());
  Set("lae125_would_help", kUnknown);
  EXPECT_THAT(actions(), IsEmpty());
  Set("lae105_would_help", 1);
  EXPECT_THAT(actions(), ElementsAre("ORDER_LAE105"));
  Set("lae125_would_help", 1);
  EXPECT_THAT(actions(), ElementsAre("ORDER_LAE125", "ORDER_LAE105"));
}

TEST_F(SafeguardsTest, AMunicipalityMayReadTheRowsInAnOrderOfItsOwn) {
  Set("leader_standing", v1::LEADER_STANDING_REJECTED);
  Set("rehabilitation.sufficiency", certificates::v1::SUFFICIENCY_NO);
  EXPECT_EQ(On("2019-12-31", 1).rule->id, "E/L1");
  EXPECT_EQ(On("2019-12-31", 2).rule->id, "E/L5");
  EXPECT_EQ(On("2020-01-01", 2).rule->id, "E/L1");
  EXPECT_TRUE(
      On("2019-12-31", 2)
          .dispensation->IsSameOption(*On("2019-12-31", 1).dispensation));
}

TEST_F(SafeguardsTest, TheSavingIsByTheTariffOfTheDay) {
  const v1::Saving before = Say("2019-03-31").saving();
  EXPECT_EQ(before.not_obtained().document(), "LAE265");
  EXPECT_EQ(before.not_obtained().tariff_from(), "2018-06-01");
  EXPECT_EQ(before.gross_kroner(), 1544);
  EXPECT_EQ(before.net_kroner(), 1544);
  EXPECT_EQ(before.doctor_minutes(), 60);
  EXPECT_EQ(Say("2019-04-01").saving().gross_kroner(), 1725);
  EXPECT_EQ(Say("2019-04-01").saving().not_obtained().confidence(),
            v1::CONFIDENCE_TO_VERIFY);
}

TEST_F(SafeguardsTest, WhatIsOrderedInItsPlaceIsTakenOff) {
  Set("lae125_would_help", 1);
  Set("lae105_would_help", 1);
  const v1::Saving saving = Say("2019-01-01").saving();
  ASSERT_EQ(saving.substitutes_size(), 2);
  EXPECT_EQ(saving.substitutes(0).kroner(), 397);
  EXPECT_TRUE(saving.substitutes(1).has_kroner());
  EXPECT_EQ(saving.substitutes(1).kroner(), 0);
  EXPECT_EQ(saving.gross_kroner(), 1544);
  EXPECT_EQ(saving.net_kroner(), 1147);
}

TEST_F(SafeguardsTest, AFeeThatIsNotOnFileIsNotTakenForNothing) {
  // The day before LÆ125 has a fee on file.
  Set("lae125_would_help", 1);
  const v1::Saving one = Say("2018-12-31").saving();
  EXPECT_FALSE(one.substitutes(0).has_kroner());
  EXPECT_EQ(one.substitutes(0).tariff_from(), "");
  EXPECT_EQ(one.gross_kroner(), 1544);
  EXPECT_FALSE(one.has_net_kroner());
  // The day before LÆ265 has.
  Set("lae125_would_help", 0);
  const v1::Saving none = Say("2018-05-31").saving();
  EXPECT_EQ(none.not_obtained().document(), "LAE265");
  EXPECT_FALSE(none.not_obtained().has_kroner());
  EXPECT_FALSE(none.has_gross_kroner());
  EXPECT_FALSE(none.has_net_kroner());
  EXPECT_EQ(none.doctor_minutes(), 0);
}

TEST_F(SafeguardsTest, OnlyTheFullViewSaysWhereAFeeComesFrom) {
  const v1::Fee basic = Say("2019-03-01").saving().not_obtained();
  EXPECT_FALSE(basic.has_provenance());
  EXPECT_EQ(basic.citations_size(), 0);
  const v1::Fee full =
      Say("2019-03-01", 1, v1::VIEW_FULL).saving().not_obtained();
  EXPECT_EQ(full.provenance().en(), "the table");
  ASSERT_EQ(full.citations_size(), 1);
  EXPECT_EQ(full.citations(0).title(), "A source");
  EXPECT_EQ(full.citations(0).pinpoint(), "p");
}

TEST_F(SafeguardsTest, ARegisteredSubstituteTakesThePlaceOfTheOrdered) {
  const auto saving_with = [this](const Documents& substitutes) {
    wire::MessageWriter out(64);
    WriteSaving(*snapshot_, "LAE265", substitutes,
                civil_time::ParseDate("2019-01-01")->days(), v1::VIEW_BASIC,
                out);
    v1::Saving saving;
    wire::Read(out, saving);
    return saving;
  };
  EXPECT_EQ(saving_with({"LAE125"}).net_kroner(), 1147);
  const v1::Saving saving = saving_with({});
  EXPECT_EQ(saving.net_kroner(), 1544);
  EXPECT_EQ(saving.substitutes_size(), 0);
}

// What does not load, one edit at a time.
struct Fault {
  const char* name;
  const char* text;
  const char* by;
  const char* message;
};

// clang-format off
const Fault kFaults[] = {
    {"AGroupOfAParticipation", "provenance: PROVENANCE_RECORD last_day",
     "provenance: PROVENANCE_RECORD target_groups: TARGET_GROUP_REVALIDATION last_day",
     "E o is for target groups, and the area of area/lae265 has no fact \"target_group\""},
    {"ARowOrderThatLeavesARowOut", "rows: [\"L5\", \"L1\", \"L3\", \"L8\"]", "rows: [\"L5\", \"L1\", \"L8\"]",
     "the row order of 2 in area/lae265 o leaves row L3 out"},
    {"ARowOrderWithARowTwice", "rows: [\"L5\", \"L1\", \"L3\", \"L8\"]", "rows: [\"L5\", \"L1\", \"L3\", \"L8\", \"L1\"]",
     "the row order of 2 in area/lae265 o names row L1 twice"},
    {"ARowOrderOfAnotherRow", "rows: [\"L5\", \"L1\", \"L3\", \"L8\"]", "rows: [\"L5\", \"L1\", \"L3\", \"L9\"]",
     "the row order of 2 in area/lae265 o names row L9, which is not there"},
    {"ARowOrderOfNothing", "row_orders { provision: \"area/lae265\"", "row_orders { provision: \"area/lae285\"",
     "the row order of 2 in area/lae285 o is of no dispensation of E"},
    {"ARowOrderWithoutASource", "rows: [\"L5\", \"L1\", \"L3\", \"L8\"] cite { source: \"s\" }",
     "rows: [\"L5\", \"L1\", \"L3\", \"L8\"]",
     "the RowOrder has no citation"},
    {"AnUnknownDocument", "document: \"LAE125\"", "document: \"LAE126\"",
     "\"LAE126\" is no document of the tariffs"},
    {"AnUnknownSparedDocument", "spares: \"LAE265\"", "spares: \"LÆ265\"",
     "\"LÆ265\" is no document of the tariffs"},
    {"ASavingOfNoPermission", "id: \"L1\" outcome", "id: \"L1\" spares: \"LAE265\" outcome",
     "row L1 spares a document, and is no permission of an experiment"},
    {"NothingIsMissing", "missing: \"rehabilitation.documents\"", "",
     "row L3 has to say both OUTCOME_INSUFFICIENT_FACTS and what is missing, or neither"},
    {"SomethingIsMissing", "id: \"L1\" outcome", "id: \"L1\" missing: \"lae265_received\" outcome",
     "row L1 has to say both OUTCOME_INSUFFICIENT_FACTS and what is missing, or neither"},
    {"AMissingFactThatNobodyKnows", "missing: \"rehabilitation.documents\"", "missing: \"rehabilitation.document\"",
     "row L3 misses \"rehabilitation.document\", which no caller can give"},
    {"ARowThatWaitsForTheLeaderItself", "id: \"L5\" outcome: OUTCOME_OBTAIN_LAE265",
     "id: \"L5\" outcome: OUTCOME_NEEDS_LEADER_REVIEW",
     "row L5 waits for a leader: needs_leader_review of the dispensation asks for one, and no row does"},
    {"ARestatementOfAnotherGate", "id: \"G\" gate: GATE_NOT_IN_TARGET_GROUP", "id: \"G\" gate: GATE_EXPERIMENT_ENDED",
     "row G restates no gate that a row may restate"},
    {"ARestatementWithoutACase", "when { fact: \"rehabilitation.case_type\" in: \"REHABILITATION_CASE_TYPE_JOB_CLARIFICATION\" }\n"
     "      when { fact: \"on\" to: \"2018-06-30\" }", "",
     "row L6 closes a gate, and does not say to which cases"},
    {"AnExplanationWithACase", "id: \"L4\" gate", "id: \"L4\" when { fact: \"lae265_received\" is: false } gate",
     "row L4 explains a gate, to every case that waits"},
    {"AnExplanationOfAGateThatIsNotThere", "needs_leader_review: true", "",
     "row L4 explains a gate that the option does not have"},
    {"TwoExplanations", "restatements { id: \"L4\"",
     "restatements { id: \"L9\" gate: GATE_NEEDS_LEADER_REVIEW because { da: \"d\" en: \"e\" } cite { source: \"s\" } }\n"
     "    restatements { id: \"L4\"",
     "row L4 explains a gate that another row does"},
    {"ARestatementNamedAsARow", "restatements { id: \"L4\"", "restatements { id: \"L5\"",
     "row L5 is there twice"},
    {"ARestatementWithoutAText", "because { da: \"d\" en: \"the leader\" }", "",
     "the Restatement L4 does not say why in both languages"},
};
// clang-format on

class SafeguardFaultTest : public testing::TestWithParam<Fault> {};

TEST_P(SafeguardFaultTest, IsRefused) {
  std::vector<std::string> problems;
  const auto snapshot = Build({{GetParam().text, GetParam().by}}, problems);
  EXPECT_EQ(snapshot, nullptr);
  EXPECT_THAT(problems,
              testing::Contains(testing::HasSubstr(GetParam().message)));
}

INSTANTIATE_TEST_SUITE_P(Planted, SafeguardFaultTest,
                         testing::ValuesIn(kFaults), [](const auto& fault) {
                           return std::string(fault.param.name);
                         });

// An area without the facts that its tables need.
TEST(SafeguardAreaTest, SaysWhichFactsItLacks) {
  catalog::Vocabulary words;
  words.AddMessage("rehabilitation",
                   certificates::v1::RehabilitationCase::descriptor());
  std::vector<catalog::Problem> problems;
  const std::string law = absl::StrReplaceAll(
      kLaw, {{"id: \"area/lae265\"",
              "id: \"area/lae265\" target_groups: TARGET_GROUP_REVALIDATION"},
             {"    cite { source: \"s\" }\n  }\n",
              "    windows { id: \"W\" because { da: \"d\" en: \"e\" } cite { "
              "source: \"s\" } }\n    cite { source: \"s\" }\n  }\n"}});
  catalog::Catalog parsed = catalog::ParseCatalog(
      {{"network/network.textproto", kNetwork},
       {"law/area/lae265.textproto", law},
       {"experiments/e/experiment.textproto", kExperiment}},
      problems);
  EXPECT_EQ(
      catalog::Snapshot::Build(std::move(parsed), {{"area", words}}, problems),
      nullptr);
  std::string all;
  for (const auto& problem : problems)
    absl::StrAppend(&all, problem.message, "\n");
  for (const char* lack :
       {"the area \"area\" has no fact \"on\"",
        "area/lae265 is for target groups, and its area has no fact "
        "\"target_group\"",
        "area/lae265 has windows, and its area has no fact \"date_set\"",
        "E o waits for an assessment, and the area of area/lae265 has no fact "
        "\"assessment_recorded\"",
        "E o waits for a leader, and the area of area/lae265 has no fact "
        "\"leader_standing\""}) {
    EXPECT_THAT(all, testing::HasSubstr(lack));
  }
}

}  // namespace
}  // namespace frikommune::decision
