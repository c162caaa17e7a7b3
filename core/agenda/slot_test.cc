#include "core/agenda/slot.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/agenda/plan.h"

namespace frikommune::rehab {
namespace {

v1::TeamMeeting Day(const std::string& date, int capacity = 2, int booked = 0) {
  v1::TeamMeeting meeting;
  meeting.set_name("day " + date);
  meeting.set_date(date);
  meeting.set_capacity(capacity);
  meeting.set_booked(booked);
  meeting.set_state(v1::TEAM_MEETING_STATE_OPEN);
  return meeting;
}

v1::TeamMeeting WithEducation(v1::TeamMeeting meeting) {
  meeting.add_members()->set_role(v1::TEAM_ROLE_EDUCATION);
  return meeting;
}

v1::TeamMeeting Cancelled(v1::TeamMeeting meeting) {
  meeting.set_state(v1::TEAM_MEETING_STATE_CANCELLED);
  return meeting;
}

v1::WaitingCase Waiting(const std::string& earliest,
                        const std::string& deadline, bool education = false) {
  v1::WaitingCase waiting;
  waiting.set_case_id("case-17");
  waiting.set_earliest(earliest);
  waiting.set_deadline(deadline);
  waiting.set_needs_education_member(education);
  return waiting;
}

struct Case {
  const char* name;
  v1::TeamMeeting meeting;
  v1::WaitingCase waiting;
  v1::DayRefusal want;
};

constexpr v1::DayRefusal kDoes = v1::DAY_REFUSAL_UNSPECIFIED;

// Every limit, on it and a step over it. Today is 2019-03-10.
// clang-format off
const Case kCases[] = {
    {"NoLimits", Day("2019-03-10"), Waiting("", ""), kDoes},
    {"Today", Day("2019-03-10"), Waiting("2019-03-01", "2019-03-31"), kDoes},
    {"Yesterday", Day("2019-03-09"), Waiting("2019-03-01", "2019-03-31"), v1::DAY_REFUSAL_PAST},
    {"FirstDay", Day("2019-03-15"), Waiting("2019-03-15", ""), kDoes},
    {"BeforeFirstDay", Day("2019-03-14"), Waiting("2019-03-15", ""), v1::DAY_REFUSAL_TOO_EARLY},
    {"Deadline", Day("2019-03-15"), Waiting("", "2019-03-15"), kDoes},
    {"AfterDeadline", Day("2019-03-16"), Waiting("", "2019-03-15"), v1::DAY_REFUSAL_AFTER_DEADLINE},
    {"LastPlace", Day("2019-03-15", 2, 1), Waiting("", ""), kDoes},
    {"Full", Day("2019-03-15", 2, 2), Waiting("", ""), v1::DAY_REFUSAL_FULL},
    {"Cancelled", Cancelled(Day("2019-03-15")), Waiting("", ""), v1::DAY_REFUSAL_CANCELLED},
    {"CancelledBeforePast", Cancelled(Day("2019-03-01")), Waiting("", ""), v1::DAY_REFUSAL_CANCELLED},
    {"EducationNeeded", Day("2019-03-15"), Waiting("", "", true), v1::DAY_REFUSAL_NO_EDUCATION_MEMBER},
    {"EducationThere", WithEducation(Day("2019-03-15")), Waiting("", "", true), kDoes},
    {"EducationNotNeeded", WithEducation(Day("2019-03-15")), Waiting("", ""), kDoes},
};
// clang-format on

class RefusalTest : public testing::TestWithParam<Case> {};

TEST_P(RefusalTest, Says) {
  const Case& c = GetParam();
  EXPECT_EQ(RefusalOf(c.meeting, c.waiting, "2019-03-10"), c.want);
}

INSTANTIATE_TEST_SUITE_P(Limits, RefusalTest, testing::ValuesIn(kCases),
                         [](const auto& tested) {
                           return std::string(tested.param.name);
                         });

TEST(FindSlotTest, IsTheFirstDayThatDoes) {
  const std::vector<v1::TeamMeeting> days = {
      Day("2019-03-09"), Cancelled(Day("2019-03-11")), Day("2019-03-12", 1, 1),
      Day("2019-03-13"), Day("2019-03-14")};
  const AgendaSlot slot =
      FindSlot(days, Waiting("", "2019-03-13"), "2019-03-10");
  ASSERT_NE(slot.meeting, nullptr);
  EXPECT_EQ(slot.meeting->date(), "2019-03-13");
  ASSERT_EQ(slot.tried.size(), 3u);
  EXPECT_EQ(slot.tried[0].refusal(), v1::DAY_REFUSAL_PAST);
  EXPECT_EQ(slot.tried[0].team_meeting(), "day 2019-03-09");
  EXPECT_EQ(slot.tried[1].refusal(), v1::DAY_REFUSAL_CANCELLED);
  EXPECT_EQ(slot.tried[2].refusal(), v1::DAY_REFUSAL_FULL);
  EXPECT_EQ(slot.tried[2].date(), "2019-03-12");
  EXPECT_EQ(slot.schedulable_from, "");
}

TEST(FindSlotTest, SaysFromWhenACaseCouldBeMetAboutTooLate) {
  const std::vector<v1::TeamMeeting> days = {
      Day("2019-03-12", 1, 1), Day("2019-03-14", 1, 1), Day("2019-03-15"),
      WithEducation(Day("2019-03-18"))};
  const AgendaSlot slot =
      FindSlot(days, Waiting("", "2019-03-13"), "2019-03-10");
  EXPECT_EQ(slot.meeting, nullptr);
  EXPECT_EQ(slot.schedulable_from, "2019-03-15");
  ASSERT_EQ(slot.tried.size(), 2u);
  EXPECT_EQ(slot.tried[0].refusal(), v1::DAY_REFUSAL_FULL);
  EXPECT_EQ(slot.tried[1].refusal(), v1::DAY_REFUSAL_AFTER_DEADLINE);
  // A later day must do in every other way.
  EXPECT_EQ(FindSlot(days, Waiting("", "2019-03-13", true), "2019-03-10")
                .schedulable_from,
            "2019-03-18");
}

TEST(FindSlotTest, SaysThatThereIsNone) {
  const std::vector<v1::TeamMeeting> days = {Day("2019-03-12", 1, 1)};
  const AgendaSlot slot = FindSlot(days, Waiting("", ""), "2019-03-10");
  EXPECT_EQ(slot.meeting, nullptr);
  EXPECT_EQ(slot.schedulable_from, "");
  EXPECT_EQ(slot.tried.size(), 1u);
  EXPECT_TRUE(FindSlot({}, Waiting("", ""), "2019-03-10").tried.empty());
}

TEST(PlanAgendaTest, PlansOnWhatIsLeft) {
  const std::vector<v1::TeamMeeting> days = {
      Day("2019-03-09"), Cancelled(Day("2019-03-10")), Day("2019-03-10", 2, 1),
      Day("2019-03-12", 1, 1), WithEducation(Day("2019-03-13", 1))};
  v1::PlanAgendaRequest request;
  *request.add_cases() = Waiting("", "2019-03-13");
  *request.add_cases() = Waiting("", "2019-03-10");
  *request.add_cases() = Waiting("2019-03-11", "2019-03-12");
  *request.add_cases() = Waiting("2019-03-14", "");
  v1::PlanAgendaResponse response;
  PlanAgenda(days, request.cases(), "2019-03-10", response);
  ASSERT_EQ(response.planned_size(), 4);
  EXPECT_EQ(response.planned(0).date(), "2019-03-13");
  EXPECT_EQ(response.planned(0).team_meeting(), "day 2019-03-13");
  EXPECT_EQ(response.planned(0).case_id(), "case-17");
  EXPECT_EQ(response.planned(1).date(), "2019-03-10");
  EXPECT_EQ(response.planned(2).team_meeting(), "");
  EXPECT_EQ(response.planned(3).date(), "");
  EXPECT_EQ(response.missed_count(), 2);
}

}  // namespace
}  // namespace frikommune::rehab
