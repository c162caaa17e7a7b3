#ifndef FRIKOMMUNE_CLI_PROBE_COMMAND_H_
#define FRIKOMMUNE_CLI_PROBE_COMMAND_H_

#include "CLI/CLI.hpp"

namespace frikommune::cli {

// Adds `frikommune probe` to the program. The exit code goes to `exit_code`
// once it has run: 0 if all that was asked is well, 1 if something is not. Both
// must outlive the parse.
void AddProbeCommand(CLI::App& app, int& exit_code);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_PROBE_COMMAND_H_
