#ifndef FRIKOMMUNE_CORE_LETTER_LETTER_H_
#define FRIKOMMUNE_CORE_LETTER_LETTER_H_

#include "core/catalog/snapshot.h"
#include "frikommune/decision/v1/record.pb.h"

namespace frikommune::letter {

// The reasons of a decision that is kept in the FULL view, as a letter to the
// citizen gives them (forvaltningsloven §§ 22-24): the rules and where they are
// written, the main considerations, here and under ordinary law, and the facts
// that mattered; then the deadline and what must be done.
decision::v1::Text Reasons(const catalog::Snapshot& snapshot,
                           const decision::v1::RecordedDecision& decision);

}  // namespace frikommune::letter

#endif  // FRIKOMMUNE_CORE_LETTER_LETTER_H_
