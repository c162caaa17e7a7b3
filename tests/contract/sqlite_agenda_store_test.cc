#include <cstdlib>
#include <filesystem>

#include "adapters/sql/agenda_store.h"
#include "adapters/sqlite/database.h"
#include "tests/contract/agenda_store_contract.h"

namespace frikommune {
namespace {

// A fresh file for each test, in a folder that goes with the process.
std::unique_ptr<AgendaStore> OpenFresh() {
  static const std::string* const kFolder = [] {
    auto* folder = new std::string(testing::TempDir() + "agenda-XXXXXX");
    if (mkdtemp(folder->data()) == nullptr) std::abort();
    std::atexit([] { std::filesystem::remove_all(*kFolder); });
    return folder;
  }();
  static int opened = 0;
  auto database = sqlite::SqliteDatabase::Open(
      absl::StrCat(*kFolder, "/", ++opened, ".db"));
  if (!database.ok()) {
    ADD_FAILURE() << database.status();
    return nullptr;
  }
  return std::make_unique<sql::SqlAgendaStore>(*std::move(database));
}

INSTANTIATE_TEST_SUITE_P(Sqlite, AgendaStoreContract,
                         testing::Values(OpenFresh));

}  // namespace
}  // namespace frikommune
