#include "core/request/cpr.h"

#include <cstddef>

namespace frikommune::request {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Part of a word: ASCII letters and digits, and every byte of a letter beyond
// ASCII, such as "å".
bool IsWord(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The first place from `at` on that holds no digit.
size_t EndOfDigits(absl::string_view text, size_t at) {
  while (at < text.size() && IsDigit(text[at])) ++at;
  return at;
}

bool WordEndsAt(absl::string_view text, size_t at) {
  return at == text.size() || !IsWord(text[at]);
}

// Whether the first four digits are a day and a month.
bool IsDayAndMonth(absl::string_view digits) {
  constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int day = (digits[0] - '0') * 10 + (digits[1] - '0');
  const int month = (digits[2] - '0') * 10 + (digits[3] - '0');
  if (month < 1 || month > 12) return false;
  const int last = kDays[month - 1];
  return (day >= 1 && day <= last) || (day >= 61 && day <= 60 + last);
}

}  // namespace

bool HoldsCprNumber(absl::string_view text) {
  for (size_t at = 0; at + 10 <= text.size();) {
    if (!IsDigit(text[at])) {
      ++at;
      continue;
    }
    const bool begins = at == 0 || !IsWord(text[at - 1]);
    const size_t end = EndOfDigits(text, at);
    if (begins && IsDayAndMonth(text.substr(at, 4))) {
      if (end - at == 10 && WordEndsAt(text, end)) return true;
      if (end - at == 6 && end < text.size() && text[end] == '-') {
        const size_t serial_end = EndOfDigits(text, end + 1);
        if (serial_end - end == 5 && WordEndsAt(text, serial_end)) return true;
      }
    }
    at = end;
  }
  return false;
}

}  // namespace frikommune::request
