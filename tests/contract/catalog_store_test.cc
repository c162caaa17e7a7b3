#include "adapters/memory/catalog_store.h"

#include <cstdlib>
#include <filesystem>

#include "adapters/postgres/database.h"
#include "adapters/postgres/migrations.h"
#include "adapters/sql/catalog_store.h"
#include "adapters/sqlite/database.h"
#include "tests/contract/catalog_store_contract.h"
#include "tests/postgres/postgres_server.h"

namespace frikommune {
namespace {

std::unique_ptr<CatalogStore> InMemory() {
  return std::make_unique<MemoryCatalogStore>();
}

std::unique_ptr<CatalogStore> InSqlite() {
  static const std::string* const kFolder = [] {
    auto* folder = new std::string(testing::TempDir() + "catalogs-XXXXXX");
    if (mkdtemp(folder->data()) == nullptr) std::abort();
    std::atexit([] { std::filesystem::remove_all(*kFolder); });
    return folder;
  }();
  static int opened = 0;
  return std::make_unique<sql::SqlCatalogStore>(
      sqlite::SqliteDatabase::Open(*kFolder + "/" + std::to_string(++opened))
          .value());
}

std::unique_ptr<CatalogStore> InPostgres() {
  static tests::PostgresServer server({"fsync=off"});
  static int opened = 0;
  const std::string conninfo =
      server.MakeDatabase("catalogs" + std::to_string(++opened));
  postgres::Connection connection(conninfo);
  EXPECT_TRUE(postgres::Migrate(connection, false).ok());
  return std::make_unique<sql::SqlCatalogStore>(
      postgres::PostgresDatabase::Open(conninfo, 1).value());
}

INSTANTIATE_TEST_SUITE_P(Memory, CatalogStoreContract,
                         testing::Values(InMemory));
INSTANTIATE_TEST_SUITE_P(Sqlite, CatalogStoreContract,
                         testing::Values(InSqlite));
INSTANTIATE_TEST_SUITE_P(Postgres, CatalogStoreContract,
                         testing::Values(InPostgres));

}  // namespace
}  // namespace frikommune
