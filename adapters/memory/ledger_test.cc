#include "adapters/memory/ledger.h"

#include "tests/contract/ledger_contract.h"

namespace frikommune {
namespace {

INSTANTIATE_TEST_SUITE_P(Memory, LedgerContract,
                         testing::Values([]() -> std::unique_ptr<Ledger> {
                           return std::make_unique<MemoryLedger>();
                         }));

}  // namespace
}  // namespace frikommune
