#ifndef FRIKOMMUNE_PORTS_CALL_LOG_H_
#define FRIKOMMUNE_PORTS_CALL_LOG_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace frikommune {

// A call and those that it leads to, as W3C's traceparent names them: in
// lowercase hexadecimal, 32 and 16 digits.
struct CallTrace {
  absl::string_view trace_id;
  absl::string_view span_id;
};

// What is written of a call that was answered. Nothing of what was asked.
struct AnsweredCall {
  // The call's place in the list of methods (rpc_meter.h), or kUnknownRpc.
  int method = 0;
  absl::StatusCode code = absl::StatusCode::kOk;
  absl::Duration took;
  // As the caller sent it: anything at all.
  absl::string_view request_id;
  // The SHA-256 of the catalog that answered; empty if none did.
  absl::string_view catalog_digest;
  // Finds or makes the call's trace; dearer than the rest.
  absl::FunctionRef<CallTrace()> trace;
};

// Writes down calls. Never fails, never waits. Safe to call from many threads
// at once.
class CallLog {
 public:
  virtual ~CallLog() = default;
  virtual void Answered(const AnsweredCall& call) = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_CALL_LOG_H_
