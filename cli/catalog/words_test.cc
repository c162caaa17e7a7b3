#include "cli/catalog/words.h"

#include <gtest/gtest.h>

#include "core/scheduling/vocabulary.h"
#include "frikommune/scheduling/v1/contact_course.pb.h"
#include "google/protobuf/text_format.h"

namespace frikommune::cli {
namespace {

struct Case {
  const char* name;
  const char* condition;
  const char* danish;
  const char* english;
};

// clang-format off
const Case kCases[] = {
    {"Yes", "fact: 'seasonal' is: true", "seasonal er ja", "seasonal is yes"},
    {"No", "fact: 'seasonal' is: false", "seasonal er nej", "seasonal is no"},
    {"OneValue", "fact: 'meeting.form' in: 'MEETING_FORM_TELEPHONE'",
     "meeting.form er TELEPHONE", "meeting.form is TELEPHONE"},
    {"Values", "fact: 'risk' in: 'RISK_LOW' in: 'RISK_HIGH'",
     "risk er LOW eller HIGH", "risk is LOW or HIGH"},
    {"ANestedType", "fact: 'mentor.illness_place' in: 'PLACE_AT_HOME'",
     "mentor.illness_place er AT_HOME", "mentor.illness_place is AT_HOME"},
    {"AtLeast", "fact: 'meeting.ordinal' at_least: 7", "meeting.ordinal >= 7", "meeting.ordinal >= 7"},
    {"AtMost", "fact: 'meeting.ordinal' at_most: 0", "meeting.ordinal <= 0", "meeting.ordinal <= 0"},
    {"Between", "fact: 'days_to_exit' at_least: 0 at_most: 41",
     "0 <= days_to_exit <= 41", "0 <= days_to_exit <= 41"},
    {"From", "fact: 'on' from: 'start + 42d'", "on >= start + 42d", "on >= start + 42d"},
    {"Days", "fact: 'on' from: 'start + 42d' to: 'start + 55d'",
     "start + 42d <= on <= start + 55d", "start + 42d <= on <= start + 55d"},
    {"Answered", "fact: 'available' answered: true", "available er besvaret", "available is answered"},
    {"Any", "any_of { fact: 'seasonal' is: true } any_of { fact: 'available' is: false }",
     "(seasonal er ja eller available er nej)", "(seasonal is yes or available is no)"},
};
// clang-format on

class CatalogWordsTest : public testing::TestWithParam<Case> {};

TEST_P(CatalogWordsTest, WriteATest) {
  catalog::v1::Condition condition;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      GetParam().condition, &condition));
  const auto words = scheduling::SchedulingVocabulary().vocabulary;
  EXPECT_EQ(CatalogWords(Language::kDanish).Write(condition, words),
            GetParam().danish);
  EXPECT_EQ(CatalogWords(Language::kEnglish).Write(condition, words),
            GetParam().english);
}

INSTANTIATE_TEST_SUITE_P(Tests, CatalogWordsTest, testing::ValuesIn(kCases),
                         [](const auto& its) {
                           return std::string(its.param.name);
                         });

TEST(CatalogWordsOfRowsTest, ARowWithoutTestsHoldsAlways) {
  const auto words = scheduling::SchedulingVocabulary().vocabulary;
  catalog::v1::Row row;
  EXPECT_EQ(CatalogWords(Language::kDanish).Write(row.when(), words), "altid");
  row.add_when()->set_fact("seasonal");
  row.mutable_when(0)->set_is(true);
  *row.add_when() = row.when(0);
  EXPECT_EQ(CatalogWords(Language::kEnglish).Write(row.when(), words),
            "seasonal is yes\nseasonal is yes");
}

TEST(CatalogWordsOfRowsTest, ASourceSaysHowSureTheProjectIs) {
  catalog::v1::Row row;
  row.add_cite()->set_source("001");
  row.mutable_cite(0)->set_pinpoint("L135");
  row.add_cite()->set_source("S23");
  const CatalogWords words(Language::kEnglish);
  EXPECT_EQ(words.Write(row.cite(), decision::v1::CONFIDENCE_UNSPECIFIED),
            "001 L135\nS23");
  EXPECT_EQ(words.Write(row.cite(), decision::v1::CONFIDENCE_TO_VERIFY),
            "001 L135\nS23\n(to verify)");
  EXPECT_EQ(words.Write(row.cite(), decision::v1::CONFIDENCE_CONVENTION),
            "001 L135\nS23\n(convention)");
}

TEST(ShortNameTest, LeavesOutTheTypesName) {
  const auto& form = *scheduling::v1::MeetingForm_descriptor();
  EXPECT_EQ(ShortName(form, scheduling::v1::MEETING_FORM_TELEPHONE),
            "TELEPHONE");
  EXPECT_EQ(ShortName(form, "MEETING_FORM_DIGITAL"), "DIGITAL");
  EXPECT_EQ(ShortName(form, "OTHER"), "OTHER");
  EXPECT_EQ(ShortName(form, 99), "99");
}

}  // namespace
}  // namespace frikommune::cli
