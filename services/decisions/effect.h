#ifndef FRIKOMMUNE_SERVICES_DECISIONS_EFFECT_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_EFFECT_H_

#include <string>

#include "frikommune/decision/v1/record.pb.h"
#include "ports/effect_meter.h"

namespace frikommune::decisions {

// What a decision leads to once it is final.
struct Effect {
  // The experiment that is used; empty if none is.
  std::string experiment = {};
  // A document need not be obtained.
  bool spares = false;
  // In kroner; 0 where it is not known.
  int gross = 0;
  int net = 0;
};

// Nothing, of a decision that is not final.
inline Effect EffectOf(decision::v1::DecisionState state,
                       const decision::v1::Decision& decision) {
  if (state != decision::v1::DECISION_STATE_FINAL ||
      !decision.counts_as_experiment_use()) {
    return {};
  }
  return {.experiment = decision.experiment(),
          .spares = decision.has_saving(),
          .gross = decision.saving().gross_kroner(),
          .net = decision.saving().net_kroner()};
}

// Counts an effect in the municipality of that code.
inline void Count(const Effect& effect, int municipality, EffectMeter& meter) {
  if (effect.experiment.empty()) return;
  meter.Used(effect.experiment, municipality);
  if (!effect.spares) return;
  meter.NotObtained(effect.experiment, municipality, effect.gross, effect.net);
}

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_EFFECT_H_
