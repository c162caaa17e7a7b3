#ifndef FRIKOMMUNE_CORE_DECISION_RENDER_H_
#define FRIKOMMUNE_CORE_DECISION_RENDER_H_

#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "core/civil_time/date.h"
#include "core/decision/decide.h"
#include "core/decision/saving.h"
#include "core/wire/message_writer.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::decision {

// Codes that stand in the catalog, or for as long as the program runs.
using Flags = absl::InlinedVector<absl::string_view, 4>;

// The view that is asked for; `otherwise` where none is.
inline v1::View ViewOr(v1::View asked, v1::View otherwise) {
  return asked != v1::VIEW_UNSPECIFIED ? asked : otherwise;
}

// The flags of the rules that answered, by the facts that were decided on.
Flags FlagsOf(const Answer& answer, catalog::Facts& facts);

// Writes the fields of the Decision that callers get of an answer: the one way
// in which it is told. In the BASIC view it names rows and dates; in the FULL
// view it also says why, where that is written, and which facts mattered.
// `facts` are those that were decided on, and `flags` what a reader should
// notice. `registered` are the documents that were ordered in place of the one
// that is spared; null where that is not known, and the rows say what to order.
void Render(const catalog::Snapshot& snapshot, const catalog::Area& area,
            const Answer& answer, v1::View view, const Flags& flags,
            catalog::Facts& facts, wire::MessageWriter& out,
            const Documents* registered = nullptr);

// The same, read as the message that it is, with the answer's own flags.
void Render(const catalog::Snapshot& snapshot, const catalog::Area& area,
            const Answer& answer, v1::View view, catalog::Facts& facts,
            v1::Decision& out);

// The names of the facts that a rule turns on and that are unknown.
std::vector<std::string> MissingFacts(const catalog::Area& area,
                                      const catalog::Rule& rule,
                                      catalog::Facts& facts);

// Writes a day to a field of text, unless it is catalog::kNone or kUnknown.
inline void WriteDay(int field, catalog::Value day, wire::MessageWriter& out) {
  if (day == catalog::kNone || day == catalog::kUnknown) return;
  civil_time::FormatDateTo(civil_time::Date::FromDays(day),
                           out.TextToFill(field, 10));
}

// Writes a text in both languages to a field.
void WriteText(int field, const v1::Text& text, wire::MessageWriter& out);

}  // namespace frikommune::decision

#endif  // FRIKOMMUNE_CORE_DECISION_RENDER_H_
