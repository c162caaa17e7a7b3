#ifndef FRIKOMMUNE_CLI_ANSWER_ROWS_H_
#define FRIKOMMUNE_CLI_ANSWER_ROWS_H_

#include <string>
#include <vector>

#include "nlohmann/json.hpp"

namespace frikommune::cli {

// A decision of an answer in words, for a table.
struct AnswerRow {
  std::string here;
  std::string ordinary_law;
  std::string why;
};

// The decisions in an answer that an expectation speaks of, in words: wherever
// the answer, of any of our services, holds a message with both laws'
// outcomes. `language` is "da" or "en". Pure.
std::vector<AnswerRow> AnswerRows(const nlohmann::json& expected,
                                  const nlohmann::json& answer,
                                  const std::string& language);

// An answer that decides nothing, in a line: an agenda item, a day of the team,
// a document, where a certificate stands. Empty of any other. Pure.
std::string AnswerLine(const nlohmann::json& answer);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_ANSWER_ROWS_H_
