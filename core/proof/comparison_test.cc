#include "core/proof/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "core/areas/areas.h"
#include "core/civil_time/date.h"

namespace frikommune::proof {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kNetwork[] = R"(
  municipalities { code: 810 slug: "a" name: "A" cvr: "1" cite { source: "s" } }
  supported_days { from: "2019-01-01" to: "2019-12-31" }
  regimes { regime: REGIME_PRE_2020 from: "2016-01-01" cite { source: "s" } }
  sources { id: "s" title: "A source" }
  tariffs { document: "LAE265" from: "2013-07-01" kroner: 1544 doctor_minutes: 60 cite { source: "s" } }
  tariffs { document: "LAE265" from: "2019-04-01" kroner: 1725 cite { source: "s" } }
  tariffs { document: "LAE125" from: "2013-07-01" kroner: 397 cite { source: "s" } }
)";

constexpr char kLaw[] = R"(
  id: "scheduling/call"
  title { da: "x" en: "x" } question { da: "x" en: "x" }
  asked { meeting_kinds: "MEETING_KIND_UNSOLICITED_CALL" }
  versions {
    from: "2016-01-01"
    rows { id: "L" outcome: OUTCOME_DENY because { da: "x" en: "x" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

constexpr char kExperiment[] = R"(
  id: "E01" slug: "x" status: EXPERIMENT_STATUS_STARTED rules: RULES_ON_FILE_YES
  options { id: "o" legal_start: "2019-01-01" last_day: "2019-12-31" cite { source: "s" } }
  participations {
    municipality: 810 standing: STANDING_PARTICIPATES
    status: PARTICIPATION_STATUS_CONFIRMED provenance: PROVENANCE_RECORD cite { source: "s" }
  }
  dispensations {
    provision: "scheduling/call" option: "o"
    rows {
      id: "U" outcome: OUTCOME_ALLOWED_BY_EXPERIMENT spares: "LAE265"
      actions { code: "ORDER" document: "LAE125" }
      because { da: "x" en: "x" } cite { source: "s" }
    }
    cite { source: "s" }
  }
  cite { source: "s" }
)";

using Edit = std::pair<absl::string_view, absl::string_view>;

std::shared_ptr<const catalog::Snapshot> Build(const std::vector<Edit>& edits) {
  const auto edit = [&edits](const char* text) {
    return absl::StrReplaceAll(text, edits);
  };
  std::vector<catalog::Problem> problems;
  auto parsed = catalog::ParseCatalog(
      {{"experiments/x/experiment.textproto", edit(kExperiment)},
       {"law/scheduling/call.textproto", kLaw},
       {"network/network.textproto", edit(kNetwork)}},
      problems);
  auto snapshot =
      catalog::Snapshot::Build(std::move(parsed), areas::AllAreas(), problems);
  EXPECT_EQ(catalog::ToStatus(problems).message(), "");
  return snapshot;
}

// What an edit changes: the days, and what is answered differently on them.
std::vector<std::string> Changes(const std::vector<Edit>& edits) {
  const auto day = [](catalog::Value value) {
    return civil_time::FormatDate(civil_time::Date::FromDays(value));
  };
  std::vector<std::string> lines;
  for (const Change& change : Compare(*Build({}), *Build(edits)).changes) {
    std::string days;
    for (const auto& [first, last] : change.days.at(810))
      absl::StrAppend(&days, day(first), " to ", day(last), ": ");
    lines.push_back(absl::StrCat(days, absl::StrJoin(change.what, "; ")));
  }
  return lines;
}

TEST(ComparisonTest, TheSameIsNoChange) { EXPECT_THAT(Changes({}), IsEmpty()); }

TEST(ComparisonTest, AnotherTariffIsAChangeOnItsDays) {
  EXPECT_THAT(Changes({{"1725", "1726"}}),
              ElementsAre("2019-04-01 to 2019-12-31: "
                          "saving: LAE265 1725 - LAE125 397 = 1328 -> "
                          "LAE265 1726 - LAE125 397 = 1329"));
  EXPECT_THAT(Changes({{"2019-04-01", "2019-04-02"}}),
              ElementsAre(testing::StartsWith(
                  "2019-04-01 to 2019-04-01: saving: LAE265 1725")));
}

TEST(ComparisonTest, AnActionThatIsNotAlwaysSaidIsAChangeWhereItIsNot) {
  EXPECT_THAT(
      Changes({{"code: \"ORDER\" document: \"LAE125\"",
                "code: \"ORDER\" document: \"LAE125\" when { fact: "
                "\"meeting.journalled\" is: "
                "true }"}}),
      ElementsAre(
          testing::StartsWith("2019-01-01 to 2019-03-31: actions: ORDER -> "
                              "none; saving: LAE265 "
                              "1544 - LAE125 397 = 1147, 60 min. -> LAE265 "
                              "1544 = 1544, 60 min."),
          testing::StartsWith(
              "2019-04-01 to 2019-12-31: actions: ORDER -> none; saving: "
              "LAE265 "
              "1725 - LAE125 397 = 1328 -> LAE265 1725 = 1725")));
}

TEST(ComparisonTest, ARestatementIsAChangeForItsCases) {
  const auto changes = Changes(
      {{"rows {\n      id: \"U\"",
        "restatements { id: \"R\" gate: GATE_NOT_IN_TARGET_GROUP when { fact: "
        "\"on\" to: \"2019-03-31\" } because { da: \"x\" en: \"x\" } cite { "
        "source: \"s\" } }\n    rows {\n      id: \"U\""}});
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_THAT(changes[0],
              testing::AllOf(
                  testing::StartsWith("2019-01-01 to 2019-03-31: outcome: "
                                      "ALLOWED_BY_EXPERIMENT -> DENY"),
                  testing::HasSubstr("gate: none -> NOT_IN_TARGET_GROUP"),
                  testing::HasSubstr(
                      "rows: E01/U -> gate/NOT_IN_TARGET_GROUP E01/R law/L")));
}

TEST(ComparisonTest, ARowThatSaysWhatIsMissingIsAChange) {
  const auto changes = Changes(
      {{"rows {\n      id: \"U\"",
        "rows { id: \"M\" outcome: OUTCOME_INSUFFICIENT_FACTS missing: "
        "\"seasonal\" when { fact: \"meeting.journalled\" is: false } because "
        "{ da: \"x\" en: \"x\" } cite { source: \"s\" } }\n    rows {\n      "
        "id: \"U\""}});
  ASSERT_FALSE(changes.empty());
  EXPECT_THAT(changes[0],
              testing::AllOf(testing::HasSubstr("gate: none -> INSUFFICIENT"),
                             testing::HasSubstr("missing: none -> seasonal")));
}

}  // namespace
}  // namespace frikommune::proof
