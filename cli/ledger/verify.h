#ifndef FRIKOMMUNE_CLI_LEDGER_VERIFY_H_
#define FRIKOMMUNE_CLI_LEDGER_VERIFY_H_

#include <iosfwd>

#include "absl/status/statusor.h"
#include "ports/ledger.h"

namespace frikommune::cli {

// Walks the chain of every municipality. Writes a line for each: its entries
// and its head, or its first broken link.
//
// Returns the exit code: 0 if all are whole, 1 if not. The errors of Ledger.
absl::StatusOr<int> RunLedgerVerify(Ledger& ledger, std::ostream& out);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_LEDGER_VERIFY_H_
