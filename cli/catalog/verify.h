#ifndef FRIKOMMUNE_CLI_CATALOG_VERIFY_H_
#define FRIKOMMUNE_CLI_CATALOG_VERIFY_H_

#include <iosfwd>
#include <string>

namespace frikommune::cli {

// What `frikommune catalog verify` is asked to do.
struct VerifyOptions {
  // The catalog's folder.
  std::string catalog;
  // A line for each provision.
  bool verbose = false;
};

// Loads and proves a catalog, and answers its cases. Writes to `out` what was
// checked, and each problem as "file:line: what", with a case that shows it
// below where there is one: a line that `frikommune replay -` can run.
//
// Returns the exit code: 0 if it is proved, 1 if there is a problem.
int RunVerify(const VerifyOptions& options, std::ostream& out);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_CATALOG_VERIFY_H_
