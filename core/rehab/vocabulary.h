#ifndef FRIKOMMUNE_CORE_REHAB_VOCABULARY_H_
#define FRIKOMMUNE_CORE_REHAB_VOCABULARY_H_

#include <vector>

#include "core/catalog/snapshot.h"
#include "core/inquiry/fact_fields.h"

namespace frikommune::rehab {

// The name of the area of law that rehab decides by.
inline constexpr char kArea[] = "rehab";

// The facts that a request may hold, in the order of their roots.
const std::vector<inquiry::FactSet>& FactSets();

// The words of catalog/law/rehab: the fields of the cases (as
// "presentation.case_type"), local policy, and the facts found from them.
catalog::AreaVocabulary RehabVocabulary();

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_CORE_REHAB_VOCABULARY_H_
