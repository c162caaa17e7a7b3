// The way back from facts to a request, over every leaf of the catalog.

#include "core/scheduling/witness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "adapters/files/catalog_files.h"
#include "core/decision/decide.h"
#include "core/decision/render.h"
#include "core/proof/question_cells.h"
#include "core/request/validate.h"
#include "core/scheduling/vocabulary.h"

namespace frikommune::proof {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class SchedulingWorldTest : public testing::Test {
 protected:
  SchedulingWorldTest()
      : snapshot_(files::LoadCatalog(FRIKOMMUNE_SOURCE_DIR "/catalog").value()),
        area_(*snapshot_->FindArea(scheduling::kArea)),
        facts_(area_.layout) {
    for (const auto& municipality :
         snapshot_->catalog().network.municipalities()) {
      codes_[snapshot_->MunicipalityIndex(municipality.code())] =
          municipality.code();
    }
  }

  const catalog::Fact& FactOf(const char* name) const {
    return *area_.layout.vocabulary().Find(name);
  }

  // Facts that no case has together: a follow-up is a contact too.
  bool ExcludeEachOther() const {
    const catalog::Value contact =
        facts_.Get(FactOf("last_contact_or_start").slot);
    return contact != catalog::kUnknown &&
           facts_.Get(FactOf("last_followup").slot) > contact;
  }

  static std::string RowsOf(const decision::v1::Decision& decision) {
    std::string rows = decision::v1::Outcome_Name(decision.outcome());
    for (const auto& reason : decision.reasons()) rows += " " + reason.row();
    for (const auto& reason : decision.ordinary_law_reasons())
      rows += " " + reason.row();
    return rows;
  }

  const std::shared_ptr<const catalog::Snapshot> snapshot_;
  const catalog::Area& area_;
  catalog::Facts facts_;
  std::map<int, int> codes_;
};

TEST_F(SchedulingWorldTest, EveryLeafOfTheProofHasARequestThatIsAnsweredAlike) {
  const request::Validator plans(
      scheduling::v1::PlanContactCourseRequest::descriptor());
  const request::Validator meetings(
      scheduling::v1::AssessMeetingRequest::descriptor());
  int answered = 0;
  for (const auto& question : area_.questions) {
    QuestionCells cells(*snapshot_, area_, question, *WorldOf(area_.name));
    cells.ForEach([&](const Visit& visit) {
      // A duty that a group does not have is no item of its plan.
      if (!visit.is_first ||
          (question.groups & catalog::MaskOf(visit.group)) == 0)
        return;
      cells.SetFacts(visit, facts_);
      if (ExcludeEachOther()) return;
      const auto witness = scheduling::WriteWitness(
          *snapshot_, question, codes_[visit.municipality], facts_);
      const std::string text = witness.is_plan
                                   ? witness.plan.ShortDebugString()
                                   : witness.meeting.ShortDebugString();
      const absl::Status valid = witness.is_plan
                                     ? plans.Check(witness.plan)
                                     : meetings.Check(witness.meeting);
      ASSERT_TRUE(valid.ok()) << valid << "\n" << text;
      const auto answer = AnswerOf(*snapshot_, question, witness);
      ASSERT_TRUE(answer.ok()) << answer.status() << "\n" << text;
      const auto engine =
          decision::Decide(area_, question, visit.municipality, facts_);
      decision::v1::Decision expected;
      decision::Render(*snapshot_, area_, engine, decision::v1::VIEW_BASIC,
                       facts_, expected);
      ASSERT_EQ(RowsOf(*answer), RowsOf(expected)) << question.id << "\n"
                                                   << text;
      ++answered;
    });
  }
  EXPECT_GT(answered, 1500);
}

TEST_F(SchedulingWorldTest, ACaseIsOneLineWithWhatTheCatalogAnswers) {
  const catalog::Question& question = *area_.Find("scheduling/joint-meeting-1");
  facts_.Set(area_.on, 17952);  // 2019-02-25
  facts_.Set(area_.target_group, decision::v1::TARGET_GROUP_INSURED_UNEMPLOYED);
  facts_.Set(FactOf("start").slot, 17903);  // 2019-01-07
  facts_.Set(area_.date_set, 1);
  const std::string line =
      WorldOf("scheduling")
          ->WriteCase(*snapshot_, question, 851, facts_, "a \"name\"");
  EXPECT_THAT(
      line, StartsWith("{\"name\":\"a \\\"name\\\"\",\"call\":\"frikommune."));
  EXPECT_THAT(line, HasSubstr("SchedulingService/AssessMeeting\""));
  EXPECT_THAT(line, HasSubstr("\"unemploymentStart\":\"2019-01-07\""));
  EXPECT_THAT(line, HasSubstr("\"outcome\":\"OUTCOME_ALLOWED_BY_EXPERIMENT\""));
  EXPECT_THAT(line, HasSubstr("\"reasons\":[{\"row\":\"E01/J1\"}]"));
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

// A last contact before the last follow-up.
TEST_F(SchedulingWorldTest, ACaseThatNoRequestHasSaysSo) {
  const catalog::Question& question =
      *area_.Find("scheduling/sickness-followup");
  facts_.Set(area_.target_group, decision::v1::TARGET_GROUP_SICKNESS_BENEFIT);
  facts_.Set(area_.on, 17952);  // 2019-02-25
  facts_.Set(area_.date_set, 0);
  facts_.Set(area_.assessment_recorded, 1);
  facts_.Set(FactOf("sickness_category").slot, 2);
  facts_.Set(FactOf("meeting.ordinal").slot, 2);
  facts_.Set(FactOf("last_followup").slot, 17920);
  facts_.Set(FactOf("last_contact_or_start").slot, 17400);
  EXPECT_THAT(
      WorldOf("scheduling")->WriteCase(*snapshot_, question, 849, facts_, "x"),
      HasSubstr("no request has just these facts"));
}

TEST_F(SchedulingWorldTest, AnAreaWithoutCasesHasNoWorld) {
  EXPECT_EQ(WorldOf("taxes"), nullptr);
}

}  // namespace
}  // namespace frikommune::proof
