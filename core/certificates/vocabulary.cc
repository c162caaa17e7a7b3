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
  words.AskAs("lae265_received",
              {"rehabilitation.documents", "revalidation.documents"});
  words.AskAs("lae285_received", {"sickness.documents"});
  words.AskAs("health_document_count", {"rehabilitation.documents"});
  for (const char* helps :
       {"lae125_would_help", "lae105_would_help", "lae115_would_help"}) {
    words.AskAs(helps, {"rehabilitation.helpful_certificates"});
  }
  return {kArea, std::move(words)};
}

}  // namespace frikommune::certificates
