#ifndef FRIKOMMUNE_TESTS_CONTRACT_AGENDA_STORE_CONTRACT_H_
#define FRIKOMMUNE_TESTS_CONTRACT_AGENDA_STORE_CONTRACT_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/error/error.h"
#include "ports/agenda_store.h"
#include "tests/contract/booking_race.h"

namespace frikommune {

// What every adapter of the agenda store does. Run it on one with
// INSTANTIATE_TEST_SUITE_P and a function that makes an empty store.
class AgendaStoreContract : public testing::TestWithParam<
                                std::function<std::unique_ptr<AgendaStore>()>> {
 protected:
  using Meeting = rehab::v1::TeamMeeting;
  using Item = rehab::v1::AgendaItem;

  // A request that was never made before. Its digest is bytes, and no text.
  AgendaRequest Fresh(int municipality = 851) {
    return {municipality, absl::StrCat("request-", ++requests_),
            std::string("\x91\0\xff", 3)};
  }

  static Meeting Day(const std::string& name, const std::string& date,
                     int capacity) {
    Meeting meeting;
    meeting.set_name(name);
    meeting.set_date(date);
    meeting.set_place("room 2");
    meeting.set_capacity(capacity);
    meeting.add_members()->set_member("person-1");
    return meeting;
  }
  static Item Draft(const std::string& name, const std::string& case_id) {
    Item item;
    item.set_name(name);
    item.mutable_waiting_case()->set_case_id(case_id);
    item.mutable_waiting_case()->set_deadline("2019-04-01");
    return item;
  }

  // Creates a day that must not fail.
  Meeting Create(const std::string& name, const std::string& date, int capacity,
                 int municipality = 851) {
    const auto change = store_->CreateTeamMeeting(Fresh(municipality),
                                                  Day(name, date, capacity));
    EXPECT_TRUE(change.ok()) << change.status();
    return change.ok() ? change->team_meeting : Meeting();
  }
  // Takes a place that is there.
  Item Take(const std::string& day, const std::string& name,
            const std::string& case_id, int municipality = 851) {
    const auto change =
        store_->TakePlace(Fresh(municipality), day, Draft(name, case_id));
    EXPECT_TRUE(change.ok()) << change.status();
    return change.ok() ? change->items.at(0) : Item();
  }

  Meeting DayOf(const std::string& name, int municipality = 851) {
    const auto meeting = store_->GetTeamMeeting(municipality, name);
    EXPECT_TRUE(meeting.ok()) << meeting.status();
    return meeting.ok() ? *meeting : Meeting();
  }
  Item ItemOf(const std::string& name, int municipality = 851) {
    const auto item = store_->GetItem(municipality, name);
    EXPECT_TRUE(item.ok()) << item.status();
    return item.ok() ? *item : Item();
  }
  std::vector<std::string> ItemNames(const AgendaItemFilter& filter,
                                     const AgendaPosition& after = {},
                                     int limit = 100) {
    std::vector<std::string> names;
    const auto items = store_->ListItems(851, filter, after, limit);
    EXPECT_TRUE(items.ok()) << items.status();
    for (const Item& item : *items) names.push_back(item.name());
    return names;
  }

  // Everything that can be seen of a municipality.
  std::string Everything(int municipality = 851) {
    std::string all;
    const auto meetings = store_->ListTeamMeetings(municipality, {}, {}, 1000);
    for (const Meeting& meeting : *meetings) {
      absl::StrAppend(&all, meeting.DebugString(), "\n");
    }
    const auto items = store_->ListItems(municipality, {}, {}, 1000);
    for (const Item& item : *items) {
      absl::StrAppend(&all, item.DebugString(), "\n");
    }
    return all;
  }

  template <typename T>
  static void ExpectRefused(const absl::StatusOr<T>& got, absl::StatusCode code,
                            const std::string& reason,
                            const std::string& field) {
    EXPECT_EQ(got.status().code(), code) << got.status();
    const ErrorInfo info = ErrorInfoOf(got.status());
    EXPECT_EQ(ReasonName(info.reason), reason);
    EXPECT_EQ(info.field, field);
  }

  static constexpr auto kNotFound = absl::StatusCode::kNotFound;
  static constexpr auto kPrecondition = absl::StatusCode::kFailedPrecondition;
  static constexpr auto kAborted = absl::StatusCode::kAborted;

  const std::unique_ptr<AgendaStore> store_ = GetParam()();

 private:
  int requests_ = 0;
};

TEST_P(AgendaStoreContract, ADayIsKeptOpenAndEmpty) {
  Meeting asked = Day("d1", "2019-03-12", 2);
  asked.set_booked(7);
  asked.set_state(rehab::v1::TEAM_MEETING_STATE_CANCELLED);
  const auto change = store_->CreateTeamMeeting(Fresh(), asked);
  ASSERT_TRUE(change.ok()) << change.status();
  const Meeting& kept = change->team_meeting;
  EXPECT_EQ(kept.state(), rehab::v1::TEAM_MEETING_STATE_OPEN);
  EXPECT_EQ(kept.booked(), 0);
  EXPECT_EQ(kept.place(), "room 2");
  EXPECT_EQ(kept.members_size(), 1);
  EXPECT_NE(kept.etag(), "");
  EXPECT_FALSE(change->open);
  EXPECT_FALSE(change->repeated);
  EXPECT_EQ(DayOf("d1").DebugString(), kept.DebugString());
}

TEST_P(AgendaStoreContract, PlacesAreGivenFromTheLowest) {
  Create("d1", "2019-03-12", 3);
  EXPECT_EQ(Take("d1", "i1", "c1").place(), 1);
  const Item second = Take("d1", "i2", "c2");
  EXPECT_EQ(second.place(), 2);
  EXPECT_EQ(second.team_meeting(), "d1");
  EXPECT_EQ(second.date(), "2019-03-12");
  EXPECT_EQ(second.state(),
            rehab::v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE);
  EXPECT_EQ(second.waiting_case().deadline(), "2019-04-01");
  EXPECT_EQ(ItemOf("i2").DebugString(), second.DebugString());
  EXPECT_EQ(DayOf("d1").booked(), 2);
  ASSERT_TRUE(store_->WithdrawItem(Fresh(), "i1", "").ok());
  EXPECT_EQ(DayOf("d1").booked(), 1);
  EXPECT_EQ(Take("d1", "i3", "c3").place(), 1);
  EXPECT_EQ(Take("d1", "i4", "c4").place(), 3);
}

TEST_P(AgendaStoreContract, AFullDayTakesNoMore) {
  Create("d1", "2019-03-12", 1);
  Take("d1", "i1", "c1");
  const std::string before = Everything();
  ExpectRefused(store_->TakePlace(Fresh(), "d1", Draft("i2", "c2")),
                kPrecondition, "MEETING_DAY_FULL", "team_meeting");
  EXPECT_EQ(Everything(), before);
  ASSERT_TRUE(store_->WithdrawItem(Fresh(), "i1", "").ok());
  EXPECT_EQ(Take("d1", "i3", "c2").place(), 1);
}

TEST_P(AgendaStoreContract, ACaseIsOnOneAgenda) {
  Create("d1", "2019-03-12", 3);
  Create("d2", "2019-03-19", 3);
  Take("d1", "i1", "c1");
  const std::string before = Everything();
  ExpectRefused(store_->TakePlace(Fresh(), "d2", Draft("i2", "c1")),
                absl::StatusCode::kAlreadyExists, "ALREADY_ON_AGENDA",
                "waiting_case.case_id");
  EXPECT_EQ(Everything(), before);
  ASSERT_TRUE(store_->WithdrawItem(Fresh(), "i1", "").ok());
  Take("d2", "i2", "c1");
}

TEST_P(AgendaStoreContract, ACaseWhoseDayWasCancelledHasItsItem) {
  Create("d1", "2019-03-12", 3);
  Create("d2", "2019-03-19", 3);
  Take("d1", "i1", "c1");
  ASSERT_TRUE(store_->CancelTeamMeeting(Fresh(), "d1", "").ok());
  ExpectRefused(store_->TakePlace(Fresh(), "d2", Draft("i2", "c1")),
                absl::StatusCode::kAlreadyExists, "ALREADY_ON_AGENDA",
                "waiting_case.case_id");
}

TEST_P(AgendaStoreContract, WhatIsNotThereIsUnknown) {
  Create("d1", "2019-03-12", 1);
  Take("d1", "i1", "c1");
  const std::string unknown = "RESOURCE_UNKNOWN";
  ExpectRefused(store_->GetTeamMeeting(851, "x"), kNotFound, unknown, "name");
  ExpectRefused(store_->GetItem(851, "x"), kNotFound, unknown, "name");
  ExpectRefused(store_->CancelTeamMeeting(Fresh(), "x", ""), kNotFound, unknown,
                "name");
  ExpectRefused(store_->TakePlace(Fresh(), "x", Draft("i2", "c2")), kNotFound,
                unknown, "team_meeting");
  ExpectRefused(store_->MoveItem(Fresh(), "x", "", "d1"), kNotFound, unknown,
                "name");
  ExpectRefused(store_->MoveItem(Fresh(), "i1", "", "x"), kNotFound, unknown,
                "team_meeting");
  ExpectRefused(store_->WithdrawItem(Fresh(), "x", ""), kNotFound, unknown,
                "name");
  ExpectRefused(
      store_->Settle(Fresh(), "x", rehab::v1::AGENDA_ITEM_STATE_CONFIRMED, ""),
      kNotFound, unknown, "name");
}

TEST_P(AgendaStoreContract, NoMunicipalityReachesAnothers) {
  Create("d1", "2019-03-12", 2);
  Create("d2", "2019-03-19", 2, 810);
  Take("d1", "i1", "c1");
  const std::string before = Everything();
  ExpectRefused(store_->GetTeamMeeting(810, "d1"), kNotFound,
                "RESOURCE_UNKNOWN", "name");
  ExpectRefused(store_->GetItem(810, "i1"), kNotFound, "RESOURCE_UNKNOWN",
                "name");
  EXPECT_FALSE(store_->TakePlace(Fresh(810), "d1", Draft("i2", "c2")).ok());
  EXPECT_FALSE(store_->MoveItem(Fresh(810), "i1", "", "d2").ok());
  EXPECT_FALSE(store_->MoveItem(Fresh(), "i1", "", "d2").ok());
  EXPECT_FALSE(store_->WithdrawItem(Fresh(810), "i1", "").ok());
  EXPECT_FALSE(store_->CancelTeamMeeting(Fresh(810), "d1", "").ok());
  EXPECT_TRUE(store_->ListItems(810, {}, {}, 100)->empty());
  EXPECT_EQ(store_->ListTeamMeetings(810, {}, {}, 100)->size(), 1u);
  EXPECT_EQ(Everything(), before);
  // The same case and request id are others there.
  Take("d2", "i2", "c1", 810);
  const AgendaRequest here{851, "same", "digest"};
  const AgendaRequest there{810, "same", "another digest"};
  ASSERT_TRUE(store_->WithdrawItem(here, "i1", "").ok());
  ASSERT_TRUE(store_->WithdrawItem(there, "i2", "").ok());
}

TEST_P(AgendaStoreContract, AMoveTakesTheNewPlaceAndFreesTheOld) {
  Create("d1", "2019-03-12", 1);
  Create("d2", "2019-03-19", 2);
  Take("d2", "i2", "c2");
  const Item before = Take("d1", "i1", "c1");
  const auto moved = store_->MoveItem(Fresh(), "i1", before.etag(), "d2");
  ASSERT_TRUE(moved.ok()) << moved.status();
  const Item& item = moved->items.at(0);
  EXPECT_EQ(item.team_meeting(), "d2");
  EXPECT_EQ(item.date(), "2019-03-19");
  EXPECT_EQ(item.place(), 2);
  EXPECT_EQ(item.state(), before.state());
  EXPECT_NE(item.etag(), before.etag());
  EXPECT_FALSE(moved->open);
  EXPECT_EQ(DayOf("d1").booked(), 0);
  EXPECT_EQ(DayOf("d2").booked(), 2);
  Take("d1", "i3", "c3");
}

TEST_P(AgendaStoreContract, AMoveThatCannotBeLeavesEverything) {
  Create("d1", "2019-03-12", 1);
  Create("d2", "2019-03-19", 1);
  Create("d3", "2019-03-26", 1);
  Take("d1", "i1", "c1");
  Take("d2", "i2", "c2");
  ASSERT_TRUE(store_->CancelTeamMeeting(Fresh(), "d3", "").ok());
  const std::string before = Everything();
  ExpectRefused(store_->MoveItem(Fresh(), "i1", "", "d2"), kPrecondition,
                "MEETING_DAY_FULL", "team_meeting");
  ExpectRefused(store_->MoveItem(Fresh(), "i1", "", "d3"), kPrecondition,
                "MEETING_DAY_CANCELLED", "team_meeting");
  EXPECT_EQ(Everything(), before);
}

TEST_P(AgendaStoreContract, AMoveToItsOwnDayChangesNothing) {
  Create("d1", "2019-03-12", 1);
  const Item before = Take("d1", "i1", "c1");
  const auto moved = store_->MoveItem(Fresh(), "i1", "", "d1");
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->items.at(0).DebugString(), before.DebugString());
}

TEST_P(AgendaStoreContract, AWithdrawnItemDoesNotComeBack) {
  Create("d1", "2019-03-12", 1);
  Take("d1", "i1", "c1");
  const auto withdrawn = store_->WithdrawItem(Fresh(), "i1", "");
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  const Item& item = withdrawn->items.at(0);
  EXPECT_EQ(item.state(), rehab::v1::AGENDA_ITEM_STATE_WITHDRAWN);
  EXPECT_EQ(item.team_meeting(), "");
  EXPECT_EQ(item.date(), "");
  EXPECT_EQ(item.place(), 0);
  const std::string before = Everything();
  ExpectRefused(store_->MoveItem(Fresh(), "i1", "", "d1"), kPrecondition,
                "STATE_CONFLICT", "name");
  ExpectRefused(store_->WithdrawItem(Fresh(), "i1", ""), kPrecondition,
                "STATE_CONFLICT", "name");
  const auto settled = store_->Settle(
      Fresh(), "i1", rehab::v1::AGENDA_ITEM_STATE_CONFIRMED, "decision");
  ASSERT_TRUE(settled.ok());
  EXPECT_EQ(settled->items.at(0).DebugString(), item.DebugString());
  EXPECT_EQ(Everything(), before);
}

TEST_P(AgendaStoreContract, ACancelledDayLetsItsItemsGo) {
  Create("d1", "2019-03-12", 3);
  Create("d2", "2019-03-19", 3);
  Take("d1", "i2", "c2");
  Take("d1", "i1", "c1");
  Take("d2", "i3", "c3");
  ASSERT_TRUE(store_
                  ->Settle(Fresh(), "i1",
                           rehab::v1::AGENDA_ITEM_STATE_CONFIRMED, "decision")
                  .ok());
  const auto change =
      store_->CancelTeamMeeting(Fresh(), "d1", DayOf("d1").etag());
  ASSERT_TRUE(change.ok()) << change.status();
  EXPECT_EQ(change->team_meeting.state(),
            rehab::v1::TEAM_MEETING_STATE_CANCELLED);
  EXPECT_EQ(change->team_meeting.booked(), 0);
  ASSERT_EQ(change->items.size(), 2u);
  EXPECT_EQ(change->items[0].name(), "i2");
  EXPECT_EQ(change->items[1].name(), "i1");
  for (const Item& item : change->items) {
    EXPECT_EQ(item.state(), rehab::v1::AGENDA_ITEM_STATE_DAY_CANCELLED);
    EXPECT_EQ(item.team_meeting(), "");
    EXPECT_EQ(item.place(), 0);
    EXPECT_EQ(ItemOf(item.name()).DebugString(), item.DebugString());
  }
  EXPECT_EQ(ItemOf("i3").team_meeting(), "d2");
  ExpectRefused(store_->CancelTeamMeeting(Fresh(), "d1", ""), kPrecondition,
                "MEETING_DAY_CANCELLED", "name");
  ExpectRefused(store_->TakePlace(Fresh(), "d1", Draft("i4", "c4")),
                kPrecondition, "MEETING_DAY_CANCELLED", "team_meeting");

  // What was confirmed is asked about again before it is on a day.
  const auto moved = store_->MoveItem(Fresh(), "i1", "", "d2");
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_TRUE(moved->open);
  EXPECT_EQ(moved->items.at(0).state(),
            rehab::v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE);
  EXPECT_EQ(moved->items.at(0).certificate(), "");
}

TEST_P(AgendaStoreContract, WhatWasSeenMustStillBeSo) {
  const std::string day_etag = Create("d1", "2019-03-12", 2).etag();
  Create("d2", "2019-03-19", 2);
  const Item item = Take("d1", "i1", "c1");
  EXPECT_NE(DayOf("d1").etag(), day_etag);
  ASSERT_TRUE(store_
                  ->Settle(Fresh(), "i1",
                           rehab::v1::AGENDA_ITEM_STATE_CONFIRMED, "decision")
                  .ok());
  const std::string before = Everything();
  ExpectRefused(store_->CancelTeamMeeting(Fresh(), "d1", day_etag), kAborted,
                "ETAG_STALE", "etag");
  ExpectRefused(store_->MoveItem(Fresh(), "i1", item.etag(), "d2"), kAborted,
                "ETAG_STALE", "etag");
  ExpectRefused(store_->WithdrawItem(Fresh(), "i1", item.etag()), kAborted,
                "ETAG_STALE", "etag");
  EXPECT_EQ(Everything(), before);
  EXPECT_TRUE(store_->MoveItem(Fresh(), "i1", ItemOf("i1").etag(), "d2").ok());
  EXPECT_TRUE(store_->WithdrawItem(Fresh(), "i1", ItemOf("i1").etag()).ok());
  EXPECT_TRUE(
      store_->CancelTeamMeeting(Fresh(), "d1", DayOf("d1").etag()).ok());
}

TEST_P(AgendaStoreContract, OnlyWhatWaitsIsSettled) {
  Create("d1", "2019-03-12", 1);
  Take("d1", "i1", "c1");
  const auto settle = [this](rehab::v1::AgendaItemState state,
                             const std::string& certificate) {
    const auto change = store_->Settle(Fresh(), "i1", state, certificate);
    EXPECT_TRUE(change.ok()) << change.status();
    EXPECT_FALSE(change->open);
    EXPECT_EQ(change->items.at(0).DebugString(), ItemOf("i1").DebugString());
    return change->items.at(0);
  };
  const Item open = settle(rehab::v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN, "");
  EXPECT_EQ(open.state(), rehab::v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN);
  EXPECT_EQ(open.place(), 1);
  // Nothing new is no change.
  EXPECT_EQ(settle(rehab::v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN, "").etag(),
            open.etag());
  const Item confirmed =
      settle(rehab::v1::AGENDA_ITEM_STATE_CONFIRMED, "decision");
  EXPECT_EQ(confirmed.state(), rehab::v1::AGENDA_ITEM_STATE_CONFIRMED);
  EXPECT_EQ(confirmed.certificate(), "decision");
  EXPECT_NE(confirmed.etag(), open.etag());
  EXPECT_EQ(
      settle(rehab::v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE, "").state(),
      rehab::v1::AGENDA_ITEM_STATE_CONFIRMED);
}

TEST_P(AgendaStoreContract, ARepeatedRequestHasOneEffect) {
  const AgendaRequest create = Fresh();
  const AgendaRequest take = Fresh();
  const AgendaRequest move = Fresh();
  const AgendaRequest withdraw = Fresh();
  const AgendaRequest cancel = Fresh();
  Create("d2", "2019-03-19", 1);
  const std::vector<std::function<absl::StatusOr<AgendaChange>()>> steps = {
      [&] {
        return store_->CreateTeamMeeting(create, Day("d1", "2019-03-12", 1));
      },
      [&] { return store_->TakePlace(take, "d1", Draft("i1", "c1")); },
      [&] { return store_->MoveItem(move, "i1", "", "d2"); },
      [&] { return store_->WithdrawItem(withdraw, "i1", ""); },
      [&] { return store_->CancelTeamMeeting(cancel, "d2", ""); }};
  std::vector<AgendaChange> first;
  for (const auto& step : steps) {
    const auto change = step();
    ASSERT_TRUE(change.ok()) << change.status();
    EXPECT_FALSE(change->repeated);
    first.push_back(*change);
  }
  const std::string before = Everything();
  // Long after, when none of them could be done any more.
  for (size_t i = 0; i < steps.size(); ++i) {
    const auto again = steps[i]();
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(again->open, first[i].open);
    EXPECT_EQ(again->team_meeting.SerializeAsString(),
              first[i].team_meeting.SerializeAsString());
    ASSERT_EQ(again->items.size(), first[i].items.size());
    for (size_t j = 0; j < first[i].items.size(); ++j) {
      EXPECT_EQ(again->items[j].SerializeAsString(),
                first[i].items[j].SerializeAsString());
    }
  }
  EXPECT_EQ(Everything(), before);
  const auto recalled = store_->Recall(move);
  ASSERT_TRUE(recalled.ok() && recalled->has_value());
  EXPECT_TRUE((*recalled)->repeated);
  EXPECT_EQ((*recalled)->items.at(0).SerializeAsString(),
            first[2].items[0].SerializeAsString());
  EXPECT_FALSE(store_->Recall(Fresh())->has_value());
}

TEST_P(AgendaStoreContract, ARequestIdIsForOneRequest) {
  AgendaRequest request = Fresh();
  ASSERT_TRUE(
      store_->CreateTeamMeeting(request, Day("d1", "2019-03-12", 1)).ok());
  Take("d1", "i1", "c1");
  const std::string before = Everything();
  request.digest = "another";
  const auto refused = [](const auto& got) {
    ExpectRefused(got, absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED",
                  "request_id");
  };
  refused(store_->Recall(request));
  refused(store_->CreateTeamMeeting(request, Day("d2", "2019-03-12", 1)));
  refused(store_->CancelTeamMeeting(request, "d1", ""));
  refused(store_->TakePlace(request, "d1", Draft("i2", "c2")));
  refused(store_->MoveItem(request, "i1", "", "d1"));
  refused(store_->WithdrawItem(request, "i1", ""));
  refused(store_->Settle(request, "i1", rehab::v1::AGENDA_ITEM_STATE_CONFIRMED,
                         ""));
  EXPECT_EQ(Everything(), before);
}

TEST_P(AgendaStoreContract, ARequestThatFailedMayBeSentAgain) {
  const AgendaRequest request = Fresh();
  EXPECT_FALSE(store_->TakePlace(request, "d1", Draft("i1", "c1")).ok());
  EXPECT_FALSE(store_->Recall(request)->has_value());
  Create("d1", "2019-03-12", 1);
  const auto taken = store_->TakePlace(request, "d1", Draft("i1", "c1"));
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_FALSE(taken->repeated);
}

TEST_P(AgendaStoreContract, AnOpenAnswerIsClosedOnce) {
  Create("d1", "2019-03-12", 1);
  const AgendaRequest request = Fresh();
  const auto taken = store_->TakePlace(request, "d1", Draft("i1", "c1"));
  ASSERT_TRUE(taken.ok());
  EXPECT_TRUE(taken->open);
  EXPECT_TRUE(store_->Recall(request)->value().open);
  const auto settled = store_->Settle(
      request, "i1", rehab::v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN, "");
  ASSERT_TRUE(settled.ok());
  EXPECT_FALSE(settled->open);
  EXPECT_FALSE(settled->repeated);
  // Whoever comes second gets what the first one said.
  const auto again = store_->Settle(
      request, "i1", rehab::v1::AGENDA_ITEM_STATE_CONFIRMED, "decision");
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->items.at(0).SerializeAsString(),
            settled->items.at(0).SerializeAsString());
  EXPECT_EQ(ItemOf("i1").state(),
            rehab::v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN);
  // Later changes do not reach it.
  ASSERT_TRUE(store_->WithdrawItem(Fresh(), "i1", "").ok());
  const auto repeated = store_->TakePlace(request, "d1", Draft("i9", "c1"));
  ASSERT_TRUE(repeated.ok());
  EXPECT_EQ(repeated->items.at(0).SerializeAsString(),
            settled->items.at(0).SerializeAsString());
}

TEST_P(AgendaStoreContract, DaysAreListedByDateAndName) {
  Create("b", "2019-03-12", 1);
  Create("c", "2019-03-05", 1);
  Create("a", "2019-03-12", 1);
  Create("d", "2019-03-19", 1);
  const auto names = [this](const TeamMeetingFilter& filter,
                            const AgendaPosition& after, int limit) {
    std::string all;
    const auto meetings = store_->ListTeamMeetings(851, filter, after, limit);
    for (const Meeting& one : *meetings) all += one.name();
    return all;
  };
  EXPECT_EQ(names({}, {}, 100), "cabd");
  EXPECT_EQ(names({}, {}, 2), "ca");
  EXPECT_EQ(names({}, {"2019-03-12", 0, "a"}, 2), "bd");
  EXPECT_EQ(names({}, {"2019-03-19", 0, "d"}, 2), "");
  EXPECT_EQ(names({"2019-03-12", ""}, {}, 100), "abd");
  EXPECT_EQ(names({"2019-03-13", ""}, {}, 100), "d");
  EXPECT_EQ(names({"", "2019-03-12"}, {}, 100), "cab");
  EXPECT_EQ(names({"", "2019-03-11"}, {}, 100), "c");
  EXPECT_EQ(names({"2019-03-12", "2019-03-12"}, {"2019-03-12", 0, "a"}, 100),
            "b");
}

TEST_P(AgendaStoreContract, ItemsAreListedByDatePlaceAndName) {
  Create("d1", "2019-03-12", 3);
  Create("d2", "2019-03-05", 3);
  Take("d1", "i1", "c1");
  Take("d1", "i0", "c2");
  Take("d2", "i3", "c3");
  Take("d2", "i4", "c4");
  ASSERT_TRUE(store_->WithdrawItem(Fresh(), "i4", "").ok());
  Take("d1", "i5", "c4");
  using testing::ElementsAre;
  EXPECT_THAT(ItemNames({}), ElementsAre("i4", "i3", "i1", "i0", "i5"));
  EXPECT_THAT(ItemNames({}, {"2019-03-12", 1, "i1"}, 1), ElementsAre("i0"));
  EXPECT_THAT(ItemNames({}, {"", 0, "i4"}, 1), ElementsAre("i3"));
  EXPECT_THAT(ItemNames({"d1", ""}), ElementsAre("i1", "i0", "i5"));
  EXPECT_THAT(ItemNames({"", "c4"}), ElementsAre("i4", "i5"));
  EXPECT_THAT(ItemNames({"d1", "c4"}), ElementsAre("i5"));
  EXPECT_THAT(ItemNames({"d2", "c4"}), ElementsAre());
}

TEST_P(AgendaStoreContract, NoPlaceIsGivenTwiceWhoeverBooksAtOnce) {
  const BookingRace race;
  for (const auto& [name, date] : race.days())
    Create(name, date, race.places());
  const auto items =
      race.Run([this](const AgendaRequest& request, const std::string& day,
                      const Item& item) -> absl::StatusOr<Item> {
        auto change = store_->TakePlace(request, day, item);
        if (!change.ok()) return change.status();
        return change->items.at(0);
      });
  EXPECT_EQ(BookingRace::GivenTwice(items), 0);
  // And none is left over.
  EXPECT_EQ(static_cast<int>(items.size()), race.places_of_all_days());
  for (const auto& [name, date] : race.days()) {
    EXPECT_EQ(DayOf(name).booked(), race.places());
    EXPECT_EQ(ItemNames({name, ""}).size(), static_cast<size_t>(race.places()));
  }
}

TEST_P(AgendaStoreContract, MovesAtOnceLoseNoPlace) {
  constexpr int kThreads = 32;
  Create("d1", "2019-03-12", kThreads);
  Create("d2", "2019-03-19", 5);
  for (int i = 0; i < kThreads; ++i) {
    Take("d1", absl::StrCat("i", i), absl::StrCat("c", i));
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([this, i] {
      const std::string item = absl::StrCat("i", i);
      for (int round = 0; round < 20; ++round) {
        const AgendaRequest request{851, absl::StrCat("move-", i, "-", round),
                                    "digest"};
        (void)store_->MoveItem(request, item, "", round % 2 ? "d1" : "d2");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto first = store_->ListItems(851, {"d1", ""}, {}, 100);
  const auto second = store_->ListItems(851, {"d2", ""}, {}, 100);
  EXPECT_EQ(first->size() + second->size(), static_cast<size_t>(kThreads));
  EXPECT_EQ(DayOf("d1").booked(), static_cast<int>(first->size()));
  EXPECT_EQ(DayOf("d2").booked(), static_cast<int>(second->size()));
  EXPECT_LE(second->size(), 5u);
  std::vector<Item> all = *first;
  all.insert(all.end(), second->begin(), second->end());
  EXPECT_EQ(BookingRace::GivenTwice(all), 0);
}

TEST_P(AgendaStoreContract, ARequestSentByManyHasOneEffect) {
  constexpr int kThreads = 32;
  Create("d1", "2019-03-12", kThreads);
  const AgendaRequest request = Fresh();
  std::vector<absl::StatusOr<AgendaChange>> changes(
      kThreads, absl::StatusOr<AgendaChange>(AgendaChange()));
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      changes[i] =
          store_->TakePlace(request, "d1", Draft(absl::StrCat("i", i), "c1"));
    });
  }
  for (std::thread& thread : threads) thread.join();
  int done = 0;
  for (const auto& change : changes) {
    ASSERT_TRUE(change.ok()) << change.status();
    EXPECT_EQ(change->items.at(0).name(), changes[0]->items.at(0).name());
    if (!change->repeated) ++done;
  }
  EXPECT_EQ(done, 1);
  EXPECT_EQ(DayOf("d1").booked(), 1);
}

}  // namespace frikommune

#endif  // FRIKOMMUNE_TESTS_CONTRACT_AGENDA_STORE_CONTRACT_H_
