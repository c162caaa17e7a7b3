#include "core/certificates/vocabulary.h"

#include <utility>

#include "frikommune/certificates/v1/case.pb.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::certificates {

const std::vector<inquiry::FactSet>& FactSets() {
  static const auto* const kSets = new std::vector<inquiry::FactSet>{
      {"rehabilitation", v1::RehabilitationCase::descriptor()},
      {"sickness", v1::SicknessCase::descriptor()},
      {"revalidation", v1::RevalidationCase::descriptor()}};
  return *kSets;
}

catalog::AreaVocabulary CertificatesVocabulary() {
  catalog::Vocabulary words;
  inquiry::AddFactSets(FactSets(), words);
  words.AddMessage("", decision::v1::SafeguardFacts::descriptor());
  words.AddMessage("", v1::DerivedFacts::descriptor());
  return {kArea, std::move(words)};
}

}  // namespace frikommune::certificates
