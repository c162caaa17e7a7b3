#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/rehab/agenda_fixture_test.h"

namespace frikommune::rehab {
namespace {

struct Standing {
  certificates::v1::CertificateStanding standing;
  v1::AgendaItemState state;
};

TEST_F(AgendaTest, OnlyASettledCertificateConfirms) {
  const std::string day = Day("2019-03-12", 10);
  const Standing standings[] = {
      {certificates::v1::CERTIFICATE_STANDING_OBTAINED,
       v1::AGENDA_ITEM_STATE_CONFIRMED},
      {certificates::v1::CERTIFICATE_STANDING_WAIVED,
       v1::AGENDA_ITEM_STATE_CONFIRMED},
      {certificates::v1::CERTIFICATE_STANDING_NOT_REQUIRED,
       v1::AGENDA_ITEM_STATE_CONFIRMED},
      {certificates::v1::CERTIFICATE_STANDING_OPEN,
       v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN},
      {certificates::v1::CERTIFICATE_STANDING_UNKNOWN_CASE,
       v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN},
      {certificates::v1::CERTIFICATE_STANDING_UNSPECIFIED,
       v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN}};
  int place = 0;
  for (const auto& [standing, state] : standings) {
    certificates_.Say(standing);
    const auto item = Book(absl::StrCat("c", place), day);
    ASSERT_TRUE(item.ok()) << item.status();
    EXPECT_EQ(item->state(), state) << standing;
    EXPECT_EQ(item->place(), ++place);
    EXPECT_EQ(item->certificate(), state == v1::AGENDA_ITEM_STATE_CONFIRMED
                                       ? "municipalities/851/decisions/d"
                                       : "");
  }
  EXPECT_EQ(certificates_.asked().front(), "851/c0");
}

TEST_F(AgendaTest, ThePlaceIsKeptWhileCertificatesIsAway) {
  const std::string day = Day("2019-03-12", 1);
  certificates_.BeAway();
  const auto item = Book("c1", day);
  ASSERT_TRUE(item.ok()) << item.status();
  EXPECT_EQ(item->state(), v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE);
  EXPECT_EQ(item->place(), 1);
  ExpectRefused(Book("c2", day), StatusCode::kFailedPrecondition,
                "MEETING_DAY_FULL", "team_meeting");
}

TEST_F(AgendaTest, ThePlaceIsKeptBeforeCertificatesAnswers) {
  const std::string day = Day("2019-03-12", 1);
  certificates_.Hold();
  BookCall call;
  call.request = BookRequest("c1", day);
  Begin(call);
  EXPECT_EQ(List(day).items_size(), 1);
  EXPECT_EQ(List(day).items(0).state(),
            v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE);
  ExpectRefused(Book("c2", day), StatusCode::kFailedPrecondition,
                "MEETING_DAY_FULL", "team_meeting");
  EXPECT_FALSE(call.done.HasBeenNotified());
  certificates_.Release();
  ASSERT_TRUE(call.Wait().ok());
  EXPECT_EQ(call.response.item().state(), v1::AGENDA_ITEM_STATE_CONFIRMED);
}

struct Refused {
  const char* name;
  const char* date;
  const char* earliest;
  const char* deadline;
  bool needs_education;
  // OK is an empty reason.
  StatusCode code;
  const char* reason;
};

// clang-format off
const Refused kLimits[] = {
    {"Today",          "2019-03-10", "",           "",           false, StatusCode::kOk, ""},
    {"Yesterday",      "2019-03-09", "",           "",           false, StatusCode::kFailedPrecondition, "MEETING_DAY_PAST"},
    {"Deadline",       "2019-03-12", "",           "2019-03-12", false, StatusCode::kOk, ""},
    {"AfterDeadline",  "2019-03-13", "",           "2019-03-12", false, StatusCode::kFailedPrecondition, "DEADLINE_MISSED"},
    {"FirstDay",       "2019-03-12", "2019-03-12", "",           false, StatusCode::kOk, ""},
    {"BeforeFirstDay", "2019-03-11", "2019-03-12", "",           false, StatusCode::kInvalidArgument, "CONFLICT"},
    {"Education",      "2019-03-12", "",           "",           true,  StatusCode::kInvalidArgument, "CONFLICT"},
};
// clang-format on

TEST_F(AgendaTest, ADayMustDoForTheCaseToBookOrToMoveThere) {
  for (const Refused& limit : kLimits) {
    SCOPED_TRACE(limit.name);
    const std::string day = Day(limit.date, 5);
    const std::string other = Day("2019-03-12", 5, true);
    v1::BookAgendaItemRequest request = BookRequest(limit.name, day);
    request.mutable_waiting_case()->set_earliest(limit.earliest);
    request.mutable_waiting_case()->set_deadline(limit.deadline);
    request.mutable_waiting_case()->set_needs_education_member(
        limit.needs_education);
    const std::string before = Everything();
    const auto booked = Book(request);
    if (limit.code == StatusCode::kOk) {
      EXPECT_TRUE(booked.ok()) << booked.status();
      ASSERT_TRUE(Withdraw(booked->name()).ok());
    } else {
      ExpectRefused(booked, limit.code, limit.reason, "team_meeting");
      EXPECT_EQ(Everything(), before);
    }
    request.set_team_meeting(other);
    const auto there = Book(request);
    ASSERT_TRUE(there.ok()) << there.status();
    const std::string moving = Everything();
    const auto moved = Move(MoveRequest(there->name(), day));
    if (limit.code == StatusCode::kOk) {
      EXPECT_TRUE(moved.ok()) << moved.status();
    } else {
      ExpectRefused(moved, limit.code, limit.reason, "team_meeting");
      EXPECT_EQ(Everything(), moving);
    }
  }
}

TEST_F(AgendaTest, TheEducationMemberMeetsWhoNeedsIt) {
  const std::string day = Day("2019-03-12", 1, true);
  v1::BookAgendaItemRequest request = BookRequest("c1", "");
  request.mutable_waiting_case()->set_needs_education_member(true);
  Day("2019-03-11");
  const auto item = Book(request);
  ASSERT_TRUE(item.ok()) << item.status();
  EXPECT_EQ(item->team_meeting(), day);
}

TEST_F(AgendaTest, ADayThatIsFullOrCancelledTakesNoMore) {
  const std::string full = Day("2019-03-12", 1);
  const std::string cancelled = Day("2019-03-12", 1);
  ASSERT_TRUE(Book("c1", full).ok());
  ASSERT_TRUE(Cancel(cancelled).ok());
  const std::string before = Everything();
  const size_t asked = certificates_.asked().size();
  ExpectRefused(Book("c2", full), StatusCode::kFailedPrecondition,
                "MEETING_DAY_FULL", "team_meeting");
  ExpectRefused(Book("c2", cancelled), StatusCode::kFailedPrecondition,
                "MEETING_DAY_CANCELLED", "team_meeting");
  EXPECT_EQ(Everything(), before);
  EXPECT_EQ(certificates_.asked().size(), asked);
}

TEST_F(AgendaTest, ACaseIsOnOneAgenda) {
  const std::string day = Day("2019-03-12");
  const auto item = Book("c1", day);
  ASSERT_TRUE(item.ok());
  for (const std::string& where : {day, Day("2019-03-19"), std::string()}) {
    ExpectRefused(Book("c1", where), StatusCode::kAlreadyExists,
                  "ALREADY_ON_AGENDA", "waiting_case.case_id");
  }
  ASSERT_TRUE(Withdraw(item->name()).ok());
  EXPECT_TRUE(Book("c1", day).ok());
}

TEST_F(AgendaTest, NoMunicipalityReachesAnothers) {
  const std::string theirs = Day("2019-03-12", 2, false, "municipalities/810");
  ExpectRefused(Book("c1", theirs), StatusCode::kNotFound, "RESOURCE_UNKNOWN",
                "team_meeting");
  // Nor by its id under the own name.
  ExpectRefused(Book("c1", absl::StrReplaceAll(theirs, {{"810", "851"}})),
                StatusCode::kNotFound, "RESOURCE_UNKNOWN", "team_meeting");
  // A case without a day is not put there either.
  ExpectRefused(Book("c1", ""), StatusCode::kFailedPrecondition,
                "MEETING_DAY_FULL", "team_meeting");
  const std::string ours = Book("c1", Day("2019-03-12"))->name();
  ExpectRefused(Move(MoveRequest(ours, theirs)), StatusCode::kNotFound,
                "RESOURCE_UNKNOWN", "team_meeting");
  const std::string disguised = absl::StrReplaceAll(ours, {{"851", "810"}});
  ExpectRefused(Withdraw(disguised), StatusCode::kNotFound, "RESOURCE_UNKNOWN",
                "name");
  ExpectRefused(Confirm(disguised), StatusCode::kNotFound, "RESOURCE_UNKNOWN",
                "name");
  ExpectRefused(Move(MoveRequest(disguised, theirs)), StatusCode::kNotFound,
                "RESOURCE_UNKNOWN", "name");
  v1::ListAgendaRequest request;
  request.set_municipality("municipalities/851");
  request.set_team_meeting(theirs);
  v1::ListAgendaResponse response;
  ExpectRefused(agenda_.ListAgenda(request, response), StatusCode::kNotFound,
                "RESOURCE_UNKNOWN", "team_meeting");
}

TEST_F(AgendaTest, ACaseGetsTheFirstDayThatKeepsItsDeadline) {
  const std::string first = Day("2019-03-12", 1);
  const std::string second = Day("2019-03-13", 1);
  v1::BookAgendaItemRequest request = BookRequest("c1", "");
  request.mutable_waiting_case()->set_deadline("2019-03-13");
  EXPECT_EQ(Book(request)->team_meeting(), first);
  request.mutable_waiting_case()->set_case_id("c2");
  EXPECT_EQ(Book(request)->team_meeting(), second);
  request.mutable_waiting_case()->set_case_id("c3");
  ExpectRefused(Book(request), StatusCode::kFailedPrecondition,
                "MEETING_DAY_FULL", "team_meeting");
  Day("2019-03-14", 1);
  const auto missed = Book(request);
  ExpectRefused(missed, StatusCode::kFailedPrecondition, "DEADLINE_MISSED",
                "waiting_case.deadline");
  EXPECT_THAT(std::string(missed.status().message()),
              testing::HasSubstr("2019-03-14"));
  request.mutable_waiting_case()->set_earliest("2019-03-14");
  ExpectRefused(Book(request), StatusCode::kInvalidArgument, "DATE_ORDER",
                "waiting_case.deadline");
}

TEST_F(AgendaTest, ManyAtOnceGetEachPlaceOnce) {
  constexpr int kClients = 32;
  for (int i = 0; i < 5; ++i) Day(absl::StrCat("2019-03-1", 1 + i), 4);
  std::vector<absl::StatusOr<v1::AgendaItem>> items(
      kClients, absl::StatusOr<v1::AgendaItem>(v1::AgendaItem()));
  std::vector<std::thread> clients;
  for (size_t i = 0; i < kClients; ++i) {
    clients.emplace_back([&, i] { items[i] = Book(absl::StrCat("c", i), ""); });
  }
  for (std::thread& client : clients) client.join();
  std::set<std::pair<std::string, int>> places;
  int refused = 0;
  for (const auto& item : items) {
    if (item.ok()) {
      EXPECT_TRUE(places.insert({item->team_meeting(), item->place()}).second);
      continue;
    }
    ++refused;
    ExpectRefused(item, StatusCode::kFailedPrecondition, "MEETING_DAY_FULL",
                  "team_meeting");
  }
  EXPECT_EQ(places.size(), 20u);
  EXPECT_EQ(refused, kClients - 20);
}

}  // namespace
}  // namespace frikommune::rehab
