#ifndef FRIKOMMUNE_CORE_CATALOG_PROBLEM_H_
#define FRIKOMMUNE_CORE_CATALOG_PROBLEM_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace frikommune::catalog {

// A place in a file of the catalog. Lines count from 1; 0 is the whole file.
struct Location {
  std::string file;
  int line = 0;
};

// Something that keeps a catalog from being used.
struct Problem {
  Location where;
  // What is wrong, in a sentence with the name and the value.
  std::string message;
  // A case line that `frikommune replay` can run, where there is one.
  std::string counterexample;
};

// Writes a problem as "file:line: message".
std::string Describe(const Problem& problem);

// OK if there is no problem, else INVALID_ARGUMENT with one line for each.
absl::Status ToStatus(const std::vector<Problem>& problems);

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_PROBLEM_H_
