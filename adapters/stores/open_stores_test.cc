#include "adapters/stores/open_stores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "adapters/sqlite/connection.h"

namespace frikommune::stores {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class OpenStoresTest : public testing::Test {
 protected:
  OpenStoresTest() {
    if (mkdtemp(folder_.data()) == nullptr) std::abort();
  }
  ~OpenStoresTest() override { fs::remove_all(folder_); }

  static absl::Status CreateDay(AgendaStore& agenda) {
    rehab::v1::TeamMeeting day;
    day.set_name("d1");
    day.set_capacity(1);
    return agenda.CreateTeamMeeting({851, "create", "digest"}, day).status();
  }

  std::string folder_ = testing::TempDir() + "stores-XXXXXX";
};

TEST_F(OpenStoresTest, MemoryIsThereAtOnceAndNeedsNoMigration) {
  const auto stores = OpenStores("memory");
  ASSERT_TRUE(stores.ok()) << stores.status();
  EXPECT_TRUE(CreateDay(*stores->agenda).ok());
  EXPECT_THAT(*MigrateStores("memory", false), IsEmpty());
}

TEST_F(OpenStoresTest, AFileIsMadeWithItsFoldersAndLasts) {
  const std::string place = absl::StrCat("sqlite:", folder_, "/a/b/state.db");
  {
    const auto stores = OpenStores(place);
    ASSERT_TRUE(stores.ok()) << stores.status();
    EXPECT_TRUE(CreateDay(*stores->agenda).ok());
    EXPECT_TRUE(stores->ledger->Read(851, 0, 1).ok());
  }
  const auto stores = OpenStores(place);
  ASSERT_TRUE(stores.ok()) << stores.status();
  EXPECT_TRUE(stores->agenda->GetTeamMeeting(851, "d1").ok());
}

TEST_F(OpenStoresTest, WhatIsWrittenOtherwiseIsRefused) {
  for (const char* place : {"", "a", "memory:", "sqlite", "sqlite:", "postgres",
                            "postgres:", "mysql:a", "Sqlite:a"}) {
    const auto stores = OpenStores(place);
    EXPECT_TRUE(absl::IsInvalidArgument(stores.status())) << place;
    EXPECT_THAT(stores.status().message(), HasSubstr("sqlite:PATH"));
    EXPECT_TRUE(absl::IsInvalidArgument(MigrateStores(place, true).status()))
        << place;
  }
}

TEST_F(OpenStoresTest, AFolderThatCannotBeMadeIsSaid) {
  const auto stores = OpenStores("sqlite:/dev/null/a/state.db");
  EXPECT_TRUE(absl::IsUnavailable(stores.status())) << stores.status();
  EXPECT_THAT(stores.status().message(), HasSubstr("/dev/null/a"));
}

TEST_F(OpenStoresTest, AServerThatIsNotThereIsSaid) {
  const std::string place = absl::StrCat("postgres:host=", folder_);
  EXPECT_TRUE(absl::IsUnavailable(OpenStores(place).status()));
  EXPECT_TRUE(absl::IsUnavailable(MigrateStores(place, false).status()));
}

TEST_F(OpenStoresTest, ADryRunMakesNothing) {
  const std::string path = folder_ + "/a/state.db";
  const std::string place = "sqlite:" + path;
  EXPECT_THAT(*MigrateStores(place, true),
              ElementsAre("0001_ledger.sql", "0002_agenda.sql",
                          "0003_catalogs.sql", "0004_packed_entries.sql"));
  EXPECT_FALSE(fs::exists(folder_ + "/a"));
  EXPECT_THAT(*MigrateStores(place, false),
              ElementsAre("0001_ledger.sql", "0002_agenda.sql",
                          "0003_catalogs.sql", "0004_packed_entries.sql"));
  EXPECT_THAT(*MigrateStores(place, true), IsEmpty());
  EXPECT_THAT(*MigrateStores(place, false), IsEmpty());
}

TEST_F(OpenStoresTest, ANewerSchemaIsRefusedAndLeft) {
  const std::string path = folder_ + "/state.db";
  {
    auto connection = sqlite::Connection::Open(path);
    ASSERT_TRUE(connection.ok());
    ASSERT_TRUE(connection->Execute("PRAGMA user_version = 1000").ok());
  }
  for (const absl::Status& status :
       {OpenStores("sqlite:" + path).status(),
        MigrateStores("sqlite:" + path, false).status()}) {
    EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
    EXPECT_THAT(status.message(), HasSubstr("use a newer program"));
  }
}

}  // namespace
}  // namespace frikommune::stores
