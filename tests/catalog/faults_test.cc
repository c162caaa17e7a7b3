// What `frikommune catalog verify` finds: one fault at a time, planted in a
// copy of the catalog, is told with its file, its line and what is wrong.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/files/catalog_files.h"
#include "cli/catalog/cases.h"
#include "cli/catalog/verify.h"

namespace frikommune::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// An edit of one file, and what must be said of it.
struct Fault {
  const char* name;
  const char* file;
  // The first place of `text` is replaced by `by`; a null `text` deletes the
  // file.
  const char* text;
  const char* by;
  // The line that is told is the last one, up to the edit, that begins with
  // this; the line of the edit if empty.
  const char* opens;
  const char* message;
};

constexpr char kForm[] = "law/scheduling/meeting-form.textproto";
constexpr char kJoint1[] = "law/scheduling/joint-meeting-1.textproto";
constexpr char kJoint2[] = "law/scheduling/joint-meeting-2.textproto";
constexpr char kJob[] = "law/scheduling/job-meeting.textproto";
constexpr char kE01[] =
    "experiments/e01-meeting-requirements/experiment.textproto";
constexpr char kE01Rows[] =
    "experiments/e01-meeting-requirements/dispensations.textproto";
constexpr char kE08[] =
    "experiments/e08-allowance-reassessment/experiment.textproto";
constexpr char kLae285[] = "law/certificates/lae285-sickness.textproto";
constexpr char kE02Rows[] =
    "experiments/e02-rehab-team/dispensations.textproto";
constexpr char kE03Rows[] =
    "experiments/e03-sickness-certificates/dispensations.textproto";
constexpr char kE18Rows[] =
    "experiments/e18-resource-extension/dispensations.textproto";
constexpr char kE14[] = "experiments/e14-mentor-rules/experiment.textproto";
constexpr char kE14Rows[] =
    "experiments/e14-mentor-rules/dispensations.textproto";

// clang-format off
const Fault kFaults[] = {
    // What the proof finds.
    {"AGapOfOneDay", kJoint1,
     "    target_from: \"start + 21d\"",
     "    when { fact: \"on\" to: \"2019-12-30\" }\n    target_from: \"start + 21d\"",
     "versions {",
     "a gap: no row answers from 2019-12-31 to 2019-12-31"},
    {"AGapInFacts", kForm,
     "    id: \"F1\"\n",
     "    id: \"F1\"\n    when { fact: \"seasonal\" is: false }\n",
     "versions {",
     "a gap: no row answers from 2016-01-01 to 2019-12-31"},
    {"AnOverlapOfWindows", kJob,
     "    id: \"O2\"\n    when { fact: \"meeting.ordinal\" at_least: 2 }",
     "    id: \"O2\"\n    when { fact: \"meeting.ordinal\" at_least: 1 }",
     "  windows {",
     "an overlap: windows law/O1 and law/O2 both hold from 2016-01-01 to 2019-12-31"},
    {"AnOverlapOfOptions", kE01,
     "  options: [\"form\", \"content\", \"call\", \"conductor\", \"cadence\"]\n"
     "  standing: STANDING_DOES_NOT_PARTICIPATE",
     "  options: [\"form\", \"content\", \"call\", \"conductor\", \"cadence\"]\n"
     "  standing: STANDING_PARTICIPATES",
     nullptr,  // Told at the dispensation, in the other file.
     "an overlap: municipality 851 has two open options, E01 telephone and E01 form"},
    {"AnUnreachableRow", kE01Rows,
     "fact: \"weekly_ordinary_hours\" at_least: 20",
     "fact: \"weekly_ordinary_hours\" at_least: 169",
     "  rows {",
     "row E01/T2 is unreachable"},
    {"AnExperimentThatChangesNothing", kE14Rows,
     "outcome: OUTCOME_MENTOR_MAY_END",
     "outcome: OUTCOME_MENTOR_CONTINUES",
     "dispensations {",
     "E14 whole changes nothing in scheduling/mentor-end"},
    {"ARestatementThatClosesNoCase", kE02Rows,
     "when { fact: \"on\" to: \"2018-06-30\" }", "when { fact: \"on\" to: \"2017-12-31\" }",
     "  restatements {",
     "row E02/L6 restates a gate that closes to none of its cases"},
    {"ARestatementThatNoCaseFires", kE14Rows,
     "  rows {\n    id: \"N7\"",
     "  restatements {\n    id: \"N9\" gate: GATE_NOT_IN_TARGET_GROUP\n"
     "    when { fact: \"on\" from: \"2018-10-03\" to: \"2018-10-03\" }\n"
     "    because { da: \"x\" en: \"x\" }\n"
     "    cite { source: \"001\" }\n  }\n  rows {\n    id: \"N7\"",
     "", "no case fires row E14/N9 of scheduling/mentor-end"},
    {"ALeaderWhomNoCaseIsAskedFor", kE02Rows,
     "in: \"LEADER_STANDING_REJECTED\"",
     "in: \"LEADER_STANDING_REJECTED\" in: \"LEADER_STANDING_NONE\"",
     "dispensations {",
     "E02 lae265-rehab needs a leader's review in certificates/lae265-rehabilitation, and no "
     "case is asked for it"},
    {"AnAssessmentThatNoCaseIsAskedFor", kE14Rows,
     "  provision: \"scheduling/mentor-end\"\n  option: \"whole\"\n  rows {",
     "  provision: \"scheduling/mentor-end\"\n  option: \"whole\" needs_assessment: true\n  rows {\n"
     "    when { fact: \"assessment_recorded\" is: true }",
     "dispensations {",
     "E14 whole needs an assessment in scheduling/mentor-end, and no case is asked for it"},
    {"ARowThatNoCaseFires", "law/scheduling/offers-plan.textproto",
     "  rows {\n    id: \"P1\"",
     "  rows {\n    id: \"P9\"\n    when { fact: \"offers.covered_until\" from: \"on + 36m\" }\n"
     "    outcome: OUTCOME_ALLOWED_BY_LAW\n    because { da: \"x\" en: \"x\" }\n"
     "    cite { source: \"S16\" }\n  }\n  rows {\n    id: \"P1\"",
     "", "no case fires row law/P9 of scheduling/offers-plan"},
    {"CasesThatAreGone", "experiments/e06-resource-plan-6m/cases.jsonl",
     nullptr, nullptr, nullptr,
     "dispensations.textproto:7: no case fires row E06/P2 of scheduling/offers-plan"},
    {"ACaseThatIsAnsweredOtherwise", "law/scheduling/cases.jsonl",
     "\"ordinaryLawReasons\":[{\"row\":\"law/",
     "\"ordinaryLawReasons\":[{\"row\":\"law/X",
     "", ", expected \"law/X"},
    {"ACaseThatIsNoJson", "law/scheduling/cases.jsonl",
     "{\"name\":", "{\"name\"", "", "the line is not a JSON object"},
    {"ACaseOfNoCall", "law/scheduling/cases.jsonl",
     "SchedulingService/AssessMeeting", "SchedulingService/AssessMeetings", "",
     "no contract has the call"},

    // What the check of the text finds.
    {"AMissingCitation", kJoint1,
     "    cite { source: \"001\" pinpoint: \"L153\" }\n    cite { source: \"S27\" }\n  }",
     "  }",
     "  windows {",
     "the Window J2 has no citation"},
    {"AMissingText", "law/scheduling/unsolicited-call.textproto",
     "      en: \"A call that the job centre did not ask for is not a statutory meeting, and does not \"\n"
     "          \"move the time limit for the next.\"\n", "", "  rows {",
     "the Row B5 does not say why in both languages"},
    {"AnUnknownSource", kJoint1,
     "cite { source: \"S23\" }", "cite { source: \"S999\" }", "",
     "source \"S999\" is not in network/sources"},
    {"ADateThatDoesNotExist", kJoint1,
     "from: \"2020-01-01\"", "from: \"2019-02-29\"", "versions {",
     "the version's first day \"2019-02-29\""},
    {"ADateOfAParticipationThatDoesNotExist", kE01,
     "operational_start: \"2018-10-01\"", "operational_start: \"2018-09-31\"",
     "participations {", "\"2018-09-31\""},
    {"ADateExpressionWithoutAUnit", kJoint1,
     "latest: \"start + 41d\"", "latest: \"start + 41\"", "  windows {",
     "the unit is missing: d, w or m"},
    {"AnUnknownFact", kForm,
     "when { fact: \"meeting.form\" in: \"MEETING_FORM_PERSONAL\" }",
     "when { fact: \"meeting.fomr\" in: \"MEETING_FORM_PERSONAL\" }", "",
     "unknown fact \"meeting.fomr\""},
    {"AWrongEnumValue", kForm,
     "in: \"MEETING_FORM_TELEPHONE\"", "in: \"MEETING_FORM_TELEFON\"", "",
     "\"MEETING_FORM_TELEFON\" is no value of frikommune.scheduling.v1.MeetingForm"},
    {"ATestOfTheWrongKind", kForm,
     "{ fact: \"exit.documented\" is: true }", "{ fact: \"exit.documented\" at_least: 1 }", "",
     "\"exit.documented\" is not a number"},
    {"AParticipationThatEndsBeforeItStarts", kE01,
     "  operational_start: \"2018-10-01\"",
     "  operational_start: \"2018-10-01\"\n  last_day: \"2018-09-30\"",
     "participations {",
     "the participation of 851 in telephone ends on 2018-09-30, before it starts on 2018-10-01"},
    {"AMissingParticipation", kE01,
     "  options: \"joint\"\n  standing: STANDING_UNKNOWN",
     "  options: \"telephone\"\n  legal_start: \"2022-01-01\" last_day: \"2022-02-01\"\n"
     "  standing: STANDING_UNKNOWN",
     nullptr,
     "experiment.textproto:1: a gap: municipality 849 has no participation in E01 joint"},
    {"AnOverlappingParticipation", kE08,
     "participations {\n  municipality: 849",
     "participations {\n  municipality: 851\n  standing: STANDING_UNKNOWN\n"
     "  status: PARTICIPATION_STATUS_UNKNOWN provenance: PROVENANCE_NONE\n"
     "  legal_start: \"2019-01-01\"\n  cite { source: \"001\" }\n}\n\n"
     "participations {\n  municipality: 849",
     "",
     "an overlap: the participation of 851 in whole from 2019-01-01 begins before the one "
     "before it ends on 2021-12-31"},
    {"ASyntaxError", kJoint1,
     "    latest: \"start + 41d\"", "    latest \"start + 41d\"", "",
     "column 12: Expected \":\", found \"\"start + 41d\"\"."},
    {"AnUnknownField", kJoint1,
     "    latest: \"start + 41d\"", "    last_day: \"start + 41d\"", "",
     "has no field named \"last_day\""},
    {"ADuplicatedRow", kForm, "id: \"T4\"", "id: \"F0\"", "  rows {",
     "row F0 is there twice"},
    {"AVersionOutOfOrder", kJoint2, "from: \"2020-01-01\"", "from: \"2015-12-31\"",
     "versions {", "the version from 2015-12-31 does not come after the one before it"},
    {"AVersionThatBeginsTooLate", kJoint2, "from: \"2016-01-01\"", "from: \"2016-02-01\"",
     "versions {", "a gap: no version holds from 2016-01-01 until 2016-02-01"},
    {"ARowOrderThatLeavesARowOut", kE14,
     "  municipality: 851",
     "  row_orders { provision: \"scheduling/mentor-exemption\" option: \"whole\" rows: \"N3\"\n"
     "               cite { source: \"001\" } }\n  municipality: 851",
     "", "the row order of 851 in scheduling/mentor-exemption whole leaves row N2 out"},
    {"ADocumentWithoutATariff", kE02Rows,
     "spares: \"LAE265\"", "spares: \"LAE266\"", "  rows {",
     "\"LAE266\" is no document of the tariffs"},
    {"AnUnknownProvision", kE14Rows,
     "provision: \"scheduling/mentor-end\"", "provision: \"scheduling/mentor-ends\"",
     "dispensations {", "there is no provision \"scheduling/mentor-ends\""},
    {"AnUnknownOption", kE01Rows, "option: \"joint\"", "option: \"joined\"",
     "dispensations {", "E01 has no option \"joined\""},
    {"AGapInACertificate", kLae285,
     "    id: \"duty\"\n",
     "    id: \"duty\"\n    when { fact: \"sickness.has_employer\" is: true }\n",
     "versions {",
     "a gap: no row answers from 2016-01-01 to 2019-12-31"},
    {"ARowThatNoMonthsReach", kE18Rows, "at_least: 13", "at_least: 121",
     "  rows {", "row E18/X4 is unreachable"},
    {"ALeaderWhoIsNotAsked", kE02Rows, "  needs_leader_review: true\n", "",
     nullptr, "row L4 explains a gate that the option does not have"},
    {"AGateThatOpensADayLate", kE02Rows,
     "when { fact: \"on\" to: \"2018-06-30\" }", "when { fact: \"on\" to: \"2018-07-01\" }",
     nullptr, "case \"AC-58 Jammerbugt, job-clarification programme, the first day of such cases\""},
    {"SeveralThatAreTwoOrMore", kE03Rows, "at_least: 2", "at_least: 3",
     nullptr, "case \"LÆ285, Jammerbugt, two conditions are several (C4)\""},
    {"AWaiverThatSparesNothing", kE02Rows, "    spares: \"LAE265\"\n", "",
     nullptr, "case \"LÆ265, Aalborg, other certificates would help (L8): LAE125\": decision.decision.saving"},
    {"AProvisionInTheWrongFile", kJoint1,
     "id: \"scheduling/joint-meeting-1\"", "id: \"scheduling/joint-meeting-4\"", nullptr,
     "joint-meeting-1.textproto:1: id \"scheduling/joint-meeting-4\" belongs in law/scheduling/joint-meeting-4.textproto"},
    {"AnExperimentWithoutRulesThatHasSome", kE08,
     "rules: RULES_ON_FILE_YES", "rules: RULES_ON_FILE_NOT_YET", nullptr,
     "experiment.textproto:1: experiment E08 has dispensations, and its rules say otherwise"},
};
// clang-format on

// A copy of the catalog for each test.
class CatalogCopy : public testing::Test {
 protected:
  CatalogCopy() {
    std::string name =
        testing::UnitTest::GetInstance()->current_test_info()->name();
    for (char& c : name) c = c == '/' ? '_' : c;
    folder_ =
        fs::path(testing::TempDir()) / absl::StrCat("catalog_faults_", name);
    fs::remove_all(folder_);
    fs::copy(FRIKOMMUNE_SOURCE_DIR "/catalog", folder_,
             fs::copy_options::recursive);
  }
  ~CatalogCopy() override { fs::remove_all(folder_); }

  std::string Read(const std::string& file) const {
    std::ifstream in(folder_ / file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  void Write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_ / file, std::ios::binary) << text;
  }

  // Replaces the first place of `text`, and returns the line it is on.
  int Edit(const std::string& file, const std::string& text,
           const std::string& by) const {
    std::string all = Read(file);
    const size_t at = all.find(text);
    EXPECT_NE(at, std::string::npos) << file << " holds no " << text;
    if (at == std::string::npos) return 0;
    all = absl::StrCat(all.substr(0, at), by, all.substr(at + text.size()));
    Write(file, all);
    return 1 +
           static_cast<int>(std::count(all.begin(), all.begin() + at, '\n'));
  }

  int Verify() {
    std::ostringstream out;
    const int exit_code = RunVerify({folder_.string(), false}, out);
    output_ = out.str();
    return exit_code;
  }

  fs::path folder_;
  std::string output_;
};

class CatalogFaultTest : public CatalogCopy,
                         public testing::WithParamInterface<Fault> {};

TEST_P(CatalogFaultTest, IsFound) {
  const Fault& fault = GetParam();
  std::string expected = fault.message;
  if (fault.text == nullptr) {
    fs::remove(folder_ / fault.file);
  } else {
    int line = Edit(fault.file, fault.text, fault.by);
    if (fault.opens != nullptr) {
      const std::vector<std::string> lines =
          absl::StrSplit(Read(fault.file), '\n');
      while (line > 1 &&
             lines[static_cast<size_t>(line) - 1].rfind(fault.opens, 0) != 0)
        --line;
      expected = absl::StrCat((folder_ / fault.file).string(), ":", line, ": ");
    }
  }
  EXPECT_EQ(Verify(), 1);
  bool is_told = false;
  for (const absl::string_view told : absl::StrSplit(output_, '\n')) {
    is_told = is_told || (told.find(expected) != told.npos &&
                          told.find(fault.message) != told.npos);
  }
  EXPECT_TRUE(is_told) << "expected " << expected << " ... " << fault.message
                       << "\n"
                       << output_;
  EXPECT_THAT(output_, HasSubstr("not proved"));
}

INSTANTIATE_TEST_SUITE_P(Planted, CatalogFaultTest, testing::ValuesIn(kFaults),
                         [](const auto& fault) {
                           return std::string(fault.param.name);
                         });

using UnfaultyCatalogTest = CatalogCopy;

TEST_F(UnfaultyCatalogTest, IsProved) {
  EXPECT_EQ(Verify(), 0) << output_;
  EXPECT_THAT(output_, HasSubstr("\nproved\n"));
}

TEST_F(UnfaultyCatalogTest, SaysWhatItIsWhateverTheOrderOfItsFiles) {
  EXPECT_EQ(Verify(), 0);
  const std::string before = output_.substr(output_.find("digest "));
  Write(kJoint1, absl::StrCat("# A comment.\n", Read(kJoint1)));
  EXPECT_EQ(Verify(), 0);
  EXPECT_EQ(output_.substr(output_.find("digest ")), before);
}

// A printed counterexample, run in process, shows the fault again.
class CounterexampleTest : public CatalogCopy {
 protected:
  // The case printed below the problem that says `what`.
  std::string CaseOf(const std::string& what) {
    EXPECT_EQ(Verify(), 1);
    const std::vector<std::string> lines = absl::StrSplit(output_, '\n');
    for (size_t i = 0; i + 1 < lines.size(); ++i) {
      if (lines[i].find(what) != std::string::npos) return lines[i + 1];
    }
    ADD_FAILURE() << "nothing says " << what << "\n" << output_;
    return "";
  }

  // What differs when the faulty catalog answers that case alone.
  std::vector<catalog::Problem> Replay(const std::string& line) {
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.path().extension() == ".jsonl") fs::remove(entry.path());
    }
    Write("law/scheduling/cases.jsonl", absl::StrCat(line, "\n"));
    std::vector<catalog::Problem> problems;
    const auto snapshot = files::LoadCatalog(folder_.string());
    EXPECT_TRUE(snapshot.ok()) << snapshot.status();
    if (snapshot.ok()) CompareCases(**snapshot, problems);
    return problems;
  }
};

TEST_F(CounterexampleTest, AGapIsAnsweredWithLawNotOnFile) {
  Edit(kForm, "    id: \"F1\"\n",
       "    id: \"F1\"\n    when { fact: \"seasonal\" is: false }\n");
  const std::string line = CaseOf("a gap");
  EXPECT_THAT(line, HasSubstr("\"outcome\":\"OUTCOME_LAW_NOT_ON_FILE\""));
  EXPECT_THAT(line, HasSubstr("\"seasonal\":true"));
  EXPECT_TRUE(Replay(line).empty());
}

TEST_F(CounterexampleTest, AnOverlapIsAnsweredByTheFirstOfTheTwo) {
  Edit(kJob,
       "    id: \"O2\"\n    when { fact: \"meeting.ordinal\" at_least: 2 }",
       "    id: \"O2\"\n    when { fact: \"meeting.ordinal\" at_least: 1 }");
  const std::string line = CaseOf("an overlap");
  EXPECT_THAT(line, HasSubstr("\"ordinaryLawReasons\":[{\"row\":\"law/O1\"}]"));
  EXPECT_TRUE(Replay(line).empty());
}

TEST_F(CounterexampleTest, IsAnsweredOtherwiseOnceTheFaultIsMended) {
  Edit(kForm, "    id: \"F1\"\n",
       "    id: \"F1\"\n    when { fact: \"seasonal\" is: false }\n");
  const std::string line = CaseOf("a gap");
  Edit(kForm, "    when { fact: \"seasonal\" is: false }\n", "");
  EXPECT_EQ(Replay(line).size(), 1u);
}

}  // namespace
}  // namespace frikommune::cli
