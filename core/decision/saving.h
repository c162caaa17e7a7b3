#ifndef FRIKOMMUNE_CORE_DECISION_SAVING_H_
#define FRIKOMMUNE_CORE_DECISION_SAVING_H_

#include <string>
#include <vector>

#include "core/decision/decide.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::decision {

// The documents that the actions of an answer order: those that are said.
std::vector<std::string> OrderedDocuments(const Answer& answer,
                                          catalog::Facts& facts);

// Writes what is saved on the day by doing without the document `spared`, where
// the documents `substitutes` are ordered in its place. A fee that no tariff of
// the day tells is left unset, and so are the sums that need it. In the FULL
// view the fees also say where they come from. Replaces what `out` held.
void FillSaving(const catalog::Snapshot& snapshot, const std::string& spared,
                const std::vector<std::string>& substitutes, catalog::Value day,
                v1::View view, v1::Saving& out);

}  // namespace frikommune::decision

#endif  // FRIKOMMUNE_CORE_DECISION_SAVING_H_
