#include "core/certificates/substitute.h"

namespace frikommune::certificates {

decision::Documents DocumentsIn(v1::Substitute substitute) {
  switch (substitute) {
    case v1::SUBSTITUTE_SPECIALIST_RECORD:
      return {"LAE115"};
    case v1::SUBSTITUTE_HOSPITAL_RECORD:
      return {"LAE105"};
    case v1::SUBSTITUTE_STATUS_PLUS_HOSPITAL_RECORD:
      return {"LAE125", "LAE105"};
    case v1::SUBSTITUTE_STATUS:
      return {"LAE125"};
    default:
      return {};
  }
}

}  // namespace frikommune::certificates
