#include "core/proof/proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/areas/areas.h"

namespace frikommune::proof {
namespace {

using catalog::Problem;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

// A network of two municipalities and one year.
constexpr char kNetwork[] = R"(
  municipalities { code: 810 slug: "a" name: "A" cvr: "1" cite { source: "s" } }
  municipalities { code: 813 slug: "b" name: "B" cvr: "2" cite { source: "s" } }
  supported_days { from: "2019-01-01" to: "2019-12-31" }
  regimes { regime: REGIME_PRE_2020 from: "2016-01-01" cite { source: "s" } }
  sources { id: "s" title: "A source" }
)";

// One experiment in which only the first takes part, for half of the year.
constexpr char kExperiment[] = R"(
  id: "E01" slug: "x" round: 1
  name { da: "x" en: "x" } purpose { da: "x" en: "x" } effect_of_2020 { da: "x" en: "x" }
  status: EXPERIMENT_STATUS_STARTED rules: RULES_ON_FILE_YES
  options {
    id: "o" name { da: "x" en: "x" } legal_start: "2019-04-01" last_day: "2019-09-30"
    cite { source: "s" }
  }
  participations {
    municipality: 810 standing: STANDING_PARTICIPATES
    status: PARTICIPATION_STATUS_CONFIRMED provenance: PROVENANCE_RECORD cite { source: "s" }
  }
  participations {
    municipality: 813 standing: STANDING_UNKNOWN
    status: PARTICIPATION_STATUS_UNKNOWN provenance: PROVENANCE_NONE cite { source: "s" }
  }
  dispensations {
    provision: "scheduling/call" option: "o"
    EXPERIMENT_ROWS
    cite { source: "s" }
  }
  cite { source: "s" }
)";

constexpr char kProvision[] = R"(
  id: "scheduling/call"
  title { da: "x" en: "x" } question { da: "x" en: "x" }
  asked { meeting_kinds: "MEETING_KIND_UNSOLICITED_CALL" }
  versions { from: "2016-01-01" LAW_ROWS cite { source: "s" } }
)";

// A row with what it says, and the texts it needs.
std::string Row(const std::string& row) {
  return absl::StrCat(
      "rows { ", row,
      " because { da: \"x\" en: \"x\" } cite { source: \"s\" } }\n");
}

std::string Window(const std::string& window) {
  return absl::StrCat(
      "windows { ", window,
      " because { da: \"x\" en: \"x\" } cite { source: \"s\" } }\n");
}

const char kDenyAll[] = "id: \"L\" outcome: OUTCOME_DENY";
const char kUseAll[] = "id: \"U\" outcome: OUTCOME_ALLOWED_BY_EXPERIMENT";

std::shared_ptr<const catalog::Snapshot> Small(const std::string& law,
                                               const std::string& experiment) {
  std::vector<Problem> problems;
  auto parsed = catalog::ParseCatalog(
      {{"experiments/x/experiment.textproto",
        absl::StrReplaceAll(kExperiment, {{"EXPERIMENT_ROWS", experiment}})},
       {"law/scheduling/call.textproto",
        absl::StrReplaceAll(kProvision, {{"LAW_ROWS", law}})},
       {"network/network.textproto", kNetwork}},
      problems);
  auto snapshot =
      catalog::Snapshot::Build(std::move(parsed), areas::AllAreas(), problems);
  EXPECT_EQ(catalog::ToStatus(problems).message(), "");
  return snapshot;
}

// What the proof finds wrong, without what it says of cases: there are none.
std::vector<Problem> Faults(const std::string& law,
                            const std::string& experiment) {
  const auto snapshot = Small(law, experiment);
  if (snapshot == nullptr) return {};
  std::vector<Problem> faults;
  for (Problem& problem : Prove(*snapshot).problems) {
    if (problem.message.find("no case fires") == std::string::npos) {
      faults.push_back(std::move(problem));
    }
  }
  return faults;
}

std::vector<std::string> Messages(const std::vector<Problem>& problems) {
  std::vector<std::string> messages;
  for (const Problem& problem : problems) messages.push_back(problem.message);
  return messages;
}

TEST(ProofTest, ATableThatAnswersEverythingIsProved) {
  EXPECT_THAT(Messages(Faults(Row(kDenyAll), Row(kUseAll))), IsEmpty());
}

TEST(ProofTest, EveryRowWantsACase) {
  const auto report = Prove(*Small(Row(kDenyAll), Row(kUseAll)));
  EXPECT_THAT(Messages(report.problems),
              ElementsAre("no case fires row law/L of scheduling/call",
                          "no case fires row E01/U of scheduling/call"));
  EXPECT_EQ(report.rows, 2);
  // One municipality has three epochs and the other one, and there are 13
  // groups.
  EXPECT_EQ(report.cells, (3 + 1) * 13u);
}

TEST(ProofTest, AGapInFactsIsFound) {
  const auto faults = Faults(Row(R"(id: "L" outcome: OUTCOME_DENY
                                 when { fact: "meeting.journalled" is: true })"),
                             Row(kUseAll));
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_THAT(faults[0].message,
              AllOf(HasSubstr("a gap: no row answers"),
                    HasSubstr("meeting.journalled is false")));
  EXPECT_EQ(faults[0].where.file, "law/scheduling/call.textproto");
  EXPECT_EQ(faults[0].where.line, 5);
  EXPECT_THAT(faults[0].counterexample,
              AllOf(HasSubstr("\"journalled\":false"),
                    HasSubstr("OUTCOME_LAW_NOT_ON_FILE")));
}

TEST(ProofTest, AGapOfOneDayIsFoundAndNamed) {
  const auto faults = Faults(Row(R"(id: "L" outcome: OUTCOME_DENY
                                    when { fact: "on" to: "2019-02-27" })") +
                                 Row(R"(id: "M" outcome: OUTCOME_DENY
                                        when { fact: "on" from: "2019-03-01" })"),
                             Row(kUseAll));
  EXPECT_THAT(Messages(faults),
              ElementsAre(HasSubstr("from 2019-02-28 to 2019-02-28")));
}

TEST(ProofTest, AGapBetweenMonthsAndDaysIsFoundThoughOnlySomeMonthsHaveIt) {
  // Two months are 59 to 62 days: only some starts leave days between.
  const auto faults = Faults(Row(R"(id: "L" outcome: OUTCOME_DENY
                                    when { fact: "on" to: "start + 59d" })") +
                                 Row(R"(id: "M" outcome: OUTCOME_DENY
                                        when { fact: "on" from: "start + 2m" })"),
                             Row(kUseAll));
  ASSERT_FALSE(faults.empty());
  EXPECT_THAT(faults[0].message, HasSubstr("a gap"));
}

TEST(ProofTest, TwoWindowsOfOneVersionMayNotBothHold) {
  const std::string windows =
      Window(
          R"(id: "W1" when { fact: "meeting.ordinal" at_most: 3 } latest: "start + 5d")") +
      Window(
          R"(id: "W2" when { fact: "meeting.ordinal" at_least: 3 } latest: "start + 9d")");
  const auto faults = Faults(windows, Row(kUseAll));
  EXPECT_THAT(Messages(faults),
              Contains(AllOf(HasSubstr("an overlap: windows law/W1 and law/W2"),
                             HasSubstr("meeting.ordinal is 3"))));
}

TEST(ProofTest, TwoWindowsOfOneOptionMayNotSayDifferentThingsOfADay) {
  const std::string windows =
      Window(R"(id: "W1" earliest: "start + 1m" latest: "start + 2m")") +
      Window(R"(id: "W2" earliest: "start + 2m" latest: "start + 3m"
                outcome: OUTCOME_OUTSIDE_PROFILE)");
  EXPECT_THAT(Messages(Faults(Row(kDenyAll), windows)),
              ElementsAre(HasSubstr("an overlap: windows E01/W1 and E01/W2")));
}

TEST(ProofTest, TwoWindowsOfOneOptionMayStandSideBySide) {
  const std::string windows =
      Window(R"(id: "W1" earliest: "start + 1m" latest: "start + 2m - 1d")") +
      Window(R"(id: "W2" earliest: "start + 2m" latest: "start + 3m"
                outcome: OUTCOME_OUTSIDE_PROFILE)");
  EXPECT_THAT(Messages(Faults(Row(kDenyAll), windows)), IsEmpty());
}

TEST(ProofTest, ARowBehindAnotherIsUnreachable) {
  const auto faults = Faults(
      Row(R"(id: "L" outcome: OUTCOME_DENY when { fact: "risk" in: "RISK_LOW" in: "RISK_HIGH" })") +
          Row(R"(id: "M" outcome: OUTCOME_LATE when { fact: "risk" in: "RISK_HIGH" })") +
          Row("id: \"N\" outcome: OUTCOME_DENY"),
      Row(kUseAll));
  EXPECT_THAT(Messages(faults),
              ElementsAre(HasSubstr("row law/M is unreachable")));
}

TEST(ProofTest, ARowOutsideItsOptionsDaysIsUnreachable) {
  const auto faults =
      Faults(Row(kDenyAll), Row(R"(id: "V" outcome: OUTCOME_OUTSIDE_PROFILE
                                   when { fact: "on" from: "2019-10-01" })") +
                                Row(kUseAll));
  EXPECT_THAT(Messages(faults),
              ElementsAre(HasSubstr("row E01/V is unreachable")));
}

TEST(ProofTest, AnOptionThatAnswersAsTheLawDoesChangesNothing) {
  const auto faults =
      Faults(Row(kDenyAll), Row("id: \"U\" outcome: OUTCOME_DENY"));
  EXPECT_THAT(
      Messages(faults),
      ElementsAre(HasSubstr("E01 o changes nothing in scheduling/call")));
}

TEST(ProofTest, AnotherDeadlineIsAChange) {
  const std::string law =
      Row(R"(id: "L" outcome: OUTCOME_DENY deadline: "start + 6m")");
  EXPECT_THAT(
      Messages(Faults(law, Row(R"(id: "U" outcome: OUTCOME_DENY permission: true
                                          deadline: "start + 30m")"))),
      IsEmpty());
  EXPECT_THAT(
      Messages(Faults(law, Row(R"(id: "U" outcome: OUTCOME_DENY permission: true
                                          deadline: "start + 6m")"))),
      ElementsAre(HasSubstr("changes nothing")));
}

TEST(ProofTest, AnUnknownFactThatClosesAnOptionUnasked) {
  const auto faults = Faults(
      Row(kDenyAll),
      absl::StrCat("covers { fact: \"seasonal\" is: true }", Row(kUseAll)));
  EXPECT_THAT(Messages(faults),
              ElementsAre(HasSubstr(
                  "\"seasonal\" left unset turns the answer from E01/U "
                  "to law/L and is not asked for")));
}

TEST(ProofTest, TwoDatesOfACaseAreRefused) {
  const auto faults = Faults(
      Row(R"(id: "L" outcome: OUTCOME_DENY when { fact: "start" from: "first_absence_day" })") +
          Row("id: \"M\" outcome: OUTCOME_DENY"),
      Row(kUseAll));
  EXPECT_THAT(
      Messages(faults),
      Contains(HasSubstr("cannot take the test start from first_absence_day")));
}

}  // namespace
}  // namespace frikommune::proof
