#include "core/areas/areas.h"

#include "core/certificates/vocabulary.h"
#include "core/rehab/vocabulary.h"
#include "core/scheduling/vocabulary.h"

namespace frikommune::areas {

std::vector<catalog::AreaVocabulary> AllAreas() {
  return {scheduling::SchedulingVocabulary(),
          certificates::CertificatesVocabulary(), rehab::RehabVocabulary()};
}

}  // namespace frikommune::areas
