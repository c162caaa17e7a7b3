#include "core/request/cpr.h"

#include <gtest/gtest.h>

namespace frikommune::request {
namespace {

struct Case {
  const char* text;
  bool holds;
};

// clang-format off
constexpr Case kCases[] = {
    {"0101901234", true},
    {"010190-1234", true},
    {"borger 010190-1234, ringer igen", true},
    {"(0101901234)", true},
    {"sag_0101901234", true},
    {"x-0101901234-1", true},
    // The calendar's limits, and a step over.
    {"3112901234", true}, {"3212901234", false},
    {"2902901234", true}, {"3002901234", false},
    {"3004901234", true}, {"3104901234", false},
    {"0112901234", true}, {"0113901234", false},
    {"0001901234", false}, {"0100901234", false},
    // Replacement numbers: the day plus 60.
    {"6101901234", true}, {"9101901234", true}, {"9201901234", false},
    {"6001901234", false}, {"3201901234", false},
    // Other lengths and forms.
    {"010190123", false}, {"01019012345", false},
    {"010190-123", false}, {"010190-12345", false}, {"01019-01234", false},
    {"a0101901234", false}, {"0101901234b", false},
    {"å0101901234", false}, {"010190-1234å", false},
    {"550e8400-e29b-41d4-a716-446655440000", false},
    {"12010190-1234-4123-8123-123456789012", false},
    {"municipalities/851", false}, {"2018-01-01", false}, {"", false},
    // A later word is found though an earlier one is not.
    {"9999999999 010190-1234", true}, {"010190-123 0101901234", true},
};
// clang-format on

TEST(CprTest, GoesByTheForm) {
  for (const Case& c : kCases) {
    EXPECT_EQ(HoldsCprNumber(c.text), c.holds) << c.text;
  }
}

}  // namespace
}  // namespace frikommune::request
