#include "adapters/grpc/trace_context.h"

#include <algorithm>
#include <cstdint>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"

namespace frikommune::rpc {
namespace {

constexpr size_t kVersion00Length = 55;

bool IsLowerHex(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
}

bool IsZero(absl::string_view digits) {
  return digits.find_first_not_of('0') == absl::string_view::npos;
}

// Sixteen hexadecimal digits, not all 0.
std::string SixteenDigits() {
  thread_local absl::InsecureBitGen random;
  return absl::StrCat(absl::Hex(
      absl::Uniform<uint64_t>(absl::IntervalClosed, random, 1, ~uint64_t{0}),
      absl::kZeroPad16));
}

}  // namespace

std::optional<TraceContext> TraceContext::Parse(absl::string_view header) {
  if (header.size() < kVersion00Length) return std::nullopt;
  const absl::string_view version = header.substr(0, 2);
  const absl::string_view trace_id = header.substr(3, 32);
  const absl::string_view span_id = header.substr(36, 16);
  const absl::string_view flags = header.substr(53, 2);
  const bool is_long_enough =
      version == "00" ? header.size() == kVersion00Length
                      : header.size() == kVersion00Length || header[55] == '-';
  if (!is_long_enough || header[2] != '-' || header[35] != '-' ||
      header[52] != '-' || version == "ff" || !IsLowerHex(version) ||
      !IsLowerHex(trace_id) || !IsLowerHex(span_id) || !IsLowerHex(flags) ||
      IsZero(trace_id) || IsZero(span_id)) {
    return std::nullopt;
  }
  TraceContext context;
  context.ids_ = absl::StrCat(trace_id, span_id, flags);
  return context;
}

TraceContext TraceContext::New() {
  TraceContext context;
  context.ids_ =
      absl::StrCat(SixteenDigits(), SixteenDigits(), SixteenDigits(), "00");
  return context;
}

TraceContext TraceContext::Child() const {
  TraceContext child;
  child.ids_ = absl::StrCat(trace_id(), SixteenDigits(), ids_.substr(48));
  return child;
}

std::string TraceContext::ToHeader() const {
  return absl::StrCat("00-", trace_id(), "-", span_id(), "-", ids_.substr(48));
}

}  // namespace frikommune::rpc
