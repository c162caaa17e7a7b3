#ifndef FRIKOMMUNE_ADAPTERS_GRPC_TRACE_CONTEXT_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_TRACE_CONTEXT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace frikommune::rpc {

// The header, in lowercase as gRPC sends it.
inline constexpr char kTraceparent[] = "traceparent";

// What W3C's Trace Context calls traceparent: which trace a call belongs to,
// and which of its spans the call is.
class TraceContext {
 public:
  // Reads a header. Nothing if it is not of the standard: of version 00 it is
  // `00-`, 32 and 16 lowercase hexadecimal digits, neither all 0, and two of
  // flags; later versions may be longer, and ff is none.
  static std::optional<TraceContext> Parse(absl::string_view header);

  // A new trace, by chance.
  static TraceContext New();

  // A new span of the same trace.
  TraceContext Child() const;

  absl::string_view trace_id() const { return {ids_.data(), 32}; }
  absl::string_view span_id() const { return {ids_.data() + 32, 16}; }

  // As a header of version 00.
  std::string ToHeader() const;

 private:
  // Both ids and the flags, in hexadecimal.
  std::string ids_;
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_TRACE_CONTEXT_H_
