#include "cli/ledger/command.h"

#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "adapters/stores/open_stores.h"
#include "cli/ledger/replay.h"
#include "cli/ledger/verify.h"

namespace frikommune::cli {
namespace {

using Run = std::function<absl::StatusOr<int>(stores::Stores&, std::ostream&)>;

// Opens a store that is there: who only reads makes none.
absl::StatusOr<stores::Stores> OpenThere(absl::string_view place) {
  absl::string_view path = place;
  std::error_code error;
  if (absl::ConsumePrefix(&path, "sqlite:") &&
      !std::filesystem::exists(std::string(path), error)) {
    return absl::NotFoundError(absl::StrCat("there is no store in ", path));
  }
  return stores::OpenStores(place);
}

void AddCommand(CLI::App& ledger, const std::string& name,
                const std::string& about, Run run, int& exit_code) {
  CLI::App* command = ledger.add_subcommand(name, about);
  // Kept by the callback, which runs after this returns.
  const auto store = std::make_shared<std::string>();
  command
      ->add_option("--store", *store,
                   "As the servers are told: sqlite:PATH or postgres:CONNINFO")
      ->required();
  command->callback([store, name, run = std::move(run), &exit_code] {
    absl::StatusOr<int> done = 2;
    auto opened = OpenThere(*store);
    done = opened.ok() ? run(*opened, std::cout) : opened.status();
    std::cout.flush();
    if (!done.ok()) {
      std::cerr << "frikommune ledger " << name << ": "
                << done.status().message() << std::endl;
    }
    exit_code = done.value_or(2);
  });
}

}  // namespace

void AddLedgerCommands(CLI::App& app, int& exit_code) {
  CLI::App* ledger =
      app.add_subcommand("ledger", "Check what a server has kept");
  ledger->require_subcommand(1);
  AddCommand(
      *ledger, "verify",
      "Walk the chain of every municipality and name the first broken link",
      [](stores::Stores& stores, std::ostream& out) {
        return RunLedgerVerify(*stores.ledger, out);
      },
      exit_code);
  AddCommand(
      *ledger, "replay",
      "Decide every kept decision again by its own catalog, and report what "
      "comes out differently",
      [](stores::Stores& stores, std::ostream& out) {
        return RunLedgerReplay(*stores.ledger, *stores.catalogs, out);
      },
      exit_code);
}

}  // namespace frikommune::cli
