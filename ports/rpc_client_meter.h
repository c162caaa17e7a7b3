#ifndef FRIKOMMUNE_PORTS_RPC_CLIENT_METER_H_
#define FRIKOMMUNE_PORTS_RPC_CLIENT_METER_H_

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace frikommune {

// Watches the attempts of one call that a server makes of another. Safe to call
// from many threads at once. Never fails, never waits.
class RpcClientMeter {
 public:
  virtual ~RpcClientMeter() = default;

  virtual void Started() = 0;
  // It ended so, `took` after it was started.
  virtual void Handled(absl::StatusCode code, absl::Duration took) = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_RPC_CLIENT_METER_H_
