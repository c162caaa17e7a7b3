#ifndef FRIKOMMUNE_CLI_CATALOG_SHOW_H_
#define FRIKOMMUNE_CLI_CATALOG_SHOW_H_

#include <iosfwd>
#include <string>

#include "cli/catalog/words.h"

namespace frikommune::cli {

// What `frikommune catalog show` is asked to do.
struct ShowOptions {
  std::string catalog;
  // The provision, "scheduling/joint-meeting-1", with or without its area;
  // empty for a list of all.
  std::string provision;
  // A municipality by code, identifier or name; empty for all.
  std::string municipality;
  // The day, YYYY-MM-DD; empty for the whole history.
  std::string date;
  Language language = Language::kDanish;
};

// Writes what is in force of a provision as a table: ordinary law first, and
// then each option that changes it, with where it stands.
//
// Returns the exit code: 0, or 2, with the reason in `errors`, if the catalog
// cannot be used or there is no such provision, municipality or day.
int RunShow(const ShowOptions& options, std::ostream& out,
            std::ostream& errors);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_CATALOG_SHOW_H_
