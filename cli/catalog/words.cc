#include "cli/catalog/words.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace frikommune::cli {
namespace {

// "low <= fact <= high", either side left out where it is empty.
std::string Between(const std::string& low, const std::string& fact,
                    const std::string& high) {
  if (low.empty()) return absl::StrCat(fact, " <= ", high);
  if (high.empty()) return absl::StrCat(fact, " >= ", low);
  return absl::StrCat(low, " <= ", fact, " <= ", high);
}

}  // namespace

std::string ShortName(const google::protobuf::EnumDescriptor& type,
                      const std::string& name) {
  std::string prefix;
  for (const char c : type.name()) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) {
      prefix += '_';
    }
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  prefix += '_';
  return absl::StartsWith(name, prefix) ? name.substr(prefix.size()) : name;
}

std::string ShortName(const google::protobuf::EnumDescriptor& type,
                      int number) {
  const auto* value = type.FindValueByNumber(number);
  return value != nullptr ? ShortName(type, value->name())
                          : absl::StrCat(number);
}

std::string CatalogWords::Say(const char* danish, const char* english) const {
  return language_ == Language::kDanish ? danish : english;
}

const std::string& CatalogWords::In(const decision::v1::Text& text) const {
  return language_ == Language::kDanish ? text.da() : text.en();
}

std::string CatalogWords::Write(const catalog::v1::Condition& condition,
                                const catalog::Vocabulary& words) const {
  const std::string either = Say(" eller ", " or ");
  if (condition.any_of_size() > 0) {
    std::vector<std::string> parts;
    for (const auto& part : condition.any_of())
      parts.push_back(Write(part, words));
    return absl::StrCat("(", absl::StrJoin(parts, either), ")");
  }
  const std::string& name = condition.fact();
  if (condition.answered()) {
    return absl::StrCat(name, Say(" er besvaret", " is answered"));
  }
  if (condition.has_is()) {
    return absl::StrCat(name, Say(" er ", " is "),
                        condition.is() ? Say("ja", "yes") : Say("nej", "no"));
  }
  if (condition.in_size() > 0) {
    const catalog::Fact* fact = words.Find(name);
    std::vector<std::string> values;
    for (const std::string& value : condition.in()) {
      const bool is_enum = fact != nullptr && fact->values != nullptr;
      values.push_back(is_enum ? ShortName(*fact->values, value) : value);
    }
    return absl::StrCat(name, Say(" er ", " is "),
                        absl::StrJoin(values, either));
  }
  if (condition.has_at_least() || condition.has_at_most()) {
    return Between(
        condition.has_at_least() ? absl::StrCat(condition.at_least()) : "",
        name, condition.has_at_most() ? absl::StrCat(condition.at_most()) : "");
  }
  return Between(condition.from(), name, condition.to());
}

std::string CatalogWords::Write(const google::protobuf::RepeatedPtrField<
                                    catalog::v1::Condition>& conditions,
                                const catalog::Vocabulary& words) const {
  if (conditions.empty()) return Say("altid", "always");
  std::vector<std::string> lines;
  for (const auto& condition : conditions)
    lines.push_back(Write(condition, words));
  return absl::StrJoin(lines, "\n");
}

std::string CatalogWords::Write(
    const google::protobuf::RepeatedPtrField<decision::v1::Citation>& citations,
    decision::v1::Confidence confidence) const {
  std::vector<std::string> lines;
  for (const auto& citation : citations) {
    lines.push_back(
        citation.pinpoint().empty()
            ? citation.source()
            : absl::StrCat(citation.source(), " ", citation.pinpoint()));
  }
  if (confidence == decision::v1::CONFIDENCE_TO_VERIFY) {
    lines.push_back(Say("(skal efterprøves)", "(to verify)"));
  } else if (confidence == decision::v1::CONFIDENCE_CONVENTION) {
    lines.push_back(Say("(konvention)", "(convention)"));
  }
  return absl::StrJoin(lines, "\n");
}

}  // namespace frikommune::cli
