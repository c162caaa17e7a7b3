#include "core/proof/proof.h"

#include "absl/strings/str_cat.h"
#include "core/proof/case_run.h"
#include "core/proof/question_proof.h"

namespace frikommune::proof {

ProofReport Prove(const catalog::Snapshot& snapshot) {
  ProofReport report;
  for (const auto& area : snapshot.areas()) {
    const CaseWorld* const world = WorldOf(area->name);
    if (world == nullptr) {
      report.problems.push_back(
          {{"law", 0},
           absl::StrCat("the proof knows no cases of ", area->name),
           ""});
      continue;
    }
    for (const catalog::Question& question : area->questions) {
      QuestionReport& proved = report.questions.emplace_back(
          QuestionProof(snapshot, *area, question, *world, report.problems)
              .Prove());
      report.cells += proved.cells;
      report.leaves += proved.leaves;
      report.rows += proved.rows;
    }
  }
  FiredRows fired;
  RunCases(
      snapshot,
      [&](const CaseRun& run) {
        ++report.cases;
        AddFiredRows(run, fired);
      },
      report.problems);
  ReportUnfiredRows(snapshot, fired, report.problems);
  return report;
}

}  // namespace frikommune::proof
