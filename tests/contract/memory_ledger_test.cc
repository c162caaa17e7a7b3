#include "adapters/memory/ledger.h"
#include "tests/contract/ledger_contract.h"

namespace frikommune {
namespace {

INSTANTIATE_TEST_SUITE_P(Memory, LedgerContract, testing::Values([] {
                           return std::unique_ptr<Ledger>(
                               std::make_unique<MemoryLedger>());
                         }));

}  // namespace
}  // namespace frikommune
