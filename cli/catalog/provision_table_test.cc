#include "cli/catalog/provision_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "google/protobuf/text_format.h"

namespace frikommune::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

template <typename Message>
std::string Show(const char* text, Language language = Language::kEnglish) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  std::ostringstream out;
  const CatalogWords words(language);
  const catalog::Vocabulary vocabulary;
  ProvisionTable table(words, vocabulary, out);
  table.Add(message);
  return out.str();
}

TEST(ProvisionTableTest, ARowSaysWhatItSparesAndOrders) {
  const char* row = R"(
    id: "L8" outcome: OUTCOME_WAIVE_LAE265 spares: "LAE265"
    actions { code: "ORDER" document: "LAE125" when { fact: "x" is: true } }
  )";
  EXPECT_THAT(
      Show<catalog::v1::Row>(row),
      AllOf(HasSubstr("spares LAE265"), HasSubstr("action ORDER, orders"),
            HasSubstr("LAE125 when x is yes")));
  EXPECT_THAT(Show<catalog::v1::Row>(row, Language::kDanish),
              AllOf(HasSubstr("sparer LAE265"), HasSubstr("bestiller LAE125"),
                    HasSubstr("x er ja")));
}

TEST(ProvisionTableTest, ARowSaysWhatIsMissing) {
  const char* row = R"(
    id: "L3" outcome: OUTCOME_INSUFFICIENT_FACTS missing: "documents"
  )";
  EXPECT_THAT(Show<catalog::v1::Row>(row), HasSubstr("missing documents"));
  EXPECT_THAT(Show<catalog::v1::Row>(row, Language::kDanish),
              HasSubstr("mangler documents"));
}

TEST(ProvisionTableTest, ARestatementSaysWhichGateItClosesOrExplains) {
  EXPECT_THAT(Show<catalog::v1::Restatement>(R"(
                id: "R1" gate: GATE_NOT_IN_TARGET_GROUP
                when { fact: "x" is: true } because { da: "d" en: "a reason" }
              )"),
              AllOf(HasSubstr("R1"), HasSubstr("closed:"),
                    HasSubstr("NOT_IN_TARGET_GROUP"), HasSubstr("x is yes"),
                    HasSubstr("a reason")));
  EXPECT_THAT(
      Show<catalog::v1::Restatement>("id: \"L4\" gate: GATE_NEEDS_ASSESSMENT"),
      AllOf(HasSubstr("the case waits"), HasSubstr("NEEDS_ASSESSMENT")));
}

}  // namespace
}  // namespace frikommune::cli
