#ifndef FRIKOMMUNE_CLI_REPLAY_COMMAND_H_
#define FRIKOMMUNE_CLI_REPLAY_COMMAND_H_

#include "CLI/CLI.hpp"

namespace frikommune::cli {

// Adds `frikommune replay` to the program. Its exit code goes to `exit_code`
// once it has run; both must outlive the parse.
void AddReplayCommand(CLI::App& app, int& exit_code);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_REPLAY_COMMAND_H_
