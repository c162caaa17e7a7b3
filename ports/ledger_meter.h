#ifndef FRIKOMMUNE_PORTS_LEDGER_METER_H_
#define FRIKOMMUNE_PORTS_LEDGER_METER_H_

#include <cstddef>

#include "absl/time/time.h"

namespace frikommune {

// Watches a ledger write. Safe to call from many threads at once. Never fails,
// never waits.
class LedgerMeter {
 public:
  virtual ~LedgerMeter() = default;

  // Drafts that came together were answered, `took` after they came.
  virtual void Appended(absl::Duration took) = 0;

  // A transaction of that many drafts was written, or tried.
  virtual void WroteGroup(size_t drafts) = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_LEDGER_METER_H_
