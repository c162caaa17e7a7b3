#ifndef FRIKOMMUNE_CORE_DECISION_RENDER_H_
#define FRIKOMMUNE_CORE_DECISION_RENDER_H_

#include <string>
#include <vector>

#include "core/decision/decide.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::decision {

// Writes an answer as the message that callers get. In the BASIC view it names
// rows and dates; in the FULL view it also says why, where that is written, and
// which facts mattered. `facts` are those that were decided on.
void Render(const catalog::Snapshot& snapshot, const catalog::Area& area,
            const Answer& answer, v1::View view, catalog::Facts& facts,
            v1::Decision& out);

// The names of the facts that a rule turns on and that are unknown.
std::vector<std::string> MissingFacts(const catalog::Area& area,
                                      const catalog::Rule& rule,
                                      catalog::Facts& facts);

// Writes a day to a field of text; leaves it empty for catalog::kNone.
void WriteDay(catalog::Value day, std::string* out);

}  // namespace frikommune::decision

#endif  // FRIKOMMUNE_CORE_DECISION_RENDER_H_
