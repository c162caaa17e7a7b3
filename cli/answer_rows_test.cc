#include "cli/answer_rows.h"

#include "gmock/gmock.h"

namespace frikommune::cli {
namespace {

using nlohmann::json;

const json& Answer() {
  static const auto* const kAnswer = new json(json::parse(R"({
    "verdicts": [
      {"provision": "scheduling/joint-meeting-1", "outcome": "OUTCOME_ALLOWED_BY_EXPERIMENT",
       "ordinaryLawOutcome": "OUTCOME_LATE", "experiment": "E01", "option": "joint",
       "countsAsExperimentUse": true, "deadline": "2019-03-03",
       "ordinaryLawDeadline": "2019-02-17",
       "reasons": [{"row": "E01/J1", "text": {"da": "Ja", "en": "Yes"},
                    "citations": [{"source": "001", "pinpoint": "L135"}]}],
       "requiredActions": [{"code": "HOLD_ORDINARY_JOB_MEETING", "from": "2019-01-28",
                            "to": "2019-02-03"}]},
      {"provision": "scheduling/meeting-form", "outcome": "OUTCOME_INSUFFICIENT_FACTS",
       "ordinaryLawOutcome": "OUTCOME_INSUFFICIENT_FACTS", "missingFacts": ["meeting.form"]}
    ]})"));
  return *kAnswer;
}

TEST(AnswerRowsTest, TellsTheDecisionThatIsSpokenOf) {
  const auto rows = AnswerRows(
      json::parse(
          R"({"verdicts": [{"provision": "scheduling/joint-meeting-1"}]})"),
      Answer(), "en");
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].here,
            "scheduling/joint-meeting-1:\nallowed by experiment (E01 joint)\n"
            "last day 2019-03-03\n"
            "must hold ordinary job meeting 2019-01-28 to 2019-02-03");
  EXPECT_EQ(rows[0].ordinary_law, "late\nlast day 2019-02-17");
  EXPECT_EQ(rows[0].why, "Yes\nE01/J1 [001 L135]");
}

TEST(AnswerRowsTest, NamesWhatIsMissing) {
  const auto rows = AnswerRows(
      json::parse(
          R"({"verdicts": [{"provision": "scheduling/meeting-form"}]})"),
      Answer(), "en");
  ASSERT_EQ(rows.size(), 1);
  EXPECT_THAT(rows[0].here, testing::HasSubstr("missing: meeting.form"));
}

TEST(AnswerRowsTest, SpeaksDanish) {
  const auto rows =
      AnswerRows(json::parse(R"({"verdicts": [{}]})"), Answer(), "da");
  ASSERT_EQ(rows.size(), 1);
  EXPECT_THAT(rows[0].why, testing::StartsWith("Ja"));
}

TEST(AnswerRowsTest, TellsADutyOfAPlanWithItsStanding) {
  const json plan = json::parse(R"({"plan": {"duties": [
    {"ordinal": 1, "decision": {"provision": "p", "outcome": "OUTCOME_LATE",
                                "ordinaryLawOutcome": "OUTCOME_LATE"},
     "here": {"status": "DUTY_STATUS_OVERDUE", "earliest": "2019-01-07", "latest": "2019-03-03"},
     "ordinaryLaw": {"status": "DUTY_STATUS_OVERDUE", "latest": "2019-02-17"}}]}})");
  const auto rows = AnswerRows(
      json::parse(
          R"({"plan": {"duties": [{"here": {"latest": "2019-03-03"}}]}})"),
      plan, "en");
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].here, "p:\nlate\noverdue, from 2019-01-07 to 2019-03-03");
  EXPECT_EQ(rows[0].ordinary_law, "late\noverdue, by 2019-02-17");
}

TEST(AnswerRowsTest, HasNothingToTellOfAnAnswerWithoutDecisions) {
  EXPECT_TRUE(
      AnswerRows(json::object(), json::parse(R"({"digest": "x"})"), "en")
          .empty());
}

}  // namespace
}  // namespace frikommune::cli
