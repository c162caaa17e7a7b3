#include "core/rehab/vocabulary.h"

#include <utility>

#include "frikommune/decision/v1/decision.pb.h"
#include "frikommune/rehab/v1/case.pb.h"

namespace frikommune::rehab {

const std::vector<inquiry::FactSet>& FactSets() {
  static const auto* const kSets = new std::vector<inquiry::FactSet>{
      {"presentation", v1::PresentationCase::descriptor()},
      {"extension", v1::ExtensionCase::descriptor()},
      {"policy", v1::AssumedPolicy::descriptor()}};
  return *kSets;
}

catalog::AreaVocabulary RehabVocabulary() {
  catalog::Vocabulary words;
  inquiry::AddFactSets(FactSets(), words);
  words.AddMessage("", decision::v1::SafeguardFacts::descriptor());
  words.AddMessage("", v1::DerivedFacts::descriptor());
  words.AskAs("total_extension_months", {"extension.extension_months",
                                         "extension.months_already_extended"});
  return {kArea, std::move(words)};
}

}  // namespace frikommune::rehab
