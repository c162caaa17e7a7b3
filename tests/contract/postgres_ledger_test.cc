#include "adapters/ledger/group_ledger.h"
#include "adapters/postgres/ledger_store.h"
#include "adapters/postgres/migrations.h"
#include "tests/contract/ledger_contract.h"
#include "tests/postgres/postgres_server.h"

namespace frikommune {
namespace {

// A fresh database for each test, of one server that ends with the process.
std::unique_ptr<Ledger> OpenFresh() {
  static tests::PostgresServer server;
  static int opened = 0;
  const std::string conninfo =
      server.MakeDatabase(absl::StrCat("contract", ++opened));
  postgres::Connection connection(conninfo);
  EXPECT_TRUE(postgres::Migrate(connection, false).ok());
  auto store = postgres::PostgresLedgerStore::Open(conninfo);
  if (!store.ok()) {
    ADD_FAILURE() << store.status();
    return nullptr;
  }
  return std::make_unique<ledger::GroupLedger>(*std::move(store));
}

INSTANTIATE_TEST_SUITE_P(Postgres, LedgerContract, testing::Values(OpenFresh));

}  // namespace
}  // namespace frikommune
