#include "core/letter/words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/civil_time/date.h"

namespace frikommune::letter {
namespace {

constexpr const char* kDanishMonths[] = {
    "januar", "februar", "marts",     "april",   "maj",      "juni",
    "juli",   "august",  "september", "oktober", "november", "december"};
constexpr const char* kEnglishMonths[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

}  // namespace

const std::string& In(Language language, const decision::v1::Text& text) {
  return language == Language::kDanish ? text.da() : text.en();
}

std::string WriteDay(Language language, absl::string_view date) {
  const auto day = civil_time::ParseDate(date);
  if (!day.ok()) return std::string(date);
  const auto [year, month, day_of_month] = civil_time::YearMonthDay(*day);
  return language == Language::kDanish
             ? absl::StrCat(day_of_month, ". ", kDanishMonths[month - 1], " ",
                            year)
             : absl::StrCat(day_of_month, " ", kEnglishMonths[month - 1], " ",
                            year);
}

Words::Words(const catalog::Snapshot& snapshot, Language language)
    : language_(language) {
  for (const auto& word : snapshot.catalog().network.words()) {
    texts_[word.name()] = &In(language, word.text());
  }
}

std::string Words::Of(absl::string_view name) const {
  const auto found = texts_.find(name);
  if (found != texts_.end()) return *found->second;
  return absl::StrReplaceAll(name, {{"_", " "}, {".", ": "}});
}

std::string Words::OfValue(absl::string_view value) const {
  const auto found = texts_.find(value);
  return found == texts_.end() ? WriteDay(language_, value) : *found->second;
}

}  // namespace frikommune::letter
