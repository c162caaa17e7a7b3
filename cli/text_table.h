#ifndef FRIKOMMUNE_CLI_TEXT_TABLE_H_
#define FRIKOMMUNE_CLI_TEXT_TABLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace frikommune::cli {

// A column of a table on a terminal.
struct Column {
  std::string title;
  // In characters; text is wrapped to it.
  size_t width;
};

// Wraps `text` to lines of at most `width` characters, at spaces where there
// are any; a line break in the text stays one. Characters, not bytes, so that
// Danish letters count as one.
std::vector<std::string> Wrap(absl::string_view text, size_t width);

// How many characters a UTF-8 text has.
size_t CharacterCount(absl::string_view text);

// A table of text: a title for each column, and rows whose cells are wrapped
// and stand beside each other, with a line between rows.
class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns);

  // The titles, over a line.
  std::string Head() const;

  // A row. Cells that are missing are empty.
  std::string Row(const std::vector<std::string>& cells) const;

  // The line that ends a row.
  std::string Rule() const;

 private:
  std::string Lines(const std::vector<std::string>& cells) const;

  std::vector<Column> columns_;
};

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_TEXT_TABLE_H_
