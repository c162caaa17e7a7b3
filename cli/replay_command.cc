#include "cli/replay_command.h"

#include <iostream>
#include <memory>
#include <string>

#include "cli/replay.h"

namespace frikommune::cli {

void AddReplayCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "replay", "Run cases against a live server and compare its answers");
  // Kept by the callback, which runs after this returns.
  const auto options = std::make_shared<ReplayOptions>();
  const auto output = std::make_shared<std::string>("lines");
  command
      ->add_option("file", options->files,
                   "Files of cases, one JSON object a line; folders; - for "
                   "standard input")
      ->required();
  command
      ->add_option("--target", options->targets,
                   "The server, HOST:PORT; or SERVICE=HOST:PORT for one "
                   "service's calls, as often as there are services")
      ->allow_extra_args(false)
      ->capture_default_str();
  command
      ->add_option("--output", *output,
                   "lines: one a case; table: both laws side by side; json: "
                   "one object a case; timeline: a table by days, for 120 "
                   "columns")
      ->check(CLI::IsMember({"lines", "table", "timeline", "json"}))
      ->capture_default_str();
  command
      ->add_option("--lang", options->language,
                   "The language of the table's reasons")
      ->check(CLI::IsMember({"da", "en"}))
      ->capture_default_str();
  command->callback([options, output, &exit_code] {
    options->json = *output == "json";
    options->table = *output == "table";
    options->timeline = *output == "timeline";
    exit_code = RunReplay(*options, std::cin, std::cout);
  });
}

}  // namespace frikommune::cli
