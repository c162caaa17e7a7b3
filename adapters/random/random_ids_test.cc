#include "adapters/random/random_ids.h"

#include <gtest/gtest.h>

#include "adapters/clock/settable_clock.h"

namespace frikommune {
namespace {

TEST(RandomIdsTest, EachComesAfterTheOneBefore) {
  SettableClock clock(absl::FromUnixSeconds(1600000000));
  RandomIds ids(clock);
  std::string last = ids.Next();
  for (int i = 0; i < 10000; ++i) {
    if (i % 1000 == 0) clock.Advance(absl::Milliseconds(1));
    // Set back, as clocks are.
    if (i == 5000) clock.Advance(-absl::Hours(1));
    const std::string next = ids.Next();
    ASSERT_LT(last, next) << i;
    EXPECT_TRUE(IsId(next));
    last = next;
  }
}

TEST(RandomIdsTest, NoTwoMakersMakeTheSame) {
  const SettableClock clock(absl::FromUnixSeconds(1600000000));
  RandomIds one(clock);
  RandomIds other(clock);
  EXPECT_NE(one.Next(), other.Next());
}

}  // namespace
}  // namespace frikommune
