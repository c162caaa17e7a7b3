#ifndef FRIKOMMUNE_CLI_REPLAY_REPORT_H_
#define FRIKOMMUNE_CLI_REPLAY_REPORT_H_

#include <ostream>
#include <string>
#include <vector>

#include "cli/answer_rows.h"
#include "cli/json_subset.h"
#include "cli/text_table.h"

namespace frikommune::cli {

// Where a case is written.
struct CasePlace {
  std::string file;
  int line = 0;
};

// Tells how cases went, as text or as one JSON object a line, and counts them.
class ReplayReport {
 public:
  // `out` outlives it.
  ReplayReport(bool json, std::ostream& out) : json_(json), out_(out) {}

  // A case that was called; it passed if nothing differs.
  void Tell(const CasePlace& place, const std::string& name,
            const std::vector<Difference>& differences);

  // The same as rows of a table, under its head the first time: what each
  // decision says. Without rows, as a refusal has none, `refusal` is told.
  void TellRows(const CasePlace& place, const std::string& name,
                const std::vector<Difference>& differences,
                const std::vector<AnswerRow>& rows, const std::string& refusal);

  // The same under the day it was about, in 120 columns and without reasons.
  void TellDay(const CasePlace& place, const std::string& day,
               const std::string& name,
               const std::vector<Difference>& differences,
               const std::vector<AnswerRow>& rows, const std::string& refusal);

  // What kept a case, a file or the whole from being called.
  void TellProblem(const CasePlace& place, const std::string& problem);

  // How many passed and failed; nothing in JSON.
  void TellSum();

  // 0, 1 or 2, as RunReplay.
  int exit_code() const;

 private:
  void TellCells(const CasePlace& place, const TextTable& table,
                 std::vector<std::vector<std::string>> cells,
                 const std::vector<Difference>& differences);
  void TellDifferences(const CasePlace& place,
                       const std::vector<Difference>& differences);

  bool has_head_ = false;
  const bool json_;
  std::ostream& out_;
  int passed_ = 0;
  int failed_ = 0;
  int problems_ = 0;
};

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_REPLAY_REPORT_H_
