#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/rehab/agenda_fixture_test.h"

namespace frikommune::rehab {
namespace {

TEST_F(AgendaTest, ADayIsCreated) {
  v1::CreateTeamMeetingRequest request = DayRequest("2019-03-12", 3);
  request.mutable_team_meeting()->set_place("room 2");
  request.mutable_team_meeting()->set_name("mine");
  request.mutable_team_meeting()->set_booked(3);
  v1::CreateTeamMeetingResponse response;
  ASSERT_TRUE(agenda_.CreateTeamMeeting(request, response).ok());
  const v1::TeamMeeting& meeting = response.team_meeting();
  EXPECT_THAT(meeting.name(),
              testing::MatchesRegex(
                  "municipalities/851/teamMeetings/[0-9A-HJKMNP-TV-Z]*"));
  EXPECT_EQ(meeting.place(), "room 2");
  EXPECT_EQ(meeting.booked(), 0);
  EXPECT_EQ(meeting.members_size(), 4);
  EXPECT_EQ(meeting.state(), v1::TEAM_MEETING_STATE_OPEN);
}

TEST_F(AgendaTest, ABadDayIsNotCreated) {
  v1::CreateTeamMeetingResponse response;
  v1::CreateTeamMeetingRequest request = DayRequest("2019-03-12", 3);
  request.mutable_team_meeting()->mutable_members()->RemoveLast();
  ExpectRefused(agenda_.CreateTeamMeeting(request, response),
                StatusCode::kInvalidArgument, "FIELD_REQUIRED",
                "team_meeting.members");
  request = DayRequest("2019-03-12", 3);
  *request.mutable_team_meeting()->add_members() =
      request.team_meeting().members(0);
  ExpectRefused(agenda_.CreateTeamMeeting(request, response),
                StatusCode::kInvalidArgument, "CONFLICT",
                "team_meeting.members[4].member");
  request = DayRequest("2019-03-12", 3);
  request.set_municipality("municipalities/999");
  ExpectRefused(agenda_.CreateTeamMeeting(request, response),
                StatusCode::kNotFound, "MUNICIPALITY_UNKNOWN", "municipality");
  request.set_municipality("851");
  ExpectRefused(agenda_.CreateTeamMeeting(request, response),
                StatusCode::kInvalidArgument, "NAME_INVALID", "municipality");
  EXPECT_EQ(Days().team_meetings_size(), 0);
}

TEST_F(AgendaTest, ADayIsCreatedOnceForOneRequestId) {
  v1::CreateTeamMeetingRequest request = DayRequest("2019-03-12", 3);
  request.set_request_id("r1");
  v1::CreateTeamMeetingResponse first;
  v1::CreateTeamMeetingResponse again;
  ASSERT_TRUE(agenda_.CreateTeamMeeting(request, first).ok());
  ASSERT_TRUE(agenda_.CreateTeamMeeting(request, again).ok());
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  request.mutable_team_meeting()->set_capacity(4);
  ExpectRefused(agenda_.CreateTeamMeeting(request, again),
                StatusCode::kInvalidArgument, "REQUEST_ID_REUSED",
                "request_id");
  // Another call is another request, whatever it holds.
  ExpectRefused(Cancel(first.team_meeting().name(), "", "r1"),
                StatusCode::kInvalidArgument, "REQUEST_ID_REUSED",
                "request_id");
  EXPECT_EQ(Days().team_meetings_size(), 1);
  // Without an id, every request is a new one.
  Day("2019-03-12");
  Day("2019-03-12");
  EXPECT_EQ(Days().team_meetings_size(), 3);
}

TEST_F(AgendaTest, DaysAreListedInPages) {
  for (int i = 5; i > 0; --i) Day(absl::StrCat("2019-03-1", i));
  Day("2019-03-12", 2, false, "municipalities/810");
  v1::ListTeamMeetingsRequest request;
  request.set_municipality("municipalities/851");
  request.set_from_date("2019-03-12");
  request.set_to_date("2019-03-14");
  request.set_page_size(2);
  v1::ListTeamMeetingsResponse first;
  ASSERT_TRUE(agenda_.ListTeamMeetings(request, first).ok());
  ASSERT_EQ(first.team_meetings_size(), 2);
  EXPECT_EQ(first.team_meetings(0).date(), "2019-03-12");
  request.set_page_token(first.next_page_token());
  v1::ListTeamMeetingsResponse second;
  ASSERT_TRUE(agenda_.ListTeamMeetings(request, second).ok());
  ASSERT_EQ(second.team_meetings_size(), 1);
  EXPECT_EQ(second.team_meetings(0).date(), "2019-03-14");
  EXPECT_EQ(second.next_page_token(), "");

  v1::ListTeamMeetingsResponse none;
  const auto refused = [&] {
    ExpectRefused(agenda_.ListTeamMeetings(request, none),
                  StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                  "page_token");
  };
  request.set_to_date("2019-03-15");
  refused();
  request.set_to_date("2019-03-14");
  request.set_municipality("municipalities/810");
  refused();
  request.set_municipality("municipalities/851");
  request.set_page_token("invented");
  refused();
  request.set_page_token(
      absl::StrReplaceAll(first.next_page_token(), {{"~0~", "~00~"}}));
  refused();
  request.clear_page_token();
  request.set_to_date("2019-03-11");
  ExpectRefused(agenda_.ListTeamMeetings(request, none),
                StatusCode::kInvalidArgument, "DATE_ORDER", "to_date");
}

TEST_F(AgendaTest, ACancelledDayLetsItsItemsGo) {
  const std::string day = Day("2019-03-12");
  const auto item = Book("c1", day);
  ASSERT_TRUE(item.ok()) << item.status();
  const auto cancelled = Cancel(day);
  ASSERT_TRUE(cancelled.ok()) << cancelled.status();
  EXPECT_EQ(cancelled->team_meeting().state(),
            v1::TEAM_MEETING_STATE_CANCELLED);
  ASSERT_EQ(cancelled->items_size(), 1);
  EXPECT_EQ(cancelled->items(0).state(), v1::AGENDA_ITEM_STATE_DAY_CANCELLED);
  EXPECT_EQ(cancelled->items(0).name(), item->name());
  ExpectRefused(Cancel(day), StatusCode::kFailedPrecondition,
                "MEETING_DAY_CANCELLED", "name");
}

TEST_F(AgendaTest, ADayThatHasChangedIsNotCancelled) {
  const std::string day = Day("2019-03-12");
  const std::string etag = Days().team_meetings(0).etag();
  ASSERT_TRUE(Book("c1", day).ok());
  ExpectRefused(Cancel(day, etag), StatusCode::kAborted, "ETAG_STALE", "etag");
  EXPECT_TRUE(Cancel(day, Days().team_meetings(0).etag()).ok());
}

TEST_F(AgendaTest, NamesAreOfTheirCollection) {
  const std::string day = Day("2019-03-12");
  const std::string item = Book("c1", day)->name();
  for (const std::string& bad : {item, std::string("teamMeetings/x"),
                                 absl::StrCat(day, "x"), std::string("x")}) {
    ExpectRefused(Cancel(bad), StatusCode::kInvalidArgument, "NAME_INVALID",
                  "name");
  }
  ExpectRefused(Withdraw(day), StatusCode::kInvalidArgument, "NAME_INVALID",
                "name");
  ExpectRefused(Confirm(day), StatusCode::kInvalidArgument, "NAME_INVALID",
                "name");
  ExpectRefused(Move(MoveRequest(day, day)), StatusCode::kInvalidArgument,
                "NAME_INVALID", "name");
  ExpectRefused(Move(MoveRequest(item, item)), StatusCode::kInvalidArgument,
                "NAME_INVALID", "team_meeting");
  const std::string elsewhere = absl::StrReplaceAll(day, {{"851", "999"}});
  ExpectRefused(Cancel(elsewhere), StatusCode::kNotFound,
                "MUNICIPALITY_UNKNOWN", "name");
}

TEST_F(AgendaTest, FindsTheFirstDayAndSaysWhyNotBefore) {
  const std::string full = Day("2019-03-12", 1);
  const std::string cancelled = Day("2019-03-11");
  const std::string good = Day("2019-03-13");
  Day("2019-03-09");
  ASSERT_TRUE(Book("c1", full).ok());
  ASSERT_TRUE(Cancel(cancelled).ok());
  v1::FindAgendaSlotRequest request;
  request.set_municipality("municipalities/851");
  request.set_as_of(kToday);
  request.mutable_waiting_case()->set_case_id("c2");
  request.mutable_waiting_case()->set_deadline("2019-03-13");
  v1::FindAgendaSlotResponse response;
  ASSERT_TRUE(agenda_.FindAgendaSlot(request, response).ok());
  EXPECT_EQ(response.team_meeting().name(), good);
  ASSERT_EQ(response.tried_size(), 2);
  EXPECT_EQ(response.tried(0).refusal(), v1::DAY_REFUSAL_CANCELLED);
  EXPECT_EQ(response.tried(1).refusal(), v1::DAY_REFUSAL_FULL);
  EXPECT_EQ(response.tried(1).team_meeting(), full);
  // A past day is tried where the case could have been met about on it.
  request.mutable_waiting_case()->set_earliest("2019-03-09");
  response.Clear();
  ASSERT_TRUE(agenda_.FindAgendaSlot(request, response).ok());
  ASSERT_EQ(response.tried_size(), 3);
  EXPECT_EQ(response.tried(0).refusal(), v1::DAY_REFUSAL_PAST);

  request.mutable_waiting_case()->set_deadline("2019-03-12");
  response.Clear();
  ASSERT_TRUE(agenda_.FindAgendaSlot(request, response).ok());
  EXPECT_FALSE(response.has_team_meeting());
  EXPECT_EQ(response.schedulable_from(), "2019-03-13");

  request.mutable_waiting_case()->set_deadline("2019-03-08");
  ExpectRefused(agenda_.FindAgendaSlot(request, response),
                StatusCode::kInvalidArgument, "DATE_ORDER",
                "waiting_case.deadline");
}

TEST_F(AgendaTest, FindsBeyondAThousandDays) {
  for (int i = 0; i < 1001; ++i) {
    const std::string day = Day("2019-03-12", 1);
    ASSERT_TRUE(Book(absl::StrCat("c", i), day).ok());
  }
  const std::string last = Day("2019-03-13", 1);
  const auto item = Book("last", "");
  ASSERT_TRUE(item.ok()) << item.status();
  EXPECT_EQ(item->team_meeting(), last);
}

TEST_F(AgendaTest, PlansOnWhatIsLeftAndKeepsNothing) {
  const std::string first = Day("2019-03-12", 2);
  const std::string second = Day("2019-03-13", 1);
  Day("2019-03-09", 10);
  ASSERT_TRUE(Book("c0", first).ok());
  v1::PlanAgendaRequest request;
  request.set_municipality("municipalities/851");
  request.set_as_of(kToday);
  for (const char* deadline : {"2019-03-13", "2019-03-12", "2019-03-12"}) {
    v1::WaitingCase& waiting = *request.add_cases();
    waiting.set_case_id(absl::StrCat("c", request.cases_size()));
    waiting.set_deadline(deadline);
  }
  const std::string before = Everything();
  v1::PlanAgendaResponse response;
  ASSERT_TRUE(agenda_.PlanAgenda(request, response).ok());
  EXPECT_EQ(response.planned(0).team_meeting(), second);
  EXPECT_EQ(response.planned(1).team_meeting(), first);
  EXPECT_EQ(response.planned(2).team_meeting(), "");
  EXPECT_EQ(response.missed_count(), 1);
  EXPECT_EQ(Everything(), before);
}

TEST_F(AgendaTest, ABadPlanIsRefused) {
  v1::PlanAgendaRequest request;
  request.set_municipality("municipalities/851");
  request.set_as_of(kToday);
  for (int i = 0; i < kPlanCasesMax; ++i) {
    request.add_cases()->set_case_id(absl::StrCat("c", i));
  }
  v1::PlanAgendaResponse response;
  EXPECT_TRUE(agenda_.PlanAgenda(request, response).ok());
  EXPECT_EQ(response.missed_count(), kPlanCasesMax);
  request.mutable_cases(7)->set_case_id("c5");
  ExpectRefused(agenda_.PlanAgenda(request, response),
                StatusCode::kInvalidArgument, "CONFLICT", "cases[7].case_id");
  request.mutable_cases(7)->set_earliest("2019-03-12");
  request.mutable_cases(7)->set_deadline("2019-03-11");
  ExpectRefused(agenda_.PlanAgenda(request, response),
                StatusCode::kInvalidArgument, "DATE_ORDER",
                "cases[7].deadline");
  request.add_cases()->set_case_id("one more");
  ExpectRefused(agenda_.PlanAgenda(request, response),
                StatusCode::kInvalidArgument, "BATCH_TOO_LARGE", "cases");
}

}  // namespace
}  // namespace frikommune::rehab
