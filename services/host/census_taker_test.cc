#include "services/host/census_taker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "adapters/memory/agenda_store.h"
#include "adapters/memory/ledger.h"
#include "frikommune/decision/v1/record.pb.h"

namespace frikommune::host {
namespace {

constexpr int kFinal = decision::v1::DECISION_STATE_FINAL;
constexpr int kForTheLeader = decision::v1::DECISION_STATE_NEEDS_LEADER_REVIEW;

constexpr int kAalborg = 851;
constexpr int kRebild = 840;
constexpr char kToday[] = "2019-03-05";

class CensusTest : public testing::Test {
 protected:
  // Keeps a decision that came to be in a state at a second.
  void Decide(int municipality, int state, int64_t second,
              const std::string& service = "rehab") {
    LedgerDraft draft;
    ledger::v1::Entry& entry = draft.entry;
    const std::string id = absl::StrCat("entry-", 10000 + ++entries_);
    entry.set_municipality(municipality);
    entry.set_request_id(id);
    entry.set_subject(id);
    entry.set_service(service);
    entry.mutable_index()->set_state(state);
    entry.mutable_time()->set_seconds(second);
    ledger_.Append({std::move(draft)}, [](std::vector<LedgerReceipt> receipts) {
      ASSERT_TRUE(receipts.at(0).status.ok()) << receipts.at(0).status;
    });
  }

  AgendaRequest Fresh() {
    return {kAalborg, absl::StrCat("request-", ++requests_), "digest"};
  }
  void Create(const std::string& name, const std::string& date, int capacity) {
    rehab::v1::TeamMeeting day;
    day.set_name(name);
    day.set_date(date);
    day.set_capacity(capacity);
    ASSERT_TRUE(agenda_.CreateTeamMeeting(Fresh(), day).ok());
  }
  void Take(const std::string& day, const std::string& name,
            const std::string& deadline) {
    rehab::v1::AgendaItem item;
    item.set_name(name);
    item.mutable_waiting_case()->set_case_id("case of " + name);
    item.mutable_waiting_case()->set_deadline(deadline);
    ASSERT_TRUE(agenda_.TakePlace(Fresh(), day, item).ok());
  }

  // What stands; a store that fails is the test's own fault.
  StoreCensus Census() {
    auto census = TakeCensus({.service = "rehab",
                              .ledger = ledger_,
                              .agenda = &agenda_,
                              .municipalities = {kRebild, kAalborg}},
                             kToday);
    EXPECT_TRUE(census.ok()) << census.status();
    return census.ok() ? *std::move(census) : StoreCensus();
  }
  StoreCensus::Agenda Agenda() {
    return Census().agenda.value_or(StoreCensus::Agenda{.free_places = -1});
  }

  MemoryLedger ledger_;
  MemoryAgendaStore agenda_;
  int entries_ = 0;
  int requests_ = 0;
};

TEST_F(CensusTest, NothingIsToldAsNothing) {
  const StoreCensus census = Census();
  EXPECT_EQ(census.agenda, StoreCensus::Agenda());
  ASSERT_EQ(census.reviews.size(), 2);
  for (const auto& [municipality, reviews] : census.reviews) {
    EXPECT_EQ(reviews.pending, 0) << municipality;
    EXPECT_FALSE(reviews.oldest.has_value()) << municipality;
  }
}

TEST_F(CensusTest, CountsWhatWaitsForALeaderAndSinceWhen) {
  Decide(kAalborg, kForTheLeader, 2000);
  Decide(kAalborg, kForTheLeader, 1000);
  Decide(kAalborg, kForTheLeader, 3000);
  Decide(kAalborg, kFinal, 500);
  Decide(kAalborg, kForTheLeader, 400, "certificates");
  const StoreCensus census = Census();
  EXPECT_EQ(census.reviews.at(kAalborg).pending, 3);
  EXPECT_EQ(census.reviews.at(kAalborg).oldest, absl::FromUnixSeconds(1000));
  EXPECT_EQ(census.reviews.at(kRebild).pending, 0);
}

TEST_F(CensusTest, ReadsMoreThanAPageAndNoMoreThanSomeThousands) {
  for (int i = 0; i < 501; ++i) {
    Decide(kRebild, kForTheLeader, 1000);
  }
  EXPECT_EQ(Census().reviews.at(kRebild).pending, 501);
  for (int i = 501; i < 10001; ++i) {
    Decide(kRebild, kForTheLeader, 1000);
  }
  EXPECT_EQ(Census().reviews.at(kRebild).pending, 10000);
}

TEST_F(CensusTest, CountsThePlacesOfDaysThatHaveNotPassed) {
  Create("yesterday", "2019-03-04", 9);
  Take("yesterday", "over", "2019-03-01");
  Create("today", kToday, 3);
  Take("today", "first", "2019-03-05");
  Create("later", "2019-03-20", 2);
  Take("later", "second", "2019-03-19");
  Take("later", "third", "");
  EXPECT_EQ(Agenda(),
            (StoreCensus::Agenda{
                .free_places = 2, .taken_places = 3, .missed_deadlines = 1}));
}

TEST_F(CensusTest, WhatIsCancelledOrWithdrawnTakesNoPlace) {
  Create("cancelled", kToday, 5);
  Take("cancelled", "homeless", "2019-03-01");
  ASSERT_TRUE(agenda_.CancelTeamMeeting(Fresh(), "cancelled", "").ok());
  Create("open", kToday, 2);
  Take("open", "gone", "2019-03-01");
  ASSERT_TRUE(agenda_.WithdrawItem(Fresh(), "gone", "").ok());
  EXPECT_EQ(Agenda(), (StoreCensus::Agenda{.free_places = 2}));
}

// An agenda as no store may have it.
class BrokenAgenda : public MemoryAgendaStore {
 public:
  // The places that are told as taken, of a day for two.
  explicit BrokenAgenda(std::vector<int> places) : places_(std::move(places)) {
    rehab::v1::TeamMeeting day;
    day.set_name("day");
    day.set_date(kToday);
    day.set_capacity(2);
    EXPECT_TRUE(CreateTeamMeeting({kAalborg, "request", "digest"}, day).ok());
  }

  absl::StatusOr<std::vector<rehab::v1::AgendaItem>> ListItems(
      int municipality, const AgendaItemFilter&, const AgendaPosition&,
      int) override {
    std::vector<rehab::v1::AgendaItem> items;
    if (municipality != kAalborg) return items;
    for (const int place : places_) {
      rehab::v1::AgendaItem item;
      item.set_name(absl::StrCat("item-", items.size()));
      item.set_team_meeting("day");
      item.set_date(kToday);
      item.set_place(place);
      items.push_back(item);
    }
    return items;
  }

 private:
  const std::vector<int> places_;
};

int OverbookedDays(std::vector<int> places) {
  MemoryLedger ledger;
  BrokenAgenda agenda(std::move(places));
  const auto census = TakeCensus({.service = "rehab",
                                  .ledger = ledger,
                                  .agenda = &agenda,
                                  .municipalities = {kAalborg}},
                                 kToday);
  return census.ok() && census->agenda.has_value()
             ? census->agenda->overbooked_days
             : -1;
}

TEST(OverbookedTest, IsADayWithAPlaceTwiceOrOneTooMany) {
  EXPECT_EQ(OverbookedDays({1, 2}), 0);
  EXPECT_EQ(OverbookedDays({1, 1}), 1);
  EXPECT_EQ(OverbookedDays({1, 2, 3}), 1);
}

TEST(CensusWithoutAgendasTest, TellsOfNone) {
  MemoryLedger ledger;
  const auto census = TakeCensus(
      {.service = "certificates", .ledger = ledger, .municipalities = {851}},
      kToday);
  ASSERT_TRUE(census.ok()) << census.status();
  EXPECT_FALSE(census->agenda.has_value());
}

// Is away every other time it is asked for its days, and says how often it was.
class ShakyAgenda : public MemoryAgendaStore {
 public:
  absl::StatusOr<std::vector<rehab::v1::TeamMeeting>> ListTeamMeetings(
      int municipality, const TeamMeetingFilter& filter,
      const AgendaPosition& after, int limit) override {
    if (asked_++ % 2 == 1) return absl::UnavailableError("away");
    return MemoryAgendaStore::ListTeamMeetings(municipality, filter, after,
                                               limit);
  }
  int asked() const { return asked_; }

 private:
  std::atomic<int> asked_ = 0;
};

TEST(CensusTakerTest, AStoreThatIsAwayIsAnError) {
  MemoryLedger ledger;
  ShakyAgenda agenda;
  const Counted counted = {.service = "rehab",
                           .ledger = ledger,
                           .agenda = &agenda,
                           .municipalities = {kAalborg}};
  EXPECT_TRUE(TakeCensus(counted, kToday).ok());
  EXPECT_EQ(TakeCensus(counted, kToday).status().code(),
            absl::StatusCode::kUnavailable);
}

// Waits until something was told so often.
class Ear {
 public:
  void Tell(const StoreCensus&) {
    absl::MutexLock lock(&mutex_);
    ++told_;
  }
  bool WaitFor(int times) {
    absl::MutexLock lock(&mutex_);
    const auto enough = [this, times]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return told_ >= times;
    };
    return mutex_.AwaitWithTimeout(absl::Condition(&enough), absl::Seconds(20));
  }
  int told() {
    absl::MutexLock lock(&mutex_);
    return told_;
  }

 private:
  absl::Mutex mutex_;
  int told_ ABSL_GUARDED_BY(mutex_) = 0;
};

TEST(CensusTakerTest, TellsAgainAndAgainAndNothingOfOneThatFails) {
  MemoryLedger ledger;
  ShakyAgenda agenda;
  Ear ear;
  {
    const CensusTaker taker(
        {.service = "rehab",
         .ledger = ledger,
         .agenda = &agenda,
         .municipalities = {kAalborg}},
        absl::Milliseconds(1),
        [&ear](const StoreCensus& census) { ear.Tell(census); });
    EXPECT_TRUE(ear.WaitFor(3));
  }
  // Every other one failed, the first did not.
  EXPECT_EQ(ear.told(), (agenda.asked() + 1) / 2);
}

TEST(CensusTakerTest, EndsAtOnceBetweenTwo) {
  MemoryLedger ledger;
  Ear ear;
  const absl::Time begun = absl::Now();
  {
    const CensusTaker taker(
        {.service = "rehab", .ledger = ledger, .municipalities = {851}},
        absl::Hours(1),
        [&ear](const StoreCensus& census) { ear.Tell(census); });
    EXPECT_TRUE(ear.WaitFor(1));
  }
  EXPECT_LT(absl::Now() - begun, absl::Seconds(20));
  EXPECT_EQ(ear.told(), 1);
}

}  // namespace
}  // namespace frikommune::host
