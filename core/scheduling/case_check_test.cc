#include "core/scheduling/case_check.h"

#include "core/error/error.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"

namespace frikommune::scheduling {
namespace {

v1::ContactCourse Read(const std::string& text) {
  v1::ContactCourse course;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &course))
      << text;
  return course;
}

// A course and what is wrong with it: "" and "" for nothing.
struct Case {
  const char* name;
  const char* course;
  const char* reason;
  const char* field;
};

// clang-format off
const Case kCases[] = {
    {"Empty", "", "", ""},
    {"SpellOfOneDay", R"(unemployment_spells { from: "2019-01-07" to: "2019-01-07" })", "", ""},
    {"SpellEndsBefore", R"(unemployment_spells { from: "2019-01-07" to: "2019-01-06" })",
     "DATE_ORDER", "course.unemployment_spells[0].to"},
    {"SpellsTouch", R"(unemployment_spells { from: "2019-01-07" to: "2019-01-09" } unemployment_spells { from: "2019-01-10" })", "", ""},
    {"SpellsOverlap", R"(unemployment_spells { from: "2019-01-07" to: "2019-01-09" } unemployment_spells { from: "2019-01-09" })",
     "DATE_ORDER", "course.unemployment_spells[1].from"},
    {"AfterASpellThatRuns", R"(unemployment_spells { from: "2019-01-07" } unemployment_spells { from: "2019-01-09" })",
     "DATE_ORDER", "course.unemployment_spells[1].from"},
    {"StartIsTheFirstSpell", R"(unemployment_start: "2019-01-07" unemployment_spells { from: "2019-01-07" })", "", ""},
    {"StartIsAnother", R"(unemployment_start: "2019-01-06" unemployment_spells { from: "2019-01-07" })",
     "CONFLICT", "course.unemployment_start"},
    {"AllowanceEndsBefore", R"(allowance { received { from: "2019-01-07" to: "2018-01-06" } })",
     "DATE_ORDER", "course.allowance.received[0].to"},
    {"ExitWithoutDay", R"(exit { kind: EXIT_KIND_CONSCRIPTION })", "FIELD_REQUIRED", "course.exit.date"},
    {"NoExit", R"(exit { kind: EXIT_KIND_NONE })", "", ""},
    {"NoExitWithADay", R"(exit { kind: EXIT_KIND_NONE date: "2019-01-07" })", "CONFLICT", "course.exit.date"},
    {"ChangeOnTheFirstDay", R"(subsidised_job { start_date: "2019-01-07" changed_on: "2019-01-07" })", "", ""},
    {"ChangeBeforeTheJob", R"(subsidised_job { start_date: "2019-01-07" changed_on: "2019-01-06" })",
     "EVENT_BEFORE_START", "course.subsidised_job.changed_on"},
    {"MeetingOnTheFirstDay", R"(unemployment_start: "2019-01-07" meetings { kind: MEETING_KIND_JOB_MEETING ordinal: 1 date: "2019-01-07" })", "", ""},
    {"MeetingBefore", R"(unemployment_start: "2019-01-07" meetings { kind: MEETING_KIND_JOB_MEETING ordinal: 1 date: "2019-01-06" })",
     "EVENT_BEFORE_START", "course.meetings[0].date"},
    {"FollowupBefore", R"(first_absence_day: "2019-01-07" meetings { kind: MEETING_KIND_FOLLOWUP ordinal: 1 date: "2019-01-06" })",
     "EVENT_BEFORE_START", "course.meetings[0].date"},
    {"MentorContactHasNoStart", R"(unemployment_start: "2019-01-07" meetings { kind: MEETING_KIND_MENTOR_CONTACT date: "2019-01-06" })", "", ""},
    {"WithoutNumber", R"(meetings { kind: MEETING_KIND_JOINT_MEETING date: "2019-02-01" })",
     "FIELD_REQUIRED", "course.meetings[0].ordinal"},
    {"RegisteredTheSameDay", R"(meetings { kind: MEETING_KIND_MENTOR_CONTACT date: "2019-02-01" registered_on: "2019-02-01" })", "", ""},
    {"RegisteredBefore", R"(meetings { kind: MEETING_KIND_MENTOR_CONTACT date: "2019-02-01" registered_on: "2019-01-31" })",
     "DATE_ORDER", "course.meetings[0].registered_on"},
    {"TheSameNumberTwice", R"(meetings { kind: MEETING_KIND_JOB_MEETING ordinal: 1 date: "2019-02-01" } meetings { kind: MEETING_KIND_JOB_MEETING ordinal: 1 date: "2019-03-01" })",
     "CONFLICT", "course.meetings[1].ordinal"},
    {"CancelledAndHeldAgain", R"(meetings { kind: MEETING_KIND_JOB_MEETING ordinal: 1 date: "2019-02-01" state: MEETING_STATE_CANCELLED } meetings { kind: MEETING_KIND_JOB_MEETING ordinal: 1 date: "2019-02-08" state: MEETING_STATE_HELD })", "", ""},
};
// clang-format on

class CaseCheckTest : public testing::TestWithParam<Case> {};

TEST_P(CaseCheckTest, Says) {
  const absl::Status status = CheckCourse(Read(GetParam().course));
  const ErrorInfo info = ErrorInfoOf(status);
  EXPECT_EQ(ReasonName(info.reason), GetParam().reason) << status;
  EXPECT_EQ(info.field, GetParam().field);
  EXPECT_EQ(status.ok(), std::string(GetParam().reason).empty());
}

INSTANTIATE_TEST_SUITE_P(Limits, CaseCheckTest, testing::ValuesIn(kCases),
                         [](const auto& given) {
                           return std::string(given.param.name);
                         });

TEST(CaseCheckTest, TakesTwoHundredEventsAndNoMore) {
  v1::ContactCourse course;
  for (int i = 0; i < kMostMeetings; ++i) {
    v1::Meeting& meeting = *course.add_meetings();
    meeting.set_kind(v1::MEETING_KIND_MENTOR_CONTACT);
    meeting.set_date("2019-02-01");
  }
  EXPECT_TRUE(CheckCourse(course).ok());
  *course.add_meetings() = course.meetings(0);
  const absl::Status status = CheckCourse(course);
  EXPECT_EQ(ErrorInfoOf(status).field, "course.meetings");
  EXPECT_EQ(ErrorInfoOf(status).reason,
            decision::v1::ERROR_REASON_VALUE_OUT_OF_RANGE);
}

}  // namespace
}  // namespace frikommune::scheduling
