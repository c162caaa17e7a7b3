#include "cli/catalog/show.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_split.h"
#include "cli/text_table.h"

namespace frikommune::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ShowTest : public testing::Test {
 protected:
  ShowTest() {
    options_.catalog = FRIKOMMUNE_SOURCE_DIR "/catalog";
    options_.language = Language::kEnglish;
  }

  // What is written, if all is well.
  std::string Show(const std::string& provision,
                   const std::string& municipality = "",
                   const std::string& date = "") {
    options_.provision = provision;
    options_.municipality = municipality;
    options_.date = date;
    std::ostringstream out;
    std::ostringstream errors;
    exit_code_ = RunShow(options_, out, errors);
    errors_ = errors.str();
    return out.str();
  }

  ShowOptions options_;
  int exit_code_ = 0;
  std::string errors_;
};

TEST_F(ShowTest, TheLawComesFirstAndThenTheOptionOfTheMunicipality) {
  const std::string text =
      Show("scheduling/joint-meeting-1", "aalborg", "2019-02-25");
  EXPECT_EQ(exit_code_, 0) << errors_;
  EXPECT_THAT(
      text, AllOf(HasSubstr("ORDINARY LAW from 2016-01-01 to 2019-12-31"),
                  HasSubstr("on <= start + 41d"), HasSubstr("after: LATE"),
                  HasSubstr("best start + 21d <= on <="), HasSubstr("001 L135"),
                  HasSubstr("(convention)")));
  EXPECT_THAT(text, Not(HasSubstr("from 2020-01-01")));
  EXPECT_LT(text.find("ORDINARY LAW"), text.find("EXPERIMENT E01 joint"));
  EXPECT_THAT(text, AllOf(HasSubstr("open for INSURED_UNEMPLOYED"),
                          HasSubstr("ALLOWED_BY_EXPERIMEN"),
                          HasSubstr("action"), HasSubstr("flag")));
}

TEST_F(ShowTest, AGateSaysWhyItIsClosed) {
  EXPECT_THAT(Show("joint-meeting-1", "773", "2019-02-25"),
              HasSubstr("closed: PARTICIPATION_UNKNOWN. "));
  EXPECT_THAT(Show("joint-meeting-1", "Aalborg", "2017-06-30"),
              HasSubstr("closed: EXPERIMENT_NOT_STARTED. "));
  EXPECT_THAT(Show("joint-meeting-1", "Aalborg", "2022-01-01"),
              HasSubstr("closed: EXPERIMENT_ENDED. "));
}

TEST_F(ShowTest, WithoutADayAllVersionsAndDaysAreTold) {
  EXPECT_THAT(
      Show("joint-meeting-1", "851"),
      AllOf(
          HasSubstr("ORDINARY LAW from 2016-01-01 to 2019-12-31"),
          HasSubstr("ORDINARY LAW from 2020-01-01 to 2022-12-31"),
          HasSubstr("2016-01-01 to 2017-06-30: closed: EXPERIMENT_NOT_STARTED"),
          HasSubstr("2017-07-01 to 2021-12-31: open for INSURED_UNEMPLOYED"),
          HasSubstr("2022-01-01 to 2022-12-31: closed: EXPERIMENT_ENDED")));
}

TEST_F(ShowTest, WithoutAMunicipalityAllOfThemAreTold) {
  EXPECT_THAT(
      Show("joint-meeting-1"),
      AllOf(
          HasSubstr(
              "Aalborg: open for INSURED_UNEMPLOYED 2017-07-01 to 2021-12-31"),
          HasSubstr("Hjørring: closed: PARTICIPATION_UNKNOWN")));
}

TEST_F(ShowTest, WhatComesBesideAndAfterIsTold) {
  EXPECT_THAT(Show("meeting-form"),
              AllOf(HasSubstr("Beside any answer:"),
                    HasSubstr("Only when meeting.form is TELEPHONE"),
                    HasSubstr("Relief waits for a professional")));
  EXPECT_THAT(Show("pension-followup"),
              HasSubstr("After the experiment's last day:"));
  EXPECT_THAT(Show("meeting-content"), AllOf(HasSubstr("Topics: CV, JOBLOG"),
                                             HasSubstr("Topics: free")));
  EXPECT_THAT(Show("meeting-conductor"),
              HasSubstr("Conductors: CASEWORKER, MENTOR"));
}

TEST_F(ShowTest, InDanish) {
  options_.language = Language::kDanish;
  EXPECT_THAT(
      Show("integration-contact", "849", "2019-01-01"),
      AllOf(HasSubstr("LOVEN fra 2016-01-01 til 2019-12-31"), HasSubstr("når"),
            HasSubstr("tæller ikke"), HasSubstr("altid")));
}

TEST_F(ShowTest, WhatIsSparedAndWhoMustApproveIsTold) {
  EXPECT_THAT(Show("lae265-rehabilitation"),
              AllOf(HasSubstr("Relief waits for the approval of a leader"),
                    HasSubstr("spares LAE265"), HasSubstr("missing"),
                    HasSubstr("action ORDER_LAE125"),
                    HasSubstr("Rows that restate a gate and do not decide:"),
                    HasSubstr("the case waits")));
}

// A copy of the catalog in which Jammerbugt reads the rows of one option in an
// order of its own, and a row restates a gate.
TEST_F(ShowTest, OrdersAndRestatementsAreTold) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / "catalog_show_orders";
  fs::remove_all(folder);
  fs::copy(options_.catalog, folder, fs::copy_options::recursive);
  options_.catalog = folder.string();
  const auto edit = [&folder](const char* file, const std::string& text,
                              const std::string& by) {
    const fs::path path = folder / "experiments/e14-mentor-rules" / file;
    std::ifstream in(path);
    std::stringstream all;
    all << in.rdbuf();
    std::string edited = all.str();
    const size_t at = edited.find(text);
    ASSERT_NE(at, std::string::npos) << text;
    std::ofstream(path) << edited.replace(at, text.size(), by);
  };
  edit("experiment.textproto", "  municipality: 849",
       "  row_orders { provision: \"scheduling/mentor-exemption\" option: "
       "\"whole\" rows: [\"N3\", \"N2\"] cite { source: \"001\" } }\n"
       "  municipality: 849");
  edit("dispensations.textproto", "  rows {\n    id: \"N2\"",
       "  restatements { id: \"N9\" gate: GATE_NOT_IN_TARGET_GROUP when { "
       "fact: \"seasonal\" is: true } because { da: \"d\" en: \"e\" } cite { "
       "source: \"001\" } }\n  rows {\n    id: \"N2\"");
  EXPECT_THAT(Show("mentor-exemption"),
              AllOf(HasSubstr("Jammerbugt reads the rows as N3, N2, "),
                    HasSubstr("Rows that restate a gate and do not decide:"),
                    HasSubstr("N9"), HasSubstr("seasonal is yes")));
  EXPECT_THAT(Show("mentor-exemption", "849", "2019-01-01"),
              HasSubstr("Jammerbugt reads the rows as N3, N2, "));
  EXPECT_THAT(Show("mentor-exemption", "851"),
              Not(HasSubstr("reads the rows as")));
  EXPECT_THAT(Show("mentor-exemption", "849", "2022-06-01"),
              Not(HasSubstr("reads the rows as")));
  fs::remove_all(folder);
}

TEST_F(ShowTest, NoLineIsWiderThanAPage) {
  for (const char* provision :
       {"meeting-form", "job-meeting", "allowance-reassessment"}) {
    for (const auto line : absl::StrSplit(Show(provision), '\n')) {
      EXPECT_LE(CharacterCount(line), 104u) << line;
    }
  }
}

TEST_F(ShowTest, WithoutAProvisionAllAreListed) {
  EXPECT_THAT(
      Show(""),
      AllOf(HasSubstr("scheduling/joint-meeting-1: First joint meeting"),
            HasSubstr("[E01 telephone, E01 form]")));
}

TEST_F(ShowTest, WhatIsNotThereIsSaid) {
  Show("joint-meeting-9");
  EXPECT_EQ(exit_code_, 2);
  EXPECT_THAT(errors_, HasSubstr("there is no provision \"joint-meeting-9\""));
  Show("joint-meeting-1", "København");
  EXPECT_EQ(exit_code_, 2);
  EXPECT_THAT(errors_, HasSubstr("\"København\" is not in the network"));
  Show("joint-meeting-1", "851", "2019-02-29");
  EXPECT_EQ(exit_code_, 2);
  EXPECT_THAT(errors_, HasSubstr("2019-02-29"));
  Show("joint-meeting-1", "851", "2015-12-31");
  EXPECT_EQ(exit_code_, 2);
  EXPECT_THAT(errors_,
              HasSubstr("outside the days on file, 2016-01-01 to 2022-12-31"));
  options_.catalog = "no such folder";
  Show("joint-meeting-1");
  EXPECT_EQ(exit_code_, 2);
  EXPECT_THAT(errors_, HasSubstr("no such folder"));
}

}  // namespace
}  // namespace frikommune::cli
