// frikommune: what a person at a terminal asks of the platform.

#include <iostream>
#include <string>

#include "CLI/CLI.hpp"
#include "cli/catalog_verify.h"
#include "cli/replay_command.h"

namespace {

using frikommune::cli::RunVerify;
using frikommune::cli::VerifyOptions;

// Problems are 1; what was asked wrongly is 2.
constexpr int kUsage = 2;

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"The shared decision platform of the North Jutland municipalities"};
  app.require_subcommand(1);
  int exit_code = 0;

  CLI::App* catalog = app.add_subcommand("catalog", "The law and the experiments as data");
  catalog->require_subcommand(1);
  VerifyOptions verify;
  verify.catalog = "catalog";
  CLI::App* verify_command =
      catalog->add_subcommand("verify", "Prove that every case has exactly one answer");
  verify_command->add_option("--catalog", verify.catalog, "The catalog's folder")
      ->capture_default_str();
  verify_command->add_flag("-v,--verbose", verify.verbose, "A line for each provision");
  verify_command->callback([&] { exit_code = RunVerify(verify, std::cout); });

  frikommune::cli::AddReplayCommand(app, exit_code);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  return exit_code;
}
