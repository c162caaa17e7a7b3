#include "adapters/postgres/database.h"
#include "adapters/postgres/migrations.h"
#include "adapters/sql/agenda_store.h"
#include "core/error/error.h"
#include "tests/contract/agenda_store_contract.h"
#include "tests/contract/booking_race.h"
#include "tests/postgres/postgres_server.h"

namespace frikommune {
namespace {

// One server for all tests, which ends with the process. The machine does not
// crash here, so that nothing need be forced to its disk.
tests::PostgresServer& Server() {
  static tests::PostgresServer server({"fsync=off"});
  return server;
}

// A database of its own for each test.
std::string MakeDatabase() {
  static int made = 0;
  const std::string conninfo =
      Server().MakeDatabase(absl::StrCat("agenda", ++made));
  postgres::Connection connection(conninfo);
  EXPECT_TRUE(postgres::Migrate(connection, false).ok());
  return conninfo;
}

std::unique_ptr<AgendaStore> Open(const std::string& conninfo) {
  auto database = postgres::PostgresDatabase::Open(conninfo);
  if (!database.ok()) {
    ADD_FAILURE() << database.status();
    return nullptr;
  }
  return std::make_unique<sql::SqlAgendaStore>(*std::move(database));
}

INSTANTIATE_TEST_SUITE_P(Postgres, AgendaStoreContract,
                         testing::Values([] { return Open(MakeDatabase()); }));

void Create(AgendaStore& store, const std::string& name,
            const std::string& date, int capacity) {
  rehab::v1::TeamMeeting day;
  day.set_name(name);
  day.set_date(date);
  day.set_capacity(capacity);
  const auto created =
      store.CreateTeamMeeting({851, "create-" + name, "d"}, day);
  ASSERT_TRUE(created.ok()) << created.status();
}

rehab::v1::AgendaItem Draft(const std::string& name) {
  rehab::v1::AgendaItem item;
  item.set_name(name);
  item.mutable_waiting_case()->set_case_id("case-of-" + name);
  return item;
}

// Two servers on one database, which know nothing of each other.
TEST(PostgresAgendaReplicasTest, GiveNoPlaceTwice) {
  const std::string conninfo = MakeDatabase();
  const std::vector<std::unique_ptr<AgendaStore>> replicas = [&] {
    std::vector<std::unique_ptr<AgendaStore>> made;
    made.push_back(Open(conninfo));
    made.push_back(Open(conninfo));
    return made;
  }();
  const BookingRace race;
  for (const auto& [name, date] : race.days()) {
    Create(*replicas[0], name, date, race.places());
  }
  const auto items =
      race.Run([&](const AgendaRequest& request, const std::string& day,
                   const rehab::v1::AgendaItem& item)
                   -> absl::StatusOr<rehab::v1::AgendaItem> {
        AgendaStore& replica =
            *replicas[std::hash<std::string>()(item.name()) % replicas.size()];
        auto change = replica.TakePlace(request, day, item);
        if (!change.ok()) return change.status();
        return change->items.at(0);
      });
  EXPECT_EQ(BookingRace::GivenTwice(items), 0);
  EXPECT_EQ(static_cast<int>(items.size()), race.places_of_all_days());
}

// Days are cancelled, and items moved, settled and withdrawn, all at once: what
// remains fits together.
TEST(PostgresAgendaReplicasTest, StayWholeWhateverComesTogether) {
  constexpr int kItems = 24;
  const std::string conninfo = MakeDatabase();
  const auto one = Open(conninfo);
  const auto other = Open(conninfo);
  for (const char* day : {"d1", "d2", "d3"})
    Create(*one, day, "2019-03-12", 20);
  for (int i = 0; i < kItems; ++i) {
    const auto taken =
        one->TakePlace({851, absl::StrCat("take-", i), "d"},
                       i % 2 ? "d1" : "d2", Draft(absl::StrCat("i", i)));
    ASSERT_TRUE(taken.ok()) << taken.status();
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < kItems; ++i) {
    threads.emplace_back([&, i] {
      AgendaStore& store = i % 2 ? *one : *other;
      const std::string item = absl::StrCat("i", i);
      const auto request = [i](const char* what) {
        return AgendaRequest{851, absl::StrCat(what, "-", i), "d"};
      };
      const auto expect = [](const absl::Status& status) {
        EXPECT_FALSE(absl::IsUnavailable(status)) << status;
      };
      expect(store.MoveItem(request("to"), item, "", i % 2 ? "d2" : "d1")
                 .status());
      expect(store
                 .Settle(request("settle"), item,
                         rehab::v1::AGENDA_ITEM_STATE_CONFIRMED, "decision")
                 .status());
      if (i == 7) {
        expect(store.CancelTeamMeeting(request("cancel"), "d1", "").status());
      }
      expect(store.MoveItem(request("on"), item, "", "d3").status());
      if (i % 3 == 0) {
        expect(store.WithdrawItem(request("withdraw"), item, "").status());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto days = one->ListTeamMeetings(851, {}, {}, 10);
  ASSERT_TRUE(days.ok());
  std::vector<rehab::v1::AgendaItem> placed;
  for (const auto& day : *days) {
    const auto items = one->ListItems(851, {day.name(), ""}, {}, 100);
    ASSERT_TRUE(items.ok());
    EXPECT_EQ(day.booked(), static_cast<int>(items->size())) << day.name();
    EXPECT_LE(day.booked(), day.capacity());
    placed.insert(placed.end(), items->begin(), items->end());
  }
  EXPECT_EQ(BookingRace::GivenTwice(placed), 0);
  EXPECT_EQ(one->GetTeamMeeting(851, "d1")->booked(), 0);
}

// Idle connections that a crash cut are made again.
TEST(PostgresAgendaFaultsTest, AStoreComesBackWithItsServer) {
  tests::PostgresServer server;
  const std::string conninfo = server.MakeDatabase("crash");
  postgres::Connection connection(conninfo);
  ASSERT_TRUE(postgres::Migrate(connection, false).ok());
  const auto store = Open(conninfo);
  Create(*store, "d1", "2019-03-12", 2);
  ASSERT_TRUE(store->TakePlace({851, "take", "d"}, "d1", Draft("i1")).ok());
  server.Kill();
  const auto away = store->GetTeamMeeting(851, "d1");
  EXPECT_TRUE(absl::IsUnavailable(away.status())) << away.status();
  const auto refused = store->WithdrawItem({851, "withdraw", "d"}, "i1", "");
  EXPECT_EQ(ReasonName(ErrorInfoOf(refused.status()).reason),
            "STORE_UNAVAILABLE");
  server.Start();
  const auto day = store->GetTeamMeeting(851, "d1");
  ASSERT_TRUE(day.ok()) << day.status();
  EXPECT_EQ(day->booked(), 1);
  const auto withdrawn = store->WithdrawItem({851, "withdraw", "d"}, "i1", "");
  EXPECT_TRUE(withdrawn.ok()) << withdrawn.status();
}

}  // namespace
}  // namespace frikommune
