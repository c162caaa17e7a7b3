// frikommune: what a person at a terminal asks of the platform.
//
// Exit codes: 0 for what is right, 1 for what was found wrong, 2 for what was
// asked wrongly or cannot be used.

#include "CLI/CLI.hpp"
#include "cli/catalog/command.h"
#include "cli/ledger/command.h"
#include "cli/migrate_command.h"
#include "cli/probe/command.h"
#include "cli/replay_command.h"

int main(int argc, char** argv) {
  CLI::App app{
      "The shared decision platform of the North Jutland municipalities"};
  app.set_version_flag("--version", "frikommune " FRIKOMMUNE_VERSION);
  app.require_subcommand(1);
  int exit_code = 0;
  frikommune::cli::AddCatalogCommands(app, exit_code);
  frikommune::cli::AddLedgerCommands(app, exit_code);
  frikommune::cli::AddMigrateCommand(app, exit_code);
  frikommune::cli::AddProbeCommand(app, exit_code);
  frikommune::cli::AddReplayCommand(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return exit_code;
}
