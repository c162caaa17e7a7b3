#ifndef FRIKOMMUNE_CORE_DECISION_SAVING_H_
#define FRIKOMMUNE_CORE_DECISION_SAVING_H_

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "core/decision/decide.h"
#include "core/wire/message_writer.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::decision {

// Documents as the tariffs name them: names that stand in the catalog, or for
// as long as the program runs.
using Documents = absl::InlinedVector<absl::string_view, 4>;

// The documents that the actions of an answer order: those that are said.
Documents OrderedDocuments(const Answer& answer, catalog::Facts& facts);

// Writes the fields of the Saving that is made on the day by doing without the
// document `spared`, where the documents `substitutes` are ordered in its
// place. A fee that no tariff of the day tells is left unset, and so are the
// sums that need it. In the FULL view the fees also say where they come from.
void WriteSaving(const catalog::Snapshot& snapshot, absl::string_view spared,
                 const Documents& substitutes, catalog::Value day,
                 v1::View view, wire::MessageWriter& out);

}  // namespace frikommune::decision

#endif  // FRIKOMMUNE_CORE_DECISION_SAVING_H_
