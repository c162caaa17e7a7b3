// The proof of the catalog itself, and cases taken at random beside it.

#include "core/proof/proof.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <tuple>

#include "adapters/files/catalog_files.h"
#include "core/decision/decide.h"
#include "core/proof/question_cells.h"

namespace frikommune::proof {
namespace {

using catalog::Value;

class CatalogProofTest : public testing::Test {
 protected:
  const std::shared_ptr<const catalog::Snapshot> snapshot_ =
      files::LoadCatalog(FRIKOMMUNE_SOURCE_DIR "/catalog").value();
};

TEST_F(CatalogProofTest, TheCatalogIsProved) {
  const ProofReport report = Prove(*snapshot_);
  EXPECT_EQ(catalog::ToStatus(report.problems).message(), "");
  EXPECT_GT(report.cells, 20'000'000u);
  EXPECT_GT(report.cases, 400);
}

// Cases taken at random, with every fact known, are answered by a row of law,
// and by rules that the proof met on those days for that group.
TEST_F(CatalogProofTest, NoCaseTakenAtRandomIsNewToTheProof) {
  std::mt19937 random(20190107);
  const auto pick = [&random](Value low, Value high) {
    return std::uniform_int_distribution<Value>(low, high)(random);
  };
  for (const auto& area : snapshot_->areas()) {
    const auto& words = area->layout.vocabulary();
    catalog::Facts facts(area->layout);
    for (const auto& question : area->questions) {
      using Met = std::tuple<const catalog::Epoch*, int, const catalog::Rule*,
                             const catalog::Rule*, int, uint64_t>;
      std::set<Met> met;
      QuestionCells cells(*snapshot_, *area, question, *WorldOf(area->name));
      cells.ForEach([&](const Visit& visit) {
        met.emplace(&visit.epoch, visit.group, visit.leaf.law, visit.leaf.rule,
                    visit.leaf.gate, visit.leaf.beside);
      });
      for (int i = 0; i < 20'000; ++i) {
        const Value on = pick(snapshot_->first_day(), snapshot_->last_day());
        for (const catalog::Fact& fact : words.facts()) {
          switch (fact.kind) {
            case catalog::FactKind::kBoolean:
              facts.Set(fact.slot, pick(0, 1));
              break;
            case catalog::FactKind::kEnum:
              facts.Set(fact.slot, pick(1, fact.values->value_count() - 1));
              break;
            case catalog::FactKind::kInteger:
              facts.Set(fact.slot, pick(std::max(fact.at_least, -100),
                                        std::min(fact.at_most, 100)));
              break;
            case catalog::FactKind::kDate:
              facts.Set(fact.slot, on - pick(-100, 900));
              break;
          }
        }
        facts.Set(area->on, on);
        const auto answer = decision::Decide(
            *area, question, pick(0, snapshot_->municipality_count() - 1),
            facts);
        const bool is_asked =
            answer.outcome != decision::v1::OUTCOME_NOT_APPLICABLE;
        ASSERT_EQ(answer.ordinary_rule != nullptr, is_asked) << question.id;
        const int group = area->target_group == catalog::kNoSlot
                              ? decision::v1::TARGET_GROUP_UNSPECIFIED
                              : facts.Get(area->target_group);
        ASSERT_TRUE(met.count({answer.epoch, group, answer.ordinary_rule,
                               answer.rule, answer.gate, answer.beside}) > 0)
            << question.id << " "
            << (answer.rule != nullptr ? answer.rule->id : "");
      }
    }
  }
}

}  // namespace
}  // namespace frikommune::proof
