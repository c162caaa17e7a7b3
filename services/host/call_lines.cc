#include "services/host/call_lines.h"

#include <algorithm>
#include <cstdint>

#include "absl/random/random.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace frikommune::host {
namespace {

// More than a line takes.
constexpr size_t kLineBytes = 640;

constexpr absl::string_view kCodes[] = {"OK",
                                        "Canceled",
                                        "Unknown",
                                        "InvalidArgument",
                                        "DeadlineExceeded",
                                        "NotFound",
                                        "AlreadyExists",
                                        "PermissionDenied",
                                        "ResourceExhausted",
                                        "FailedPrecondition",
                                        "Aborted",
                                        "OutOfRange",
                                        "Unimplemented",
                                        "Internal",
                                        "Unavailable",
                                        "DataLoss",
                                        "Unauthenticated"};

absl::string_view NameOf(absl::StatusCode code) {
  const auto number = static_cast<size_t>(code);
  return number < std::size(kCodes) ? kCodes[number] : kCodes[2];
}

bool IsUuid(absl::string_view id) {
  if (id.size() != 36) return false;
  for (size_t i = 0; i < id.size(); ++i) {
    const bool is_mark = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_mark ? id[i] != '-'
                : !absl::ascii_isxdigit(static_cast<unsigned char>(id[i]))) {
      return false;
    }
  }
  return true;
}

bool IsUlid(absl::string_view id) {
  constexpr absl::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  return id.size() == 26 && id[0] <= '7' &&
         id.find_first_not_of(kDigits) == absl::string_view::npos;
}

// Milliseconds with three decimals.
void AppendMilliseconds(absl::Duration took, std::string& line) {
  const int64_t micros = std::max<int64_t>(absl::ToInt64Microseconds(took), 0);
  const int64_t part = micros % 1000;
  absl::StrAppend(&line, micros / 1000,
                  part < 10    ? ".00"
                  : part < 100 ? ".0"
                               : ".",
                  part);
}

}  // namespace

Severity SeverityNamed(absl::string_view name) {
  if (name == "debug") return Severity::kDebug;
  if (name == "warn") return Severity::kWarning;
  return name == "error" ? Severity::kError : Severity::kInfo;
}

Severity SeverityOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kDataLoss:
      return Severity::kError;
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kUnavailable:
      return Severity::kWarning;
    default:
      return Severity::kInfo;
  }
}

absl::string_view WordOf(Severity severity) {
  constexpr absl::string_view kWords[] = {"DEBUG", "INFO", "WARNING", "ERROR"};
  return kWords[static_cast<size_t>(severity)];
}

void AppendTime(absl::Time time, std::string& line) {
  // The part of a second is all that changes from call to call.
  thread_local int64_t second = -1;
  thread_local std::string written;
  const int64_t nanos = absl::ToUnixNanos(time);
  if (nanos / 1000000000 != second) {
    second = nanos / 1000000000;
    written =
        absl::FormatTime("%Y-%m-%dT%H:%M:%S.", absl::FromUnixSeconds(second),
                         absl::UTCTimeZone());
  }
  char digits[9];
  int64_t left = nanos % 1000000000;
  for (int i = 8; i >= 0; --i) {
    digits[i] = static_cast<char>('0' + left % 10);
    left /= 10;
  }
  absl::StrAppend(&line, written, absl::string_view(digits, 9), "Z");
}

CallLines::CallLines(const std::vector<RpcMethod>& methods, Options options,
                     LineWriter& writer)
    : options_(options), writer_(writer) {
  for (const RpcMethod& method : methods) {
    names_.push_back(absl::StrCat(method.service, "/", method.method));
    is_grpc_own_.push_back(absl::StartsWith(method.service, "grpc."));
  }
  names_.emplace_back("unknown");
  is_grpc_own_.push_back(false);
}

bool CallLines::IsWanted(const AnsweredCall& call, Severity severity) const {
  if (severity < options_.least) return false;
  if (call.code != absl::StatusCode::kOk || call.took >= options_.slow) {
    return true;
  }
  if (options_.ok_share >= 1) return true;
  thread_local absl::InsecureBitGen random;
  return absl::Bernoulli(random, options_.ok_share);
}

void CallLines::Answered(const AnsweredCall& call) {
  const size_t method = call.method == kUnknownRpc
                            ? names_.size() - 1
                            : static_cast<size_t>(call.method);
  const Severity severity = SeverityOf(call.code);
  if (is_grpc_own_[method] && severity == Severity::kInfo) return;
  if (!IsWanted(call, severity)) return;
  const CallTrace trace = call.trace();
  thread_local std::string line;
  line.clear();
  line.reserve(kLineBytes);
  line += R"({"time":")";
  AppendTime(absl::Now(), line);
  absl::StrAppend(&line, R"(","severity":")", WordOf(severity),
                  R"(","trace_id":")", trace.trace_id, R"(","span_id":")");
  absl::StrAppend(&line, trace.span_id, R"(","grpc.method":")", names_[method],
                  R"(","grpc.code":")", NameOf(call.code));
  line += R"(","duration_ms":)";
  AppendMilliseconds(call.took, line);
  if (IsUuid(call.request_id) || IsUlid(call.request_id)) {
    absl::StrAppend(&line, R"(,"request_id":")", call.request_id, "\"");
  }
  if (!call.catalog_digest.empty()) {
    absl::StrAppend(&line, R"(,"catalog_digest":")", call.catalog_digest, "\"");
  }
  line += "}\n";
  writer_.Write(line);
}

}  // namespace frikommune::host
