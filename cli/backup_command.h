#ifndef FRIKOMMUNE_CLI_BACKUP_COMMAND_H_
#define FRIKOMMUNE_CLI_BACKUP_COMMAND_H_

#include "CLI/CLI.hpp"

namespace frikommune::cli {

// Adds `frikommune backup` to the program. Its exit code goes to `exit_code`
// once it has run: 0 if there is a copy, 2 if not. Both must outlive the parse.
void AddBackupCommand(CLI::App& app, int& exit_code);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_BACKUP_COMMAND_H_
