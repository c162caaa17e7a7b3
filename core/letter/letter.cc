#include "core/letter/letter.h"

namespace frikommune::letter {

decision::v1::Text Reasons(const catalog::Snapshot&,
                           const decision::v1::RecordedDecision&) {
  return {};
}

}  // namespace frikommune::letter
