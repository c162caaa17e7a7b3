#ifndef FRIKOMMUNE_CLI_CATALOG_WORDS_H_
#define FRIKOMMUNE_CLI_CATALOG_WORDS_H_

#include <string>

#include "core/catalog/snapshot.h"

namespace frikommune::cli {

// A language of the platform's texts.
enum class Language { kDanish, kEnglish };

// Writes what the catalog says in words that a lawyer can read. Names of facts
// and outcomes stay as the contract writes them. Pure.
class CatalogWords {
 public:
  explicit CatalogWords(Language language) : language_(language) {}

  // A word of the tables in the language at hand.
  std::string Say(const char* danish, const char* english) const;

  // The text in the language at hand.
  const std::string& In(const decision::v1::Text& text) const;

  // "meeting.form is TELEPHONE", "0 <= days_to_exit <= 41",
  // "start + 42d <= on <= start + 55d".
  std::string Write(const catalog::v1::Condition& condition,
                    const catalog::Vocabulary& words) const;

  // All of them, each on its own line; "always" if there are none.
  std::string Write(const google::protobuf::RepeatedPtrField<
                        catalog::v1::Condition>& conditions,
                    const catalog::Vocabulary& words) const;

  // "001 L135; S23", and how sure the project is.
  std::string Write(const google::protobuf::RepeatedPtrField<
                        decision::v1::Citation>& citations,
                    decision::v1::Confidence confidence) const;

 private:
  Language language_;
};

// "TELEPHONE" of "MEETING_FORM_TELEPHONE": a value without its type's name.
std::string ShortName(const google::protobuf::EnumDescriptor& type, int number);
std::string ShortName(const google::protobuf::EnumDescriptor& type,
                      const std::string& name);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_CATALOG_WORDS_H_
