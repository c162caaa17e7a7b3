#ifndef FRIKOMMUNE_CORE_AREAS_AREAS_H_
#define FRIKOMMUNE_CORE_AREAS_AREAS_H_

#include <vector>

#include "core/catalog/snapshot.h"

namespace frikommune::areas {

// The areas of law that the project knows, each with the words its tables may
// use: what every catalog is compiled for.
std::vector<catalog::AreaVocabulary> AllAreas();

}  // namespace frikommune::areas

#endif  // FRIKOMMUNE_CORE_AREAS_AREAS_H_
