#ifndef FRIKOMMUNE_CORE_DECISION_ALLOWED_DAYS_H_
#define FRIKOMMUNE_CORE_DECISION_ALLOWED_DAYS_H_

#include "absl/container/inlined_vector.h"
#include "core/decision/decide.h"

namespace frikommune::decision {

// Days that are judged alike, both included.
struct Stretch {
  catalog::Value first;
  catalog::Value last;
  v1::Outcome outcome;
  const catalog::Rule* rule;

  friend bool operator==(const Stretch&, const Stretch&) = default;
};

using Stretches = absl::InlinedVector<Stretch, 4>;

// The days on which something would be allowed, each judged by its own law and
// gate (domain 6.1 no. 14), in time order.
struct AllowedDays {
  // Under what applies here.
  Stretches here;
  // Under ordinary law alone.
  Stretches ordinary_law;
};

// Finds the allowed days from `first` to `last` for the facts at hand: those of
// the case, with a date set. Adds them to `days`. Changes the facts
// "on" and "date_set", and leaves them changed.
void FindAllowedDays(const catalog::Area& area,
                     const catalog::Question& question, int municipality,
                     catalog::Value first, catalog::Value last,
                     catalog::Facts& facts, AllowedDays& days);

// The last of the days; catalog::kNone if there is none.
catalog::Value LastDay(const Stretches& stretches);

}  // namespace frikommune::decision

#endif  // FRIKOMMUNE_CORE_DECISION_ALLOWED_DAYS_H_
