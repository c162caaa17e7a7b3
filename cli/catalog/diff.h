#ifndef FRIKOMMUNE_CLI_CATALOG_DIFF_H_
#define FRIKOMMUNE_CLI_CATALOG_DIFF_H_

#include <iosfwd>
#include <string>

namespace frikommune::cli {

// What `frikommune catalog diff` is asked to do: the folders of two catalogs.
struct DiffOptions {
  std::string before;
  std::string after;
};

// Writes what two catalogs answer differently: for each provision what changes,
// in which municipalities and on which days, and one case that shows it, with
// the answer of the first.
//
// Returns the exit code: 0 if they answer alike; 1 if not; 2, with the reason
// in `errors`, if one cannot be used.
int RunDiff(const DiffOptions& options, std::ostream& out,
            std::ostream& errors);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_CATALOG_DIFF_H_
