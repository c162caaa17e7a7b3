#include "core/agenda/changes.h"

#include <gtest/gtest.h>

namespace frikommune::rehab {
namespace {

v1::TeamMeeting DayOf(int capacity, int booked) {
  v1::TeamMeeting day;
  day.set_name("d1");
  day.set_date("2019-03-12");
  day.set_state(v1::TEAM_MEETING_STATE_OPEN);
  day.set_capacity(capacity);
  day.set_booked(booked);
  return day;
}

v1::AgendaItem ItemIn(v1::AgendaItemState state) {
  v1::AgendaItem item;
  item.set_state(state);
  item.set_certificate("decision");
  return item;
}

TEST(ChangesTest, ADayTakesCasesUpToItsCapacity) {
  EXPECT_TRUE(CheckPlace(DayOf(2, 1)).ok());
  EXPECT_FALSE(CheckPlace(DayOf(2, 2)).ok());
  v1::TeamMeeting cancelled = DayOf(2, 0);
  cancelled.set_state(v1::TEAM_MEETING_STATE_CANCELLED);
  EXPECT_FALSE(CheckPlace(cancelled).ok());
}

TEST(ChangesTest, AnEtagThatIsNotGivenIsNotLookedAt) {
  EXPECT_TRUE(CheckEtag("", "7").ok());
  EXPECT_TRUE(CheckEtag("7", "7").ok());
  EXPECT_TRUE(absl::IsAborted(CheckEtag("6", "7")));
}

TEST(ChangesTest, AnItemThatIsTakenOffIsOnNoDay) {
  v1::AgendaItem item = ItemIn(v1::AGENDA_ITEM_STATE_CONFIRMED);
  const std::string before = item.SerializeAsString();
  PutOn(DayOf(2, 1), 2, item);
  EXPECT_EQ(item.team_meeting(), "d1");
  EXPECT_EQ(item.date(), "2019-03-12");
  EXPECT_EQ(item.place(), 2);
  TakeOff(item);
  EXPECT_EQ(item.SerializeAsString(), before);
}

TEST(ChangesTest, OnlyTheItemOfACancelledDayWaitsAgain) {
  v1::AgendaItem cancelled = ItemIn(v1::AGENDA_ITEM_STATE_DAY_CANCELLED);
  EXPECT_TRUE(WaitAgain(cancelled));
  EXPECT_EQ(cancelled.state(), v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE);
  EXPECT_EQ(cancelled.certificate(), "");
  v1::AgendaItem confirmed = ItemIn(v1::AGENDA_ITEM_STATE_CONFIRMED);
  EXPECT_FALSE(WaitAgain(confirmed));
  EXPECT_EQ(confirmed.certificate(), "decision");
}

TEST(ChangesTest, OnlyAnItemThatWaitsIsSettled) {
  for (const auto state : {v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN,
                           v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE}) {
    v1::AgendaItem item = ItemIn(state);
    EXPECT_FALSE(Settle(state, "decision", item)) << "nothing new";
    EXPECT_TRUE(Settle(v1::AGENDA_ITEM_STATE_CONFIRMED, "decision", item));
    EXPECT_EQ(item.state(), v1::AGENDA_ITEM_STATE_CONFIRMED);
  }
  for (const auto state :
       {v1::AGENDA_ITEM_STATE_CONFIRMED, v1::AGENDA_ITEM_STATE_WITHDRAWN,
        v1::AGENDA_ITEM_STATE_DAY_CANCELLED}) {
    v1::AgendaItem item = ItemIn(state);
    EXPECT_FALSE(
        Settle(v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN, "another", item));
    EXPECT_EQ(item.state(), state);
  }
}

}  // namespace
}  // namespace frikommune::rehab
