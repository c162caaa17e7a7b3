#ifndef FRIKOMMUNE_ADAPTERS_CLOCK_SYSTEM_CLOCK_H_
#define FRIKOMMUNE_ADAPTERS_CLOCK_SYSTEM_CLOCK_H_

#include "absl/time/clock.h"
#include "ports/clock.h"

namespace frikommune {

// The machine's own clock.
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_ADAPTERS_CLOCK_SYSTEM_CLOCK_H_
