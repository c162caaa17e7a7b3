#ifndef FRIKOMMUNE_PORTS_DECISION_METER_H_
#define FRIKOMMUNE_PORTS_DECISION_METER_H_

#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune {

// Counts the decisions that a server answered, for its operators.
//
// Counting never fails, never waits, and is cheap enough for every decision of
// a batch. Safe to call from many threads at once.
class DecisionMeter {
 public:
  virtual ~DecisionMeter() = default;

  // Counts one decision for the municipality of that code, 851.
  virtual void Count(const decision::v1::Decision& decision,
                     int municipality) = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_DECISION_METER_H_
