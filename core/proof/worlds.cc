#include "core/proof/worlds.h"

#include "core/certificates/vocabulary.h"
#include "core/rehab/vocabulary.h"
#include "core/scheduling/vocabulary.h"

namespace frikommune::proof {

const CaseWorld* WorldOf(const std::string& area) {
  if (area == scheduling::kArea) return &SchedulingCases();
  if (area == certificates::kArea) return &CertificatesCases();
  if (area == rehab::kArea) return &RehabCases();
  return nullptr;
}

}  // namespace frikommune::proof
