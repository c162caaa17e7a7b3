#include "services/host/readiness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace frikommune::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ReadinessTest, IsSoWhenAllOfItIs) {
  std::vector<bool> said;
  Readiness readiness([&said](bool ready) { said.push_back(ready); });
  EXPECT_THAT(readiness.WhyNot(), HasSubstr("starting"));
  readiness.StoreIs(absl::OkStatus());
  EXPECT_THAT(said, ElementsAre(false));
  readiness.Started();
  EXPECT_EQ(readiness.WhyNot(), "");
  readiness.StoreIs(absl::UnavailableError("away"));
  EXPECT_THAT(readiness.WhyNot(), HasSubstr("store"));
  readiness.StoreIs(absl::UnavailableError("still away"));
  readiness.StoreIs(absl::OkStatus());
  EXPECT_EQ(readiness.WhyNot(), "");
  // Told only of changes.
  EXPECT_THAT(said, ElementsAre(false, true, false, true));
}

TEST(ReadinessTest, WhoLeavesDoesNotComeBack) {
  std::vector<bool> said;
  Readiness readiness([&said](bool ready) { said.push_back(ready); });
  readiness.Started();
  readiness.Leave();
  EXPECT_THAT(readiness.WhyNot(), HasSubstr("leaving"));
  readiness.StoreIs(absl::UnavailableError("away"));
  readiness.StoreIs(absl::OkStatus());
  readiness.Started();
  EXPECT_THAT(said, ElementsAre(false, true, false));
}

// What the store says is not for whoever asks over HTTP.
TEST(ReadinessTest, DoesNotSayWhereTheStoreIs) {
  Readiness readiness([](bool) {});
  readiness.Started();
  readiness.StoreIs(absl::UnavailableError("host=db user=frikommune"));
  EXPECT_THAT(readiness.WhyNot(), testing::Not(HasSubstr("frikommune")));
}

}  // namespace
}  // namespace frikommune::host
