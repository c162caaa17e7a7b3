#ifndef FRIKOMMUNE_CLI_CATALOG_OPTION_STANDING_H_
#define FRIKOMMUNE_CLI_CATALOG_OPTION_STANDING_H_

#include <string>
#include <vector>

#include "cli/catalog/words.h"

namespace frikommune::cli {

// Where an option stands in one municipality: on a day, with what the gate says
// that closes it; or, for catalog::kNone, over all days on file. One line each.
std::vector<std::string> StandingOf(const catalog::Snapshot& snapshot,
                                    const catalog::Question& question,
                                    const catalog::Dispensation& dispensation,
                                    int municipality, catalog::Value day,
                                    const CatalogWords& words);

// Likewise in all municipalities, those that stand alike on one line.
std::vector<std::string> StandingOfAll(
    const catalog::Snapshot& snapshot, const catalog::Question& question,
    const catalog::Dispensation& dispensation, catalog::Value day,
    const CatalogWords& words);

// The orders of their own in which municipalities read the rows, on a day or,
// for catalog::kNone, on all days on file: of one municipality, or of all for a
// negative number. One line each; none where all read them as they stand.
std::vector<std::string> OrdersOf(const catalog::Snapshot& snapshot,
                                  const catalog::Question& question,
                                  const catalog::Dispensation& dispensation,
                                  int municipality, catalog::Value day,
                                  const CatalogWords& words);

// The names of groups, "INSURED_UNEMPLOYED, SICKNESS_BENEFIT".
std::string GroupNames(catalog::GroupMask groups);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_CATALOG_OPTION_STANDING_H_
