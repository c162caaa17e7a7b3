#include "cli/migrate_command.h"

#include <iostream>
#include <memory>
#include <string>

#include "adapters/stores/open_stores.h"

namespace frikommune::cli {
namespace {

int RunMigrate(const std::string& store, bool dry_run) {
  const auto names = stores::MigrateStores(store, dry_run);
  if (!names.ok()) {
    std::cerr << "frikommune migrate: " << names.status().message()
              << std::endl;
    return absl::IsFailedPrecondition(names.status()) ? 1 : 2;
  }
  for (const std::string& name : *names) {
    std::cout << (dry_run ? "needed " : "applied ") << name << '\n';
  }
  if (names->empty()) std::cout << "nothing to do\n";
  return 0;
}

}  // namespace

void AddMigrateCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "migrate", "Bring what a server keeps its state in to the newest schema");
  // Kept by the callback, which runs after this returns.
  const auto store = std::make_shared<std::string>();
  const auto dry_run = std::make_shared<bool>(false);
  command
      ->add_option("--store", *store,
                   "As the servers are told: sqlite:PATH or postgres:CONNINFO")
      ->required();
  command->add_flag("--dry-run", *dry_run,
                    "Only say what is needed; nothing is changed");
  command->callback([store, dry_run, &exit_code] {
    exit_code = RunMigrate(*store, *dry_run);
  });
}

}  // namespace frikommune::cli
