#ifndef FRIKOMMUNE_CORE_CERTIFICATES_VOCABULARY_H_
#define FRIKOMMUNE_CORE_CERTIFICATES_VOCABULARY_H_

#include <vector>

#include "core/catalog/snapshot.h"
#include "core/inquiry/fact_fields.h"

namespace frikommune::certificates {

// The name of the area of law that certificates decides by.
inline constexpr char kArea[] = "certificates";

// The facts that a request may hold, in the order of their roots.
const std::vector<inquiry::FactSet>& FactSets();

// The words of catalog/law/certificates: the fields of the cases (as
// "sickness.in_hospital"), and the facts found from them.
catalog::AreaVocabulary CertificatesVocabulary();

}  // namespace frikommune::certificates

#endif  // FRIKOMMUNE_CORE_CERTIFICATES_VOCABULARY_H_
