#ifndef FRIKOMMUNE_CLI_MIGRATE_COMMAND_H_
#define FRIKOMMUNE_CLI_MIGRATE_COMMAND_H_

#include "CLI/CLI.hpp"

namespace frikommune::cli {

// Adds `frikommune migrate` to the program. Its exit code goes to `exit_code`
// once it has run: 0 if the store is up to date, or was brought or would be
// brought there; 1 if it cannot be, because it is newer; 2 if it cannot be
// used. Both must outlive the parse.
void AddMigrateCommand(CLI::App& app, int& exit_code);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_MIGRATE_COMMAND_H_
