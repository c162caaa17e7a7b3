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

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_ANSWER_ROWS_H_
