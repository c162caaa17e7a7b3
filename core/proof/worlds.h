#ifndef FRIKOMMUNE_CORE_PROOF_WORLDS_H_
#define FRIKOMMUNE_CORE_PROOF_WORLDS_H_

#include "core/proof/case_world.h"

namespace frikommune::proof {

// The worlds of the areas of law that the project knows.
const CaseWorld& SchedulingCases();
const CaseWorld& CertificatesCases();
const CaseWorld& RehabCases();

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_WORLDS_H_
