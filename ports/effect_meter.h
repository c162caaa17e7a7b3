#ifndef FRIKOMMUNE_PORTS_EFFECT_METER_H_
#define FRIKOMMUNE_PORTS_EFFECT_METER_H_

#include <array>

#include "absl/strings/string_view.h"

namespace frikommune {

// How a request that keeps something was taken.
enum class RequestTaken {
  kNew,
  // It was here before, and got its first answer again.
  kReplay,
  // Its id was another request's.
  kConflict,
};
constexpr int kRequestsTaken = 3;

// How many duties of a plan stand in each status: by the numbers of
// scheduling.v1.DutyStatus.
using DutyCounts = std::array<int, 7>;

// Counts what decisions lead to, for the network's steering group. A
// municipality is given by its code, 851, and an experiment by its id, "E01".
//
// Counting never fails and never waits. Safe to call from many threads at once.
class EffectMeter {
 public:
  virtual ~EffectMeter() = default;

  // An experiment was used: by a kept decision that has become final, or, where
  // none is kept, by a meeting that was judged.
  virtual void Used(absl::string_view experiment, int municipality) = 0;

  // A final decision does without a certificate under an experiment, which
  // saves that many kroner; 0 where it is not known.
  virtual void NotObtained(absl::string_view experiment, int municipality,
                           int gross_kroner, int net_kroner) = 0;

  // A plan was answered.
  virtual void Planned(int municipality, const DutyCounts& duties) = 0;

  // A request was taken that keeps something.
  virtual void Took(RequestTaken how) = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_EFFECT_METER_H_
