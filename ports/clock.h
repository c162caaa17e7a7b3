#ifndef FRIKOMMUNE_PORTS_CLOCK_H_
#define FRIKOMMUNE_PORTS_CLOCK_H_

#include "absl/time/time.h"

namespace frikommune {

// The time of day. Only for when something was kept: what is decided turns on
// the dates in the request alone. Safe to call from many threads at once.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_CLOCK_H_
