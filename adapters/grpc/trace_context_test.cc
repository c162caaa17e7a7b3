#include "adapters/grpc/trace_context.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace frikommune::rpc {
namespace {

constexpr char kTrace[] = "0af7651916cd43dd8448eb211c80319c";
constexpr char kSpan[] = "b7ad6b7169203331";

TEST(TraceContextTest, ReadsTheStandardsExample) {
  const std::string header = absl::StrCat("00-", kTrace, "-", kSpan, "-01");
  const auto context = TraceContext::Parse(header);
  ASSERT_TRUE(context.has_value());
  EXPECT_EQ(context->trace_id(), kTrace);
  EXPECT_EQ(context->span_id(), kSpan);
  EXPECT_EQ(context->ToHeader(), header);
}

TEST(TraceContextTest, RefusesWhatIsNotOfTheStandard) {
  const std::string good = absl::StrCat("00-", kTrace, "-", kSpan, "-01");
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = '"';
    EXPECT_FALSE(TraceContext::Parse(bad).has_value()) << bad;
    EXPECT_FALSE(TraceContext::Parse(good.substr(0, i)).has_value());
  }
  EXPECT_FALSE(TraceContext::Parse(good + "-more").has_value());
  EXPECT_FALSE(TraceContext::Parse("ff" + good.substr(2)).has_value());
  EXPECT_FALSE(TraceContext::Parse(
                   absl::StrCat("00-", std::string(32, '0'), "-", kSpan, "-01"))
                   .has_value());
  EXPECT_FALSE(TraceContext::Parse(absl::StrCat("00-", kTrace, "-",
                                                std::string(16, '0'), "-01"))
                   .has_value());
  EXPECT_FALSE(TraceContext::Parse(
                   absl::StrCat("00-", "0AF7651916CD43DD8448EB211C80319C", "-",
                                kSpan, "-01"))
                   .has_value());
}

TEST(TraceContextTest, ALaterVersionMayBeLonger) {
  const std::string later = absl::StrCat("01-", kTrace, "-", kSpan, "-01");
  EXPECT_TRUE(TraceContext::Parse(later).has_value());
  EXPECT_TRUE(TraceContext::Parse(later + "-more").has_value());
  EXPECT_FALSE(TraceContext::Parse(later + "more").has_value());
}

TEST(TraceContextTest, AChildIsAnotherSpanOfTheTrace) {
  const TraceContext parent = TraceContext::New();
  const TraceContext child = parent.Child();
  EXPECT_EQ(child.trace_id(), parent.trace_id());
  EXPECT_NE(child.span_id(), parent.span_id());
  EXPECT_TRUE(TraceContext::Parse(child.ToHeader()).has_value());
}

TEST(TraceContextTest, NewOnesAreAllDifferent) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string header = TraceContext::New().ToHeader();
    EXPECT_TRUE(TraceContext::Parse(header).has_value()) << header;
    EXPECT_TRUE(seen.insert(header).second);
  }
}

}  // namespace
}  // namespace frikommune::rpc
