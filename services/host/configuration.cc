#include "services/host/configuration.h"

#include <regex>

#include "CLI/CLI.hpp"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace frikommune::host {
namespace {

// A number as it is; text in the quotes that are not in it.
std::string Quoted(const std::string& value) {
  double number = 0;
  if (absl::SimpleAtod(value, &number)) return value;
  const char* const quote = value.find('"') == std::string::npos ? "\"" : "'";
  return absl::StrCat(quote, value, quote);
}

}  // namespace

std::string WithoutSecrets(absl::string_view store) {
  static const std::regex in_words(
      R"(((?:ssl)?password\s*=\s*)('(?:\\.|[^'\\])*'|[^\s&]+))",
      std::regex::icase);
  static const std::regex in_address(R"((://[^:@/\s]*):[^@\s]*@)");
  const std::string once =
      std::regex_replace(std::string(store), in_words, "$1***");
  return std::regex_replace(once, in_address, "$1:***@");
}

std::string ConfigurationOf(const CLI::App& app) {
  std::string lines;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_configurable() || option->get_lnames().empty()) continue;
    const std::string value = option->results().empty()
                                  ? option->get_default_str()
                                  : option->results().back();
    if (value.empty()) continue;
    absl::StrAppend(&lines, option->get_lnames().front(), "=",
                    Quoted(WithoutSecrets(value)), "\n");
  }
  return lines;
}

}  // namespace frikommune::host
