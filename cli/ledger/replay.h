#ifndef FRIKOMMUNE_CLI_LEDGER_REPLAY_H_
#define FRIKOMMUNE_CLI_LEDGER_REPLAY_H_

#include <iosfwd>

#include "absl/status/statusor.h"
#include "ports/catalog_store.h"
#include "ports/ledger.h"

namespace frikommune::cli {

// Decides every decision that was kept again, by the catalog that decided it,
// on every processor. Writes a line for each that comes out differently, and
// how many there were.
//
// Returns the exit code: 0 if all are the same, 1 if not. The errors of Ledger.
absl::StatusOr<int> RunLedgerReplay(Ledger& ledger, CatalogStore& catalogs,
                                    std::ostream& out);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_LEDGER_REPLAY_H_
