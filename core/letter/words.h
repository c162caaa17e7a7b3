#ifndef FRIKOMMUNE_CORE_LETTER_WORDS_H_
#define FRIKOMMUNE_CORE_LETTER_WORDS_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "core/catalog/snapshot.h"

namespace frikommune::letter {

// The languages of a letter.
enum class Language { kDanish, kEnglish };

// One language of a text.
const std::string& In(Language language, const decision::v1::Text& text);

// "1. marts 2019", "1 March 2019", of a day written YYYY-MM-DD; any other text
// as it is.
std::string WriteDay(Language language, absl::string_view date);

// What the names of the catalog are called (catalog/network/words.textproto).
// The snapshot outlives it.
class Words {
 public:
  Words(const catalog::Snapshot& snapshot, Language language);

  bool Has(absl::string_view name) const { return texts_.contains(name); }

  // What a fact, an outcome or an action is called; the name itself, without
  // its underscores, of one that has no word.
  std::string Of(absl::string_view name) const;

  // A fact's value as an answer writes it: a word, a day or a number.
  std::string OfValue(absl::string_view value) const;

 private:
  const Language language_;
  absl::flat_hash_map<absl::string_view, const std::string*> texts_;
};

}  // namespace frikommune::letter

#endif  // FRIKOMMUNE_CORE_LETTER_WORDS_H_
