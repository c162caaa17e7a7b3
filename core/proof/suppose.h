#ifndef FRIKOMMUNE_CORE_PROOF_SUPPOSE_H_
#define FRIKOMMUNE_CORE_PROOF_SUPPOSE_H_

#include "core/catalog/question.h"

namespace frikommune::proof {

// Gives a fact that is unknown a value that a case may have: the same for the
// same day. What is known stays.
void Suppose(const catalog::Area& area, catalog::Slot fact,
             catalog::Facts& facts);

// Supposes what the deadline of a rule, and the days of its actions, are
// counted from, so that two of them can be told apart.
void SupposeDeadline(const catalog::Area& area, const catalog::Rule& rule,
                     catalog::Facts& facts);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_SUPPOSE_H_
