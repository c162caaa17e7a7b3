// The way back from facts to a request for one decision, over every leaf of the
// catalog.

#include "core/proof/inquiry_world.h"

#include <gtest/gtest.h>

#include <map>

#include "adapters/files/catalog_files.h"
#include "core/decision/decide.h"
#include "core/decision/render.h"
#include "core/proof/case_calls.h"
#include "core/proof/question_cells.h"
#include "nlohmann/json.hpp"

namespace frikommune::proof {
namespace {

class InquiryWorldTest : public testing::TestWithParam<const char*> {
 protected:
  InquiryWorldTest()
      : snapshot_(
            files::LoadCatalog(FRIKOMMUNE_SOURCE_DIR "/catalog").value()) {
    for (const auto& municipality :
         snapshot_->catalog().network.municipalities()) {
      codes_[snapshot_->MunicipalityIndex(municipality.code())] =
          municipality.code();
    }
  }

  static std::string RowsOf(const decision::v1::Decision& decision) {
    std::string rows = decision::v1::Outcome_Name(decision.outcome());
    for (const auto& reason : decision.reasons()) rows += " " + reason.row();
    for (const auto& reason : decision.ordinary_law_reasons())
      rows += " " + reason.row();
    return rows;
  }

  // What the call of a case line answers, as a server would.
  std::string AnswerTo(const std::string& line) const {
    const auto json = nlohmann::json::parse(line);
    const CaseCall call = FindCaseCall(json.at("call"));
    if (call == nullptr) return "no call";
    CaseRun run;
    EXPECT_TRUE(call(*snapshot_, json.at("request"), run).ok());
    if (!run.status.ok()) return run.status.ToString();
    std::string rows;
    ForEachDecision(*run.response, [&rows](const decision::v1::Decision& each) {
      rows = RowsOf(each);
    });
    return rows;
  }

  const std::shared_ptr<const catalog::Snapshot> snapshot_;
  std::map<int, int> codes_;
};

TEST_P(InquiryWorldTest, EveryLeafOfTheProofHasARequestThatIsAnsweredAlike) {
  const catalog::Area& area = *snapshot_->FindArea(GetParam());
  const CaseWorld& world = *WorldOf(area.name);
  catalog::Facts facts(area.layout);
  int answered = 0;
  for (const auto& question : area.questions) {
    QuestionCells cells(*snapshot_, area, question, world);
    cells.ForEach([&](const Visit& visit) {
      if (!visit.is_first) return;
      cells.SetFacts(visit, facts);
      const std::string line = world.WriteCase(
          *snapshot_, question, codes_[visit.municipality], facts, "a leaf");
      EXPECT_EQ(line.find("no request has"), std::string::npos) << line;
      const auto engine =
          decision::Decide(area, question, visit.municipality, facts);
      decision::v1::Decision expected;
      decision::Render(*snapshot_, area, engine, decision::v1::VIEW_BASIC,
                       facts, expected);
      ASSERT_EQ(AnswerTo(line), RowsOf(expected)) << line;
      ++answered;
    });
  }
  EXPECT_GT(answered, 100);
}

INSTANTIATE_TEST_SUITE_P(Areas, InquiryWorldTest,
                         testing::Values("certificates", "rehab"),
                         [](const auto& area) { return area.param; });

}  // namespace
}  // namespace frikommune::proof
