#ifndef FRIKOMMUNE_CLI_CATALOG_COMMAND_H_
#define FRIKOMMUNE_CLI_CATALOG_COMMAND_H_

#include "CLI/CLI.hpp"

namespace frikommune::cli {

// Adds `frikommune catalog verify|show|diff` to the program. The exit code goes
// to `exit_code` once one has run; both must outlive the parse.
void AddCatalogCommands(CLI::App& app, int& exit_code);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_CATALOG_COMMAND_H_
