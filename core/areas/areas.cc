#include "core/areas/areas.h"

#include "core/scheduling/vocabulary.h"

namespace frikommune::areas {

std::vector<catalog::AreaVocabulary> AllAreas() {
  return {scheduling::SchedulingVocabulary()};
}

}  // namespace frikommune::areas
