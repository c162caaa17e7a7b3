#include "cli/backup_command.h"

#include <iostream>
#include <memory>
#include <string>

#include "adapters/stores/backup_store.h"

namespace frikommune::cli {

void AddBackupCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "backup", "Copy a SQLite store, also while a server writes to it");
  // Kept by the callback, which runs after this returns.
  const auto store = std::make_shared<std::string>();
  const auto file = std::make_shared<std::string>();
  command->add_option("--store", *store, "As the server is told: sqlite:PATH")
      ->required();
  command->add_option("--to", *file, "The file to make")->required();
  command->callback([store, file, &exit_code] {
    const absl::Status copied = stores::BackupStore(*store, *file);
    if (copied.ok()) {
      std::cout << "copied to " << *file << std::endl;
    } else {
      std::cerr << "frikommune backup: " << copied.message() << std::endl;
    }
    exit_code = copied.ok() ? 0 : 2;
  });
}

}  // namespace frikommune::cli
