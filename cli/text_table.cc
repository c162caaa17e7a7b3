#include "cli/text_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace frikommune::cli {
namespace {

// Whether a byte begins a character of UTF-8.
bool Begins(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

// The first `count` characters of a text, in bytes.
size_t BytesOf(absl::string_view text, size_t count) {
  size_t at = 0;
  while (at < text.size()) {
    if (Begins(text[at])) {
      if (count == 0) break;
      --count;
    }
    ++at;
  }
  return at;
}

}  // namespace

size_t CharacterCount(absl::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), Begins));
}

std::vector<std::string> Wrap(absl::string_view text, size_t width) {
  std::vector<std::string> lines;
  for (const absl::string_view paragraph : absl::StrSplit(text, '\n')) {
    std::string line;
    for (absl::string_view word :
         absl::StrSplit(paragraph, ' ', absl::SkipEmpty())) {
      if (!line.empty() &&
          CharacterCount(line) + 1 + CharacterCount(word) > width) {
        lines.push_back(std::exchange(line, ""));
      }
      // A word that is longer than a line is broken.
      while (CharacterCount(word) > width) {
        const size_t bytes = BytesOf(word, width);
        lines.push_back(std::string(word.substr(0, bytes)));
        word.remove_prefix(bytes);
      }
      absl::StrAppend(&line, line.empty() ? "" : " ", word);
    }
    lines.push_back(line);
  }
  return lines;
}

TextTable::TextTable(std::vector<Column> columns)
    : columns_(std::move(columns)) {}

std::string TextTable::Head() const {
  std::vector<std::string> titles;
  for (const Column& column : columns_) titles.push_back(column.title);
  return absl::StrCat(Rule(), Lines(titles), Rule());
}

std::string TextTable::Row(const std::vector<std::string>& cells) const {
  return absl::StrCat(Lines(cells), Rule());
}

std::string TextTable::Rule() const {
  std::string rule;
  for (const Column& column : columns_) {
    absl::StrAppend(&rule, rule.empty() ? "" : "-+-",
                    std::string(column.width, '-'));
  }
  return rule + "\n";
}

std::string TextTable::Lines(const std::vector<std::string>& cells) const {
  std::vector<std::vector<std::string>> wrapped;
  size_t height = 1;
  for (size_t i = 0; i < columns_.size(); ++i) {
    wrapped.push_back(
        Wrap(i < cells.size() ? cells[i] : "", columns_[i].width));
    height = std::max(height, wrapped.back().size());
  }
  std::string text;
  for (size_t line = 0; line < height; ++line) {
    std::string out;
    for (size_t i = 0; i < columns_.size(); ++i) {
      const std::string cell = line < wrapped[i].size() ? wrapped[i][line] : "";
      absl::StrAppend(
          &out, i == 0 ? "" : " | ", cell,
          std::string(columns_[i].width - CharacterCount(cell), ' '));
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    absl::StrAppend(&text, out, "\n");
  }
  return text;
}

}  // namespace frikommune::cli
