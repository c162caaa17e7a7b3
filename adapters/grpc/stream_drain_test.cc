#include "adapters/grpc/stream_drain.h"

#include <gtest/gtest.h>

namespace frikommune::rpc {
namespace {

class CountingStream final : public DrainableStream {
 public:
  void EndForDrain() override { ++ended; }
  int ended = 0;
};

TEST(StreamDrainTest, EndsWhatIsOpenAndTakesInNoMore) {
  StreamDrain drain;
  CountingStream open, left, late;
  EXPECT_TRUE(drain.Enter(&open));
  EXPECT_TRUE(drain.Enter(&left));
  drain.Leave(&left);
  drain.Drain();
  EXPECT_EQ(open.ended, 1);
  EXPECT_EQ(left.ended, 0);
  EXPECT_FALSE(drain.Enter(&late));
  drain.Leave(&late);
  EXPECT_EQ(late.ended, 0);
}

}  // namespace
}  // namespace frikommune::rpc
