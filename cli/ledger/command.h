#ifndef FRIKOMMUNE_CLI_LEDGER_COMMAND_H_
#define FRIKOMMUNE_CLI_LEDGER_COMMAND_H_

#include "CLI/CLI.hpp"

namespace frikommune::cli {

// Adds `frikommune ledger verify` and `frikommune ledger replay` to the
// program. The exit code goes to `exit_code` once one has run: 0 if all is as
// it was kept, 1 if something is not, 2 if the store cannot be used. Both must
// outlive the parse.
void AddLedgerCommands(CLI::App& app, int& exit_code);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_LEDGER_COMMAND_H_
