#include "cli/catalog/verify.h"

#include <chrono>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "adapters/files/catalog_files.h"
#include "cli/catalog/cases.h"
#include "core/proof/proof.h"

namespace frikommune::cli {
namespace {

// 1234567 as "1,234,567".
std::string Grouped(uint64_t number) {
  if (number < 1000) return absl::StrCat(number);
  return absl::StrFormat("%s,%03d", Grouped(number / 1000), number % 1000);
}

void WriteProblems(const std::vector<catalog::Problem>& problems,
                   std::ostream& out) {
  for (const catalog::Problem& problem : problems) {
    out << Describe(problem) << "\n";
    if (!problem.counterexample.empty()) out << problem.counterexample << "\n";
  }
}

// The experiments of which no question is answered, so that nothing was asked
// of them.
void WriteUnasked(const catalog::Catalog& catalog, std::ostream& out) {
  std::vector<std::string> not_yet;
  std::vector<std::string> never;
  for (const auto& experiment : catalog.experiments) {
    if (experiment->rules() == catalog::v1::RULES_ON_FILE_NOT_YET) {
      not_yet.push_back(experiment->id());
    } else if (experiment->rules() == catalog::v1::RULES_ON_FILE_NONE) {
      never.push_back(experiment->id());
    }
  }
  if (!not_yet.empty()) {
    out << "rules not on file yet: " << absl::StrJoin(not_yet, " ") << "\n";
  }
  if (!never.empty())
    out << "without rules: " << absl::StrJoin(never, " ") << "\n";
}

}  // namespace

int RunVerify(const VerifyOptions& options, std::ostream& out) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<catalog::Problem> problems;
  const auto snapshot = files::LoadCatalog(options.catalog, problems);
  if (snapshot == nullptr) {
    WriteProblems(problems, out);
    out << "not proved: the catalog cannot be used\n";
    return 1;
  }
  const proof::ProofReport report = proof::Prove(*snapshot);
  problems = report.problems;
  CompareCases(*snapshot, problems);
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;

  if (options.verbose) {
    for (const proof::QuestionReport& question : report.questions) {
      out << absl::StrFormat("%-36s %16s cells %5d rows\n", question.provision,
                             Grouped(question.cells), question.rows);
    }
    WriteUnasked(snapshot->catalog(), out);
  }
  for (catalog::Problem& problem : problems)
    files::NameFolder(options.catalog, problem);
  WriteProblems(problems, out);
  out << Grouped(report.cells) << " cells, " << report.rows << " rows, "
      << report.cases << " cases, " << absl::StrFormat("%.2f s\n", took.count())
      << "digest " << snapshot->digest() << "\n";
  if (problems.empty()) {
    out << "proved\n";
    return 0;
  }
  out << "not proved: " << problems.size()
      << (problems.size() == 1 ? " problem\n" : " problems\n");
  return 1;
}

}  // namespace frikommune::cli
