#include "cli/catalog/cases.h"

#include "absl/strings/str_cat.h"
#include "cli/json_subset.h"
#include "cli/replay_case.h"
#include "core/error/error.h"
#include "core/proof/case_run.h"

namespace frikommune::cli {
namespace {

using proof::CaseRun;

// What is wrong with an answer that should be a refusal; empty if nothing is.
std::string CompareError(const ExpectedError& expected, const CaseRun& run) {
  if (run.status.ok()) return "was answered; a refusal is expected";
  const auto differ = [](absl::string_view what, const std::string& wanted,
                         const std::string& got) {
    return wanted.empty() || wanted == got
               ? std::string()
               : absl::StrCat(what, " ", got, "; ", wanted, " is expected");
  };
  const ErrorInfo info = ErrorInfoOf(run.status);
  for (const std::string& difference :
       {differ("code", expected.code,
               absl::StatusCodeToString(run.status.code())),
        differ("reason", expected.reason, std::string(ReasonName(info.reason))),
        differ("field", expected.field, info.field)}) {
    if (!difference.empty()) return difference;
  }
  return "";
}

std::string CompareAnswer(const ReplayCase& expected, const CaseRun& run) {
  if (!run.status.ok())
    return absl::StrCat("was refused: ", run.status.ToString());
  const auto* type = run.response->GetDescriptor();
  const auto actual = ToJson(type, run.response->SerializeAsString());
  if (!actual.ok()) return std::string(actual.status().message());
  std::string text;
  for (const Difference& difference :
       Differences(*expected.expect, *actual, type)) {
    absl::StrAppend(&text, text.empty() ? "" : "; ", difference.path, " is ",
                    difference.actual, ", expected ", difference.expected);
  }
  return text;
}

}  // namespace

void CompareCases(const catalog::Snapshot& snapshot,
                  std::vector<catalog::Problem>& problems) {
  // Lines that are no cases are told by the proof.
  std::vector<catalog::Problem> told;
  proof::RunCases(
      snapshot,
      [&](const CaseRun& run) {
        const auto expected = ParseReplayCase(run.line);
        std::string fault;
        if (!expected.ok()) {
          fault = std::string(expected.status().message());
        } else if (expected->expect.has_value()) {
          fault = CompareAnswer(*expected, run);
        } else {
          fault = CompareError(expected->expect_error, run);
        }
        if (fault.empty()) return;
        problems.push_back(
            {run.where, absl::StrCat("case \"", run.name, "\": ", fault), ""});
      },
      told);
}

}  // namespace frikommune::cli
