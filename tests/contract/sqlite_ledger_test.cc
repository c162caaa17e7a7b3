#include <cstdlib>
#include <filesystem>

#include "adapters/ledger/group_ledger.h"
#include "adapters/sqlite/ledger_store.h"
#include "tests/contract/ledger_contract.h"

namespace frikommune {
namespace {

// A fresh file for each test, in a folder that goes with the process.
std::unique_ptr<Ledger> OpenFresh() {
  static const std::string* const kFolder = [] {
    auto* folder = new std::string(testing::TempDir() + "ledger-XXXXXX");
    if (mkdtemp(folder->data()) == nullptr) std::abort();
    std::atexit([] { std::filesystem::remove_all(*kFolder); });
    return folder;
  }();
  static int opened = 0;
  auto store = sqlite::SqliteLedgerStore::Open(
      absl::StrCat(*kFolder, "/", ++opened, ".db"));
  if (!store.ok()) {
    ADD_FAILURE() << store.status();
    return nullptr;
  }
  return std::make_unique<ledger::GroupLedger>(*std::move(store));
}

INSTANTIATE_TEST_SUITE_P(Sqlite, LedgerContract, testing::Values(OpenFresh));

}  // namespace
}  // namespace frikommune
