#ifndef FRIKOMMUNE_PORTS_RELOAD_METER_H_
#define FRIKOMMUNE_PORTS_RELOAD_METER_H_

#include "absl/strings/string_view.h"

namespace frikommune {

// Watches how the catalog is loaded again. Never fails. Safe to call from many
// threads at once.
class ReloadMeter {
 public:
  virtual ~ReloadMeter() = default;

  // The catalog of that SHA-256 decides from here on.
  virtual void Accepted(absl::string_view digest) = 0;

  // What was found cannot be used; the last good one goes on.
  virtual void Refused() = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_RELOAD_METER_H_
