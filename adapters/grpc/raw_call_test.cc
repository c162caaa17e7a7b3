#include "adapters/grpc/raw_call.h"

#include <string>
#include <vector>

#include "frikommune/decision/v1/decision.pb.h"
#include "gtest/gtest.h"

namespace frikommune::rpc {
namespace {

using decision::v1::FactUsed;

constexpr size_t kBytesMax = 100;

grpc::ByteBuffer Slices(const std::vector<std::string>& parts) {
  std::vector<grpc::Slice> slices(parts.begin(), parts.end());
  return {slices.data(), slices.size()};
}

std::string Encoded(const std::string& name) {
  FactUsed fact;
  fact.set_fact(name);
  return fact.SerializeAsString();
}

TEST(ReadMessageTest, ReadsOneThatCameInPieces) {
  const std::string bytes = Encoded("weekly_ordinary_hours");
  for (size_t cut = 0; cut <= bytes.size(); ++cut) {
    FactUsed fact;
    const auto pieces = Slices({bytes.substr(0, cut), bytes.substr(cut)});
    ASSERT_TRUE(ReadMessage(pieces, kBytesMax, fact).ok()) << cut;
    EXPECT_EQ(fact.fact(), "weekly_ordinary_hours");
  }
}

TEST(ReadMessageTest, NothingIsTheEmptyMessage) {
  FactUsed fact;
  EXPECT_TRUE(ReadMessage(Slices({""}), kBytesMax, fact).ok());
  EXPECT_EQ(fact.ByteSizeLong(), 0);
}

// As gRPC itself answers what it cannot read.
TEST(ReadMessageTest, RefusesWhatIsNoMessage) {
  FactUsed fact;
  EXPECT_EQ(ReadMessage(Slices({"\xff\xff"}), kBytesMax, fact).error_code(),
            grpc::StatusCode::INTERNAL);
}

TEST(ReadMessageTest, StandsOnTheLimitAndNotPastIt) {
  FactUsed fact;
  const std::string bytes = Encoded(std::string(kBytesMax - 2, 'x'));
  ASSERT_EQ(bytes.size(), kBytesMax);
  EXPECT_TRUE(ReadMessage(Slices({bytes}), kBytesMax, fact).ok());
  const auto status = ReadMessage(Slices({bytes}), kBytesMax - 1, fact);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST(TakeWrittenTest, GivesWhatWasWritten) {
  wire::MessageWriter out(1);
  out.Text(FactUsed::kFactFieldNumber, "seasonal");
  const grpc::ByteBuffer bytes = TakeWritten(out);
  FactUsed fact;
  ASSERT_TRUE(ReadMessage(bytes, kBytesMax, fact).ok());
  EXPECT_EQ(fact.fact(), "seasonal");
}

}  // namespace
}  // namespace frikommune::rpc
