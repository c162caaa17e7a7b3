#include "cli/catalog/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace frikommune::cli {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kCatalog[] = FRIKOMMUNE_SOURCE_DIR "/catalog";

class DiffTest : public testing::Test {
 protected:
  DiffTest()
      : folder_(fs::path(testing::TempDir()) /
                absl::StrCat("catalog_diff_", testing::UnitTest::GetInstance()
                                                  ->current_test_info()
                                                  ->name())) {
    fs::remove_all(folder_);
    fs::copy(kCatalog, folder_, fs::copy_options::recursive);
  }
  ~DiffTest() override { fs::remove_all(folder_); }

  void Edit(const std::string& file, const std::string& text,
            const std::string& by) {
    std::ifstream in(folder_ / file);
    std::stringstream all;
    all << in.rdbuf();
    const std::string before = all.str();
    const size_t at = before.find(text);
    ASSERT_NE(at, std::string::npos) << text;
    std::ofstream(folder_ / file) << absl::StrCat(
        before.substr(0, at), by, before.substr(at + text.size()));
  }

  std::string Diff() {
    std::ostringstream out;
    std::ostringstream errors;
    exit_code_ = RunDiff({kCatalog, folder_.string()}, out, errors);
    errors_ = errors.str();
    return out.str();
  }

  fs::path folder_;
  int exit_code_ = -1;
  std::string errors_;
};

TEST_F(DiffTest, ACopyAnswersAlike) {
  EXPECT_EQ(Diff(), "no answer changes\n");
  EXPECT_EQ(exit_code_, 0);
}

TEST_F(DiffTest, AnotherTextIsNoChange) {
  Edit("law/scheduling/joint-meeting-1.textproto",
       "The first joint meeting between", "A first joint meeting between");
  EXPECT_EQ(Diff(), "no answer changes\n");
}

TEST_F(DiffTest, ALongerWindowChangesTheAnswersOfItsMunicipalityAndDays) {
  Edit("experiments/e01-meeting-requirements/dispensations.textproto",
       "    latest: \"start + 55d\"", "    latest: \"start + 56d\"");
  const std::string text = Diff();
  EXPECT_EQ(exit_code_, 1);
  EXPECT_THAT(text, AllOf(HasSubstr("scheduling/joint-meeting-1\n"
                                    "  Aalborg: 2017-07-01 to 2019-12-31\n"),
                          HasSubstr("outcome: LATE -> ALLOWED_BY_EXPERIMENT"),
                          HasSubstr("rows: law/J1 -> E01/J1"),
                          HasSubstr("\"outcome\":\"OUTCOME_LATE\"")));
  EXPECT_THAT(text, Not(HasSubstr("joint-meeting-2")));
}

TEST_F(DiffTest, ALaterVersionChangesTheDaysBetween) {
  Edit("law/scheduling/unsolicited-call.textproto",
       "versions {\n  from: \"2016-01-01\"",
       "versions {\n  from: \"2016-01-01\"\n"
       "  rows { id: \"B9\" outcome: OUTCOME_DENY because { da: \"x\" en: "
       "\"x\" }"
       " cite { source: \"002\" } }\n  cite { source: \"002\" }\n}\n"
       "versions {\n  from: \"2016-03-01\"");
  const std::string text = Diff();
  EXPECT_THAT(text, AllOf(HasSubstr("2016-01-01 to 2016-02-29"),
                          HasSubstr("outcome: DOES_NOT_COUNT -> DENY"),
                          HasSubstr("counts: no -> not spoken of")));
  EXPECT_THAT(text, Not(HasSubstr("2016-03-01")));
}

TEST_F(DiffTest, AnotherDeadlineIsAChange) {
  Edit("experiments/e07-pension-followups/dispensations.textproto",
       "last_pension_followup_or_start + 30m",
       "last_pension_followup_or_start + 29m");
  EXPECT_THAT(Diff(), AllOf(HasSubstr("scheduling/pension-followup"),
                            HasSubstr("another deadline\n")));
}

TEST_F(DiffTest, AnotherTariffIsAChangeOfTheSavingFromItsFirstDay) {
  Edit("network/tariffs.textproto", "kroner: 1725", "kroner: 1726");
  EXPECT_THAT(Diff(),
              AllOf(HasSubstr("certificates/lae265-rehabilitation"),
                    HasSubstr("2019-04-01 to 2021-12-31"),
                    HasSubstr("saving: LAE265 1725 = 1725, 60 min. -> LAE265 "
                              "1726 = 1726, 60 min.")));
}

TEST_F(DiffTest, AParticipationThatIsConfirmedOpensTheOption) {
  Edit("experiments/e01-meeting-requirements/experiment.textproto",
       "  options: \"joint\"\n  standing: STANDING_UNKNOWN\n"
       "  status: PARTICIPATION_STATUS_UNKNOWN\n  provenance: PROVENANCE_NONE",
       "  options: \"joint\"\n  standing: STANDING_PARTICIPATES\n"
       "  status: PARTICIPATION_STATUS_CONFIRMED\n  provenance: "
       "PROVENANCE_RECORD");
  EXPECT_THAT(Diff(),
              AllOf(HasSubstr("  Jammerbugt: 2017-07-01 to 2019-12-31\n"),
                    HasSubstr("gate: PARTICIPATION_UNKNOWN -> none")));
}

TEST_F(DiffTest, AProvisionThatIsGoneIsTold) {
  fs::remove(folder_ / "law/scheduling/job-meeting-benefits.textproto");
  EXPECT_THAT(Diff(),
              HasSubstr("only the first has scheduling/job-meeting-benefits"));
  EXPECT_EQ(exit_code_, 1);
}

TEST_F(DiffTest, ACatalogThatCannotBeUsedIsNoAnswer) {
  Edit("law/scheduling/joint-meeting-1.textproto", "start + 41d",
       "begin + 41d");
  EXPECT_EQ(Diff(), "");
  EXPECT_EQ(exit_code_, 2);
  EXPECT_THAT(errors_, HasSubstr("unknown fact \"begin\""));
}

}  // namespace
}  // namespace frikommune::cli
