// `frikommune migrate`, as a shell sees it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/postgres/connection.h"
#include "adapters/postgres/migrations.h"
#include "adapters/stores/open_stores.h"
#include "tests/postgres/postgres_server.h"
#include "tests/stores/shell.h"

namespace frikommune {
namespace {

using testing::HasSubstr;
using tests::Outcome;

constexpr char kApplied[] =
    "applied 0001_ledger.sql\napplied 0002_agenda.sql\napplied "
    "0003_catalogs.sql\napplied 0004_packed_entries.sql\n";
constexpr char kNeeded[] =
    "needed 0001_ledger.sql\nneeded 0002_agenda.sql\nneeded "
    "0003_catalogs.sql\nneeded 0004_packed_entries.sql\n";
constexpr char kNothing[] = "nothing to do\n";

Outcome Migrate(const std::string& arguments) {
  return tests::RunFrikommune("migrate " + arguments);
}

void ExpectOutcome(const Outcome& outcome, int exit_code,
                   const std::string& said) {
  EXPECT_EQ(outcome.exit_code, exit_code);
  EXPECT_THAT(outcome.said, HasSubstr(said));
}

// A database of its own for each test, as --store takes it.
std::string MakeDatabase(const std::string& name) {
  static tests::PostgresServer server({"fsync=off"});
  return "postgres:" + server.MakeDatabase(name);
}

std::string Flag(const std::string& store) {
  return absl::StrCat("--store='", store, "'");
}

TEST(MigrateTest, WhatIsAskedWronglyReturnsTwo) {
  EXPECT_EQ(Migrate("").exit_code, 2);
  ExpectOutcome(Migrate("--store=mysql:a"), 2, "sqlite:PATH");
  EXPECT_EQ(Migrate("--store=memory stray").exit_code, 2);
  EXPECT_EQ(Migrate("--store=sqlite:/dev/null/a.db").exit_code, 2);
  EXPECT_EQ(Migrate("--store='postgres:host=/nowhere'").exit_code, 2);
}

TEST(MigrateTest, AFileIsBroughtThereOnce) {
  std::string folder = testing::TempDir() + "migrate-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string store = Flag("sqlite:" + folder + "/var/state.db");
  ExpectOutcome(Migrate(store + " --dry-run"), 0, kNeeded);
  ExpectOutcome(Migrate(store), 0, kApplied);
  ExpectOutcome(Migrate(store), 0, kNothing);
  std::filesystem::remove_all(folder);
}

TEST(MigrateTest, ADatabaseIsBroughtThereOnce) {
  const std::string place = MakeDatabase("once");
  const auto before = stores::OpenStores(place);
  EXPECT_TRUE(absl::IsFailedPrecondition(before.status())) << before.status();
  EXPECT_THAT(before.status().message(), HasSubstr("frikommune migrate"));
  ExpectOutcome(Migrate(Flag(place) + " --dry-run"), 0, kNeeded);
  ExpectOutcome(Migrate(Flag(place) + " --dry-run"), 0, kNeeded);
  ExpectOutcome(Migrate(Flag(place)), 0, kApplied);
  ExpectOutcome(Migrate(Flag(place)), 0, kNothing);
  ExpectOutcome(Migrate(Flag(place) + " --dry-run"), 0, kNothing);
  const auto after = stores::OpenStores(place);
  EXPECT_TRUE(after.ok()) << after.status();
}

// Starts many on one place: one does it all, and the others find it done.
void ExpectDoneOnceByMany(const std::string& place) {
  std::vector<Outcome> outcomes(6);
  std::vector<std::thread> threads;
  threads.reserve(outcomes.size());
  for (Outcome& outcome : outcomes) {
    threads.emplace_back([&] { outcome = Migrate(Flag(place)); });
  }
  for (std::thread& thread : threads) thread.join();
  int applied = 0;
  for (const Outcome& outcome : outcomes) {
    EXPECT_EQ(outcome.exit_code, 0) << outcome.said;
    if (outcome.said == kNothing) continue;
    EXPECT_EQ(outcome.said, kApplied);
    ++applied;
  }
  EXPECT_EQ(applied, 1);
}

TEST(MigrateTest, ManyAtOnceDoItOnceInADatabase) {
  ExpectDoneOnceByMany(MakeDatabase("many"));
}

TEST(MigrateTest, ANewerDatabaseIsRefusedAndLeft) {
  const std::string place = MakeDatabase("newer");
  ASSERT_EQ(Migrate(Flag(place)).exit_code, 0);
  postgres::Connection connection(
      place.substr(std::string("postgres:").size()));
  const int newer = postgres::NewestSchema() + 1;
  ASSERT_TRUE(connection
                  .Execute(absl::StrCat("INSERT INTO schema_migrations "
                                        "(number, name) VALUES (",
                                        newer, ", 'later.sql')"))
                  .ok());
  ExpectOutcome(Migrate(Flag(place)), 1, "use a newer program");
  ExpectOutcome(Migrate(Flag(place) + " --dry-run"), 1, "use a newer program");
  EXPECT_EQ(*postgres::SchemaOf(connection), newer);
  const auto stores = stores::OpenStores(place);
  EXPECT_TRUE(absl::IsFailedPrecondition(stores.status())) << stores.status();
  EXPECT_THAT(stores.status().message(), HasSubstr("use a newer program"));
}

}  // namespace
}  // namespace frikommune
