#include "core/decision/decide.h"

#include "core/civil_time/date.h"
#include "core/decision/allowed_days.h"
#include "frikommune/scheduling/v1/contact_course.pb.h"
#include "gmock/gmock.h"

namespace frikommune::decision {
namespace {

using catalog::Facts;
using catalog::kNone;
using catalog::kUnknown;
using catalog::Value;

Value Day(const char* text) { return civil_time::ParseDate(text)->days(); }

// A small network: one duty, "by day 41, and at once if the citizen works
// less than 10 hours"; one experiment that gives until day 55, after an
// assessment.
constexpr char kNetwork[] = R"(
  sources { id: "s" title: "A source" }
  supported_days { from: "2016-01-01" to: "2022-12-31" }
  regimes { regime: REGIME_PRE_2020 from: "2016-01-01" cite { source: "s" } }
  regimes { regime: REGIME_POST_2020 from: "2020-01-01" cite { source: "s" } }
  municipalities { code: 1 cite { source: "s" } }
  municipalities { code: 2 cite { source: "s" } }
  municipalities { code: 3 cite { source: "s" } }
  municipalities { code: 4 cite { source: "s" } }
  municipalities { code: 5 cite { source: "s" } }
  municipalities { code: 6 cite { source: "s" } }
)";

constexpr char kLaw[] = R"(
  id: "area/duty"
  target_groups: TARGET_GROUP_INSURED_UNEMPLOYED
  target_groups: TARGET_GROUP_SICKNESS_BENEFIT
  versions {
    from: "2016-01-01"
    rows {
      id: "unless" outcome: OUTCOME_NOT_REQUIRED_BY_LAW
      when { fact: "weekly_ordinary_hours" at_least: 37 }
      because { da: "d" en: "e" } cite { source: "s" }
    }
    windows { id: "D" latest: "start + 41d" because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
  versions {
    from: "2022-01-01"
    rows { id: "gone" outcome: OUTCOME_LAW_NOT_ON_FILE because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

constexpr char kExperiment[] = R"(
  id: "E" slug: "e" cite { source: "s" } status: EXPERIMENT_STATUS_STARTED rules: RULES_ON_FILE_YES
  options { id: "o" legal_start: "2018-01-01" last_day: "2021-06-30" cite { source: "s" } }
  participations { municipality: 1 standing: STANDING_PARTICIPATES status: PARTICIPATION_STATUS_CONFIRMED
    provenance: PROVENANCE_RECORD operational_start: "2018-10-01"
    target_groups: TARGET_GROUP_INSURED_UNEMPLOYED cite { source: "s" } }
  participations { municipality: 2 standing: STANDING_DOES_NOT_PARTICIPATE status: PARTICIPATION_STATUS_CONFIRMED
    provenance: PROVENANCE_RECORD cite { source: "s" } }
  participations { municipality: 3 standing: STANDING_PARTICIPATES status: PARTICIPATION_STATUS_REPORTED
    provenance: PROVENANCE_EXTERNAL cite { source: "s" } }
  participations { municipality: 4 standing: STANDING_PARTICIPATES status: PARTICIPATION_STATUS_DISPUTED
    provenance: PROVENANCE_RECORD cite { source: "s" } }
  participations { municipality: 5 standing: STANDING_APPROVED_NOT_STARTED status: PARTICIPATION_STATUS_CONFIRMED
    provenance: PROVENANCE_RECORD cite { source: "s" } }
  participations { municipality: 6 standing: STANDING_UNKNOWN status: PARTICIPATION_STATUS_UNKNOWN
    provenance: PROVENANCE_NONE cite { source: "s" } }
  dispensations {
    provision: "area/duty" option: "o" needs_assessment: true
    windows { id: "X" when { fact: "seasonal" is: true } earliest: "start + 42d" latest: "start + 55d"
      because { da: "d" en: "e" } cite { source: "s" } }
    after_end { id: "after" outcome: OUTCOME_CONTACT_ALERT deadline: "experiment.last_day + 1d"
      because { da: "d" en: "e" } cite { source: "s" } }
    beside { id: "B" as_ordinary_law: true when { fact: "wants_personal_attendance" is: true }
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

std::shared_ptr<const catalog::Snapshot> Build() {
  std::vector<catalog::Problem> problems;
  catalog::Catalog parsed = catalog::ParseCatalog(
      {{"network/network.textproto", kNetwork},
       {"law/area/duty.textproto", kLaw},
       {"experiments/e/experiment.textproto", kExperiment}},
      problems);
  catalog::Vocabulary words;
  words.AddMessage("", scheduling::v1::ContactCourse::descriptor());
  words.AddMessage("", scheduling::v1::DerivedFacts::descriptor());
  auto snapshot =
      catalog::Snapshot::Build(std::move(parsed), {{"area", words}}, problems);
  EXPECT_TRUE(snapshot != nullptr) << catalog::ToStatus(problems);
  return snapshot;
}

class DecideTest : public testing::Test {
 protected:
  DecideTest()
      : snapshot_(Build()),
        area_(*snapshot_->FindArea("area")),
        question_(*area_.Find("area/duty")),
        facts_(area_.layout) {
    Set("target_group", v1::TARGET_GROUP_INSURED_UNEMPLOYED);
    Set("weekly_ordinary_hours", 0);
    Set("seasonal", 1);
    Set("date_set", 1);
    Set("assessment_recorded", 1);
  }

  void Set(const char* fact, Value value) {
    facts_.Set(area_.layout.vocabulary().Find(fact)->slot, value);
  }

  // Decides for the municipality of that code, `days` after the start.
  Answer On(const char* start, int days, int municipality = 1) {
    Set("start", Day(start));
    Set("on", Day(start) + days);
    return Decide(area_, question_, snapshot_->MunicipalityIndex(municipality),
                  facts_);
  }

  std::shared_ptr<const catalog::Snapshot> snapshot_;
  const catalog::Area& area_;
  const catalog::Question& question_;
  Facts facts_;
};

TEST_F(DecideTest, OrdinaryLawSpeaksFirst) {
  const Answer answer = On("2019-01-07", 41);
  EXPECT_EQ(answer.outcome, v1::OUTCOME_ALLOWED_BY_LAW);
  EXPECT_EQ(answer.gate, v1::GATE_UNSPECIFIED);
  EXPECT_EQ(answer.dispensation, nullptr);
  EXPECT_FALSE(answer.counts_as_use);
}

TEST_F(DecideTest, TheExperimentAddsItsDaysAndNoMore) {
  const Answer first = On("2019-01-07", 42);
  EXPECT_EQ(first.outcome, v1::OUTCOME_ALLOWED_BY_EXPERIMENT);
  EXPECT_EQ(first.ordinary_outcome, v1::OUTCOME_LATE);
  EXPECT_EQ(first.rule->id, "E/X");
  EXPECT_EQ(first.ordinary_rule->id, "law/D");
  EXPECT_TRUE(first.counts_as_use);
  EXPECT_EQ(On("2019-01-07", 55).outcome, v1::OUTCOME_ALLOWED_BY_EXPERIMENT);
  const Answer after = On("2019-01-07", 56);
  EXPECT_EQ(after.outcome, v1::OUTCOME_LATE);
  EXPECT_FALSE(after.counts_as_use);
}

// Each gate, and both sides of each day.
TEST_F(DecideTest, EachGateClosesAndOrdinaryLawStands) {
  const auto gate = [this](const char* start, int days, int municipality) {
    const Answer answer = On(start, days, municipality);
    if (answer.gate != v1::GATE_EXPERIMENT_ENDED) {
      EXPECT_EQ(answer.outcome, v1::OUTCOME_LATE);
    }
    EXPECT_EQ(answer.ordinary_outcome, v1::OUTCOME_LATE);
    EXPECT_FALSE(answer.counts_as_use);
    return answer.gate;
  };
  EXPECT_EQ(gate("2019-01-07", 42, 2), v1::GATE_NOT_PARTICIPATING);
  EXPECT_EQ(gate("2019-01-07", 42, 3), v1::GATE_PARTICIPATION_UNKNOWN);
  EXPECT_EQ(gate("2019-01-07", 42, 4), v1::GATE_PARTICIPATION_DISPUTED);
  EXPECT_EQ(gate("2019-01-07", 42, 5), v1::GATE_EXPERIMENT_NOT_STARTED);
  EXPECT_EQ(gate("2019-01-07", 42, 6), v1::GATE_PARTICIPATION_UNKNOWN);
  // The day before the operational start; it counts over the legal one.
  EXPECT_EQ(gate("2018-08-19", 42, 1), v1::GATE_EXPERIMENT_NOT_STARTED);
  EXPECT_EQ(On("2018-08-20", 42).outcome, v1::OUTCOME_ALLOWED_BY_EXPERIMENT);
  // The last day, and the day after.
  EXPECT_EQ(On("2021-05-19", 42).outcome, v1::OUTCOME_ALLOWED_BY_EXPERIMENT);
  EXPECT_EQ(gate("2021-05-20", 42, 1), v1::GATE_EXPERIMENT_ENDED);
}

TEST_F(DecideTest, AfterTheEndItsOwnRowsAnswerForThoseThatTookPart) {
  const Answer answer = On("2021-05-20", 42);
  EXPECT_EQ(answer.outcome, v1::OUTCOME_CONTACT_ALERT);
  EXPECT_EQ(answer.deadline, Day("2021-07-01"));
  EXPECT_EQ(answer.gate, v1::GATE_EXPERIMENT_ENDED);
  EXPECT_EQ(On("2021-05-20", 42, 2).outcome, v1::OUTCOME_LATE);
}

TEST_F(DecideTest, AGroupWithoutTheDutyIsNotApplicableEverywhere) {
  Set("target_group", v1::TARGET_GROUP_REVALIDATION);
  for (const int municipality : {1, 2, 3}) {
    const Answer answer = On("2019-01-07", 42, municipality);
    EXPECT_EQ(answer.outcome, v1::OUTCOME_NOT_APPLICABLE);
    EXPECT_EQ(answer.ordinary_outcome, v1::OUTCOME_NOT_APPLICABLE);
    EXPECT_EQ(answer.gate, v1::GATE_NOT_IN_TARGET_GROUP);
  }
}

TEST_F(DecideTest, AGroupOutsideTheMunicipalitysScopeKeepsOrdinaryLaw) {
  Set("target_group", v1::TARGET_GROUP_SICKNESS_BENEFIT);
  const Answer answer = On("2019-01-07", 42);
  EXPECT_EQ(answer.outcome, v1::OUTCOME_LATE);
  EXPECT_EQ(answer.gate, v1::GATE_NOT_IN_TARGET_GROUP);
}

TEST_F(DecideTest, AMissingFactOfOrdinaryLawIsAskedOfEverybody) {
  Set("weekly_ordinary_hours", kUnknown);
  for (const int municipality : {1, 2}) {
    const Answer answer = On("2019-01-07", 42, municipality);
    EXPECT_EQ(answer.outcome, v1::OUTCOME_INSUFFICIENT_FACTS);
    EXPECT_EQ(answer.gate, v1::GATE_INSUFFICIENT_FACTS);
    EXPECT_EQ(answer.rule->id, "law/unless");
  }
}

TEST_F(DecideTest, AMissingFactOfTheExperimentIsAskedOnlyOfThoseItApplies) {
  Set("seasonal", kUnknown);
  const Answer here = On("2019-01-07", 42);
  EXPECT_EQ(here.outcome, v1::OUTCOME_INSUFFICIENT_FACTS);
  EXPECT_EQ(here.ordinary_outcome, v1::OUTCOME_LATE);
  EXPECT_EQ(On("2019-01-07", 42, 2).outcome, v1::OUTCOME_LATE);
  // A row that is out for another reason asks nothing.
  EXPECT_EQ(On("2019-01-07", 56).outcome, v1::OUTCOME_LATE);
}

TEST_F(DecideTest, ReliefWaitsForTheAssessmentAndLawHoldsMeanwhile) {
  Set("assessment_recorded", 0);
  const Answer answer = On("2019-01-07", 42);
  EXPECT_EQ(answer.outcome, v1::OUTCOME_NEEDS_ASSESSMENT);
  EXPECT_EQ(answer.gate, v1::GATE_NEEDS_ASSESSMENT);
  EXPECT_EQ(answer.ordinary_outcome, v1::OUTCOME_LATE);
  EXPECT_FALSE(answer.counts_as_use);
  // What is no relief waits for nobody.
  EXPECT_EQ(On("2019-01-07", 56).outcome, v1::OUTCOME_LATE);
}

TEST_F(DecideTest, WhatIsSaidBesideChangesNoOutcome) {
  Set("wants_personal_attendance", 1);
  EXPECT_EQ(On("2019-01-07", 10).beside, 1);
  EXPECT_EQ(On("2019-01-07", 10).outcome, v1::OUTCOME_ALLOWED_BY_LAW);
  EXPECT_EQ(On("2019-01-07", 10, 2).beside, 0);
  Set("wants_personal_attendance", kUnknown);
  EXPECT_EQ(On("2019-01-07", 10).beside, 0);
}

TEST_F(DecideTest, WhereTheLawIsNotOnFileNothingIsGuessed) {
  EXPECT_EQ(On("2021-11-21", 41).outcome, v1::OUTCOME_LAW_NOT_ON_FILE);
  EXPECT_EQ(On("2022-12-31", 0).outcome, v1::OUTCOME_LAW_NOT_ON_FILE);
  const Answer outside = On("2023-01-01", 0);
  EXPECT_EQ(outside.outcome, v1::OUTCOME_LAW_NOT_ON_FILE);
  EXPECT_EQ(outside.ordinary_rule, nullptr);
  EXPECT_EQ(On("2015-12-31", 0).outcome, v1::OUTCOME_LAW_NOT_ON_FILE);
}

TEST_F(DecideTest, TheRegimeIsThatOfTheDay) {
  EXPECT_EQ(On("2019-12-31", 0).regime, v1::REGIME_PRE_2020);
  EXPECT_EQ(On("2020-01-01", 0).regime, v1::REGIME_POST_2020);
}

// Domain 6.1 no. 14: each day is judged by its own law and gate.
TEST_F(DecideTest, AllowedDaysEndWithTheExperiment) {
  Set("start", Day("2021-05-10"));
  AllowedDays days;
  FindAllowedDays(area_, question_, snapshot_->MunicipalityIndex(1),
                  Day("2021-05-10"), Day("2022-12-31"), facts_, days);
  // Day 41 is 20 June; day 55 would be 4 July, but the option ends on 30 June.
  ASSERT_EQ(days.here.size(), 2);
  EXPECT_EQ(days.here[0].last, Day("2021-06-20"));
  EXPECT_EQ(days.here[1].first, Day("2021-06-21"));
  EXPECT_EQ(days.here[1].last, Day("2021-06-30"));
  EXPECT_EQ(LastDay(days.ordinary_law), Day("2021-06-20"));
  EXPECT_EQ(LastDay({}), kNone);
}

}  // namespace
}  // namespace frikommune::decision
