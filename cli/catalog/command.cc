#include "cli/catalog/command.h"

#include <iostream>
#include <map>
#include <memory>

#include "cli/catalog/diff.h"
#include "cli/catalog/show.h"
#include "cli/catalog/verify.h"

namespace frikommune::cli {
namespace {

constexpr char kFolder[] = "catalog";

void AddVerify(CLI::App& catalog, int& exit_code) {
  CLI::App* command = catalog.add_subcommand(
      "verify", "Prove that every case has exactly one answer");
  // Kept by the callback, which runs after this returns.
  const auto options = std::make_shared<VerifyOptions>();
  options->catalog = kFolder;
  command->add_option("--catalog", options->catalog, "The catalog's folder")
      ->capture_default_str();
  command->add_flag("-v,--verbose", options->verbose,
                    "A line for each provision");
  command->callback(
      [options, &exit_code] { exit_code = RunVerify(*options, std::cout); });
}

void AddShow(CLI::App& catalog, int& exit_code) {
  CLI::App* command = catalog.add_subcommand(
      "show",
      "Show what is in force of a provision: the law, and what changes it");
  const auto options = std::make_shared<ShowOptions>();
  options->catalog = kFolder;
  command->add_option("provision", options->provision,
                      "The provision, joint-meeting-1; none for a list of all");
  command->add_option("--municipality", options->municipality,
                      "A municipality: 851, aalborg or Aalborg");
  command->add_option("--date", options->date,
                      "The day, YYYY-MM-DD; none for all days");
  command->add_option("--catalog", options->catalog, "The catalog's folder")
      ->capture_default_str();
  static const std::map<std::string, Language> kLanguages = {
      {"da", Language::kDanish}, {"en", Language::kEnglish}};
  command->add_option("--lang", options->language, "The language: da or en")
      ->transform(CLI::CheckedTransformer(kLanguages));
  command->callback([options, &exit_code] {
    exit_code = RunShow(*options, std::cout, std::cerr);
  });
}

void AddDiff(CLI::App& catalog, int& exit_code) {
  CLI::App* command = catalog.add_subcommand(
      "diff", "Show what two catalogs answer differently");
  const auto options = std::make_shared<DiffOptions>();
  command->add_option("before", options->before, "The first catalog's folder")
      ->required();
  command->add_option("after", options->after, "The second catalog's folder")
      ->required();
  command->callback([options, &exit_code] {
    exit_code = RunDiff(*options, std::cout, std::cerr);
  });
}

}  // namespace

void AddCatalogCommands(CLI::App& app, int& exit_code) {
  CLI::App* catalog =
      app.add_subcommand("catalog", "The law and the experiments, as data");
  catalog->require_subcommand(1);
  AddVerify(*catalog, exit_code);
  AddShow(*catalog, exit_code);
  AddDiff(*catalog, exit_code);
}

}  // namespace frikommune::cli
