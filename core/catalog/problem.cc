#include "core/catalog/problem.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace frikommune::catalog {

std::string Describe(const Problem& problem) {
  const std::string line =
      problem.where.line > 0 ? absl::StrCat(":", problem.where.line) : "";
  return absl::StrCat(problem.where.file, line, ": ", problem.message);
}

absl::Status ToStatus(const std::vector<Problem>& problems) {
  if (problems.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(
      problems, "\n", [](std::string* out, const Problem& problem) {
        absl::StrAppend(out, Describe(problem));
      }));
}

}  // namespace frikommune::catalog
