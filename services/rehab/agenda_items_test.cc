#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/rehab/agenda_fixture_test.h"

namespace frikommune::rehab {
namespace {

TEST_F(AgendaTest, AnItemThatWaitsIsConfirmedWhenItIsSettled) {
  const std::string day = Day("2019-03-12");
  certificates_.BeAway();
  const std::string name = Book("c1", day)->name();
  const std::string before = Everything();
  ExpectRefused(Confirm(name, "r1"), StatusCode::kUnavailable,
                "CERTIFICATES_UNAVAILABLE", "");
  EXPECT_EQ(Everything(), before);
  certificates_.Say(kOpen);
  EXPECT_EQ(Confirm(name)->state(), v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN);
  certificates_.Say(kSettled);
  // The id of the request that failed is free.
  const auto confirmed = Confirm(name, "r1");
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_EQ(confirmed->state(), v1::AGENDA_ITEM_STATE_CONFIRMED);
  EXPECT_EQ(confirmed->certificate(), "municipalities/851/decisions/d");
  // Confirmed is confirmed, without another question.
  const size_t asked = certificates_.asked().size();
  certificates_.BeAway();
  EXPECT_EQ(Confirm(name)->SerializeAsString(), confirmed->SerializeAsString());
  EXPECT_EQ(certificates_.asked().size(), asked);
  ASSERT_TRUE(Withdraw(name).ok());
  EXPECT_EQ(Confirm(name, "r1")->SerializeAsString(),
            confirmed->SerializeAsString());
}

TEST_F(AgendaTest, AnItemOnNoDayIsNotConfirmed) {
  const std::string day = Day("2019-03-12");
  const std::string withdrawn = Book("c1", day)->name();
  const std::string waiting = Book("c2", day)->name();
  ASSERT_TRUE(Withdraw(withdrawn).ok());
  ASSERT_TRUE(Cancel(day).ok());
  for (const std::string& name : {withdrawn, waiting}) {
    ExpectRefused(Confirm(name), StatusCode::kFailedPrecondition,
                  "STATE_CONFLICT", "name");
  }
  ExpectRefused(
      Confirm(absl::StrCat(day.substr(0, 19), "agendaItems/", ids_.Next())),
      StatusCode::kNotFound, "RESOURCE_UNKNOWN", "name");
}

TEST_F(AgendaTest, AMoveTakesThePlaceAlong) {
  const std::string from = Day("2019-03-12", 1);
  const std::string to = Day("2019-03-13", 1);
  const auto item = Book("c1", from);
  v1::MoveAgendaItemRequest request = MoveRequest(item->name(), to);
  request.set_etag(item->etag());
  request.set_request_id("r1");
  const auto moved = Move(request);
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->team_meeting(), to);
  EXPECT_EQ(moved->state(), v1::AGENDA_ITEM_STATE_CONFIRMED);
  EXPECT_EQ(Move(request)->SerializeAsString(), moved->SerializeAsString());
  ASSERT_TRUE(Book("c2", from).ok());
  // Its own day is full, and it may stay there.
  EXPECT_TRUE(Move(MoveRequest(item->name(), to)).ok());
  const std::string before = Everything();
  ExpectRefused(Move(MoveRequest(item->name(), from)),
                StatusCode::kFailedPrecondition, "MEETING_DAY_FULL",
                "team_meeting");
  request.set_request_id("r2");
  ExpectRefused(Move(request), StatusCode::kAborted, "ETAG_STALE", "etag");
  EXPECT_EQ(Everything(), before);
}

TEST_F(AgendaTest, AnItemWhoseDayWasCancelledIsAskedAboutAgain) {
  const std::string from = Day("2019-03-12");
  const std::string to = Day("2019-03-13");
  const std::string name = Book("c1", from)->name();
  ASSERT_TRUE(Cancel(from).ok());
  ExpectRefused(Move(MoveRequest(name, from)), StatusCode::kFailedPrecondition,
                "MEETING_DAY_CANCELLED", "team_meeting");
  certificates_.Say(kOpen);
  const auto moved = Move(MoveRequest(name, to));
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->state(), v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN);
  EXPECT_EQ(moved->certificate(), "");
  EXPECT_EQ(certificates_.asked().size(), 2u);
}

TEST_F(AgendaTest, AWithdrawnItemStaysWithdrawn) {
  const std::string day = Day("2019-03-12");
  const auto item = Book("c1", day);
  ExpectRefused(Withdraw(item->name(), "seen long ago"), StatusCode::kAborted,
                "ETAG_STALE", "etag");
  const auto withdrawn = Withdraw(item->name(), item->etag(), "r1");
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  EXPECT_EQ(withdrawn->state(), v1::AGENDA_ITEM_STATE_WITHDRAWN);
  EXPECT_EQ(withdrawn->place(), 0);
  EXPECT_EQ(Withdraw(item->name(), item->etag(), "r1")->SerializeAsString(),
            withdrawn->SerializeAsString());
  ExpectRefused(Withdraw(item->name()), StatusCode::kFailedPrecondition,
                "STATE_CONFLICT", "name");
  ExpectRefused(Move(MoveRequest(item->name(), day)),
                StatusCode::kFailedPrecondition, "STATE_CONFLICT", "name");
}

TEST_F(AgendaTest, TheAgendaIsListedInPages) {
  const std::string day = Day("2019-03-12", 10);
  const std::string other = Day("2019-03-11", 10);
  std::vector<std::string> expected;
  for (int i = 0; i < 5; ++i) {
    expected.push_back(Book(absl::StrCat("c", i), day)->name());
  }
  const std::string early = Book("early", other)->name();
  std::vector<std::string> got;
  std::string token;
  do {
    const auto page = List(day, "", 2, token);
    EXPECT_LE(page.items_size(), 2);
    for (const auto& item : page.items()) got.push_back(item.name());
    token = page.next_page_token();
    // What goes meanwhile does not push another one out of sight.
    if (got.size() == 2) {
      ASSERT_TRUE(Withdraw(got[0]).ok());
    }
  } while (!token.empty());
  EXPECT_EQ(got, expected);
  EXPECT_EQ(List("", "early").items(0).name(), early);
  EXPECT_EQ(List("", "", 1000).items_size(), 6);
  v1::ListAgendaRequest request;
  request.set_municipality("municipalities/851");
  request.set_team_meeting(other);
  request.set_page_token(List(day, "", 1).next_page_token());
  v1::ListAgendaResponse response;
  ExpectRefused(agenda_.ListAgenda(request, response),
                StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                "page_token");
}

}  // namespace
}  // namespace frikommune::rehab
