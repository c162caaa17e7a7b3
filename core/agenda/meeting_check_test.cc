#include "core/agenda/meeting_check.h"

#include <gtest/gtest.h>

#include "core/error/error.h"

namespace frikommune::rehab {
namespace {

v1::TeamMeeting GoodMeeting() {
  v1::TeamMeeting meeting;
  meeting.set_date("2019-03-12");
  for (int role = v1::TEAM_ROLE_EMPLOYMENT; role <= v1::TEAM_ROLE_EDUCATION;
       ++role) {
    v1::TeamMember& member = *meeting.add_members();
    member.set_member("person-" + std::to_string(role));
    member.set_role(static_cast<v1::TeamRole>(role));
  }
  return meeting;
}

TEST(TeamMeetingCheckTest, AWholeTeamMayMeet) {
  EXPECT_TRUE(CheckTeamMeeting(GoodMeeting()).ok());
}

TEST(TeamMeetingCheckTest, EveryoneButEducationMustBeThere) {
  for (int i = 0; i < 5; ++i) {
    v1::TeamMeeting meeting = GoodMeeting();
    const v1::TeamRole role = meeting.members(i).role();
    meeting.mutable_members()->DeleteSubrange(i, 1);
    const absl::Status status = CheckTeamMeeting(meeting);
    if (role == v1::TEAM_ROLE_EDUCATION) {
      EXPECT_TRUE(status.ok());
      continue;
    }
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ErrorInfoOf(status),
              (ErrorInfo{decision::v1::ERROR_REASON_FIELD_REQUIRED,
                         "team_meeting.members"}));
  }
}

TEST(TeamMeetingCheckTest, NobodyIsThereTwice) {
  v1::TeamMeeting meeting = GoodMeeting();
  meeting.mutable_members(3)->set_member(meeting.members(1).member());
  const absl::Status status = CheckTeamMeeting(meeting);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorInfoOf(status), (ErrorInfo{decision::v1::ERROR_REASON_CONFLICT,
                                            "team_meeting.members[3].member"}));
}

TEST(TeamMeetingCheckTest, TwoMaySpeakForTheSame) {
  v1::TeamMeeting meeting = GoodMeeting();
  meeting.mutable_members(4)->set_role(v1::TEAM_ROLE_HEALTH);
  EXPECT_TRUE(CheckTeamMeeting(meeting).ok());
}

TEST(TeamMeetingCheckTest, TheDayIsADay) {
  v1::TeamMeeting meeting = GoodMeeting();
  for (const char* bad : {"2019-02-29", "12-03-2019", ""}) {
    meeting.set_date(bad);
    EXPECT_EQ(ErrorInfoOf(CheckTeamMeeting(meeting)),
              (ErrorInfo{decision::v1::ERROR_REASON_DATE_INVALID,
                         "team_meeting.date"}));
  }
}

TEST(WaitingCaseCheckTest, TheDeadlineDoesNotLieBeforeTheFirstDay) {
  v1::WaitingCase waiting;
  EXPECT_TRUE(CheckWaitingCase(waiting, "waiting_case").ok());
  waiting.set_earliest("2019-03-12");
  EXPECT_TRUE(CheckWaitingCase(waiting, "waiting_case").ok());
  waiting.set_deadline("2019-03-12");
  EXPECT_TRUE(CheckWaitingCase(waiting, "waiting_case").ok());
  waiting.set_deadline("2019-03-11");
  EXPECT_EQ(ErrorInfoOf(CheckWaitingCase(waiting, "waiting_case")),
            (ErrorInfo{decision::v1::ERROR_REASON_DATE_ORDER,
                       "waiting_case.deadline"}));
}

}  // namespace
}  // namespace frikommune::rehab
