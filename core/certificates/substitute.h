#ifndef FRIKOMMUNE_CORE_CERTIFICATES_SUBSTITUTE_H_
#define FRIKOMMUNE_CORE_CERTIFICATES_SUBSTITUTE_H_

#include "core/decision/saving.h"
#include "frikommune/certificates/v1/case.pb.h"

namespace frikommune::certificates {

// The documents that a substitute for LÆ285 is, as the tariffs name them; none
// of SUBSTITUTE_NONE, and none of what is not registered.
decision::Documents DocumentsIn(v1::Substitute substitute);

}  // namespace frikommune::certificates

#endif  // FRIKOMMUNE_CORE_CERTIFICATES_SUBSTITUTE_H_
