#ifndef FRIKOMMUNE_PORTS_DECISION_METER_H_
#define FRIKOMMUNE_PORTS_DECISION_METER_H_

#include "absl/strings/string_view.h"
#include "core/decision/decide.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune {

// Counts the decisions that a server answered, for its operators.
//
// Counting never fails, never waits, and is cheap enough for every decision of
// a batch. Safe to call from many threads at once.
class DecisionMeter {
 public:
  virtual ~DecisionMeter() = default;

  // Counts one decision for the municipality of that code, 851. `experiment` is
  // the one that was asked, "E01"; empty where ordinary law settled it.
  virtual void Count(absl::string_view experiment,
                     decision::v1::Outcome outcome, decision::v1::Regime regime,
                     int municipality) = 0;

  // The same of an answer.
  void Count(const decision::Answer& answer, int municipality) {
    Count(answer.dispensation != nullptr
              ? absl::string_view(answer.dispensation->experiment->id())
              : absl::string_view(),
          answer.outcome, answer.regime, municipality);
  }
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_DECISION_METER_H_
