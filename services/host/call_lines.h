#ifndef FRIKOMMUNE_SERVICES_HOST_CALL_LINES_H_
#define FRIKOMMUNE_SERVICES_HOST_CALL_LINES_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "ports/call_log.h"
#include "ports/rpc_meter.h"
#include "services/host/line_writer.h"

namespace frikommune::host {

// How grave a line is, as --log-level names it.
enum class Severity { kDebug, kInfo, kWarning, kError };

// The severity of that name: "debug", "info", "warn" or "error"; anything else
// is info.
Severity SeverityNamed(absl::string_view name);

// Of a call that was answered so: our own fault is an error; what the caller
// can only wait for is a warning.
Severity SeverityOf(absl::StatusCode code);

// The word of a severity: "DEBUG", "INFO", "WARNING", "ERROR".
absl::string_view WordOf(Severity severity);

// Writes a time as RFC 3339 has it, in UTC, with nanoseconds.
void AppendTime(absl::Time time, std::string& line);

// Writes each call that was answered as one JSON object on a line:
//
//   {"time":"2026-01-31T12:00:00.123456789Z","severity":"INFO",
//    "trace_id":"...","span_id":"...",
//    "grpc.method":"frikommune.rehab.v1.RehabService/RouteCase",
//    "grpc.code":"OK","duration_ms":0.123,"request_id":"...",
//    "catalog_digest":"..."}
//
// No line holds what a caller wrote, but for ids of a form in which nothing
// else can be said: a trace and a span of W3C's, and a request id that is a
// UUID or a ULID. Others are left out.
//
// Calls that went well and fast may be written only in part; calls of gRPC's
// own services that went well are not.
class CallLines final : public CallLog {
 public:
  struct Options {
    Severity least = Severity::kInfo;
    // The share of the calls that went well which is written, from 0 to 1.
    double ok_share = 1;
    // From here on a call is slow, and always written.
    absl::Duration slow = absl::Milliseconds(250);
  };

  // `methods` as the server's meter knows them. `writer` outlives it.
  CallLines(const std::vector<RpcMethod>& methods, Options options,
            LineWriter& writer);

  void Answered(const AnsweredCall& call) override;

 private:
  bool IsWanted(const AnsweredCall& call, Severity severity) const;

  const Options options_;
  // "package.Service/Method", and last "unknown".
  std::vector<std::string> names_;
  // Which of them are gRPC's own.
  std::vector<bool> is_grpc_own_;
  LineWriter& writer_;
};

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_CALL_LINES_H_
