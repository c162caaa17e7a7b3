#ifndef FRIKOMMUNE_PORTS_RPC_METER_H_
#define FRIKOMMUNE_PORTS_RPC_METER_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace frikommune {

// An RPC that a server answers, as its operators name it.
struct RpcMethod {
  // "unary", "client_stream", "server_stream" or "bidi_stream".
  std::string type;
  // "frikommune.scheduling.v1.SchedulingService".
  std::string service;
  // "PlanContactCourse".
  std::string method;
};

// Stands for every method that is none of the server's. Callers choose such
// names, so they are never told apart.
constexpr int kUnknownRpc = -1;

// Why a call was turned away undone, without any fault of its own.
enum class ShedReason {
  // There was more to do than the server can.
  kQueueFull,
  // The server is stopping.
  kDraining,
  // Its deadline had passed before it was begun.
  kDeadline,
};
constexpr int kShedReasons = 3;

// Watches the calls that a server answers. A method is given by its place in
// the list of methods that the meter was made for, or kUnknownRpc.
//
// Safe to call from many threads at once. Never fails, never waits.
class RpcMeter {
 public:
  virtual ~RpcMeter() = default;

  // A call began.
  virtual void Started(int method) = 0;

  // A message of the call came, or was sent; of that many bytes.
  virtual void Received(int method, size_t bytes) = 0;
  virtual void Sent(int method, size_t bytes) = 0;

  // The call was turned away. It is also Handled.
  virtual void Shed(ShedReason reason) = 0;

  // The call was answered with `code`, `took` after it began.
  virtual void Handled(int method, absl::StatusCode code,
                       absl::Duration took) = 0;

  // All that the call held is let go. Once for each Started.
  virtual void Closed() = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_RPC_METER_H_
