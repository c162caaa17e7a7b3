#ifndef FRIKOMMUNE_CORE_DECISION_DECIDE_H_
#define FRIKOMMUNE_CORE_DECISION_DECIDE_H_

#include "core/catalog/question.h"
#include "core/catalog/snapshot.h"

namespace frikommune::decision {

// An answer as views into the catalog that gave it, which must outlive it.
// Filling one does not allocate.
struct Answer {
  const catalog::Question* question = nullptr;
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
  v1::Outcome ordinary_outcome = v1::OUTCOME_UNSPECIFIED;
  v1::Gate gate = v1::GATE_UNSPECIFIED;
  v1::Regime regime = v1::REGIME_UNSPECIFIED;
  // The rule that answers here, and the one of ordinary law; null where no
  // table spoke. Where facts are missing, the rule that turns on them.
  const catalog::Rule* rule = nullptr;
  const catalog::Rule* ordinary_rule = nullptr;
  // The row that closed the gate to the case, or explains it; null if none.
  const catalog::Rule* restatement = nullptr;
  // The option that was asked; null where ordinary law settled it.
  const catalog::Dispensation* dispensation = nullptr;
  // The same, where its gate is open; its `beside` rules that hold, by bit.
  const catalog::Dispensation* open = nullptr;
  uint64_t beside = 0;
  // The law and the terms of the day; null where the law is not on file.
  const catalog::Epoch* epoch = nullptr;
  bool counts_as_use = false;
  // Days since 1970-01-01; catalog::kNone where there is none.
  catalog::Value deadline = catalog::kNone;
  catalog::Value ordinary_deadline = catalog::kNone;
  catalog::Effect counts = catalog::Effect::kSilent;
  catalog::Effect resets_clock = catalog::Effect::kSilent;
};

// Decides `question` for the municipality of that index, on the day of the fact
// "on": ordinary law first, then the gates in their order, then the experiment
// (domain 4.0). Pure but for `facts`, in which it sets the local policy of the
// day where the request assumed none, and dates it computes on the way.
Answer Decide(const catalog::Area& area, const catalog::Question& question,
              int municipality, catalog::Facts& facts);

// The two steps of Decide, for many days of one epoch. Enter sets the local
// policy of its days, where the request assumed none; DecideWithin decides on a
// day of it, and leaves `beside` out. No epoch is one without law.
void Enter(const catalog::Epoch* epoch, catalog::Facts& facts);
Answer DecideWithin(const catalog::Area& area,
                    const catalog::Question& question,
                    const catalog::Epoch* epoch, catalog::Facts& facts);

// Whether the outcome lets the thing be done, or done without: relief by law or
// a permission.
inline bool IsAllowed(v1::Outcome outcome) {
  const auto kind = catalog::KindOf(outcome);
  return kind == annotations::v1::OUTCOME_KIND_RELIEF_BY_LAW ||
         kind == annotations::v1::OUTCOME_KIND_PERMISSION;
}

// Whether an action or a flag is said: its conditions are true.
inline bool IsSaid(const catalog::Remark& remark, catalog::Facts& facts) {
  return EvaluateAll(remark.when, facts) == catalog::Truth::kTrue;
}

// The option that is open to the case on the day of the fact "on", whatever its
// tables say; null if none is.
const catalog::Dispensation* OpenOption(const catalog::Area& area,
                                        const catalog::Question& question,
                                        int municipality,
                                        catalog::Facts& facts);

// The days on which a municipality has the same law as on `day`; null if the
// day cannot be decided for.
const catalog::Epoch* EpochOn(const catalog::Question& question,
                              int municipality, catalog::Value day);

}  // namespace frikommune::decision

#endif  // FRIKOMMUNE_CORE_DECISION_DECIDE_H_
