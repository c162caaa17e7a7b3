#include "services/work/warm_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

namespace frikommune::work {
namespace {

// Counts those that are there, and who uses one.
struct Tool {
  explicit Tool(std::atomic<int>& count) : there(count) { ++there; }
  ~Tool() { --there; }

  std::atomic<int>& there;
  std::atomic<int> users = 0;
};

class WarmPoolTest : public testing::Test {
 protected:
  std::atomic<int> made_ = 0;
  std::atomic<int> there_ = 0;
  WarmPool<Tool> pool_{[this] {
    ++made_;
    return std::make_unique<Tool>(there_);
  }};
};

TEST_F(WarmPoolTest, AThreadGetsTheOneThatItPutBackLast) {
  const Tool* const mine = &*pool_.Take();
  const Tool* others = nullptr;
  std::thread([&] { others = &*pool_.Take(); }).join();
  EXPECT_NE(mine, others);
  EXPECT_EQ(&*pool_.Take(), mine);
  EXPECT_EQ(made_, 2);
}

TEST_F(WarmPoolTest, WhoNeedsTwoGetsTwoAndBothGoBack) {
  for (int again = 0; again < 3; ++again) {
    const auto one = pool_.Take();
    const auto two = pool_.Take();
    EXPECT_NE(&*one, &*two);
  }
  EXPECT_EQ(made_, 2);
}

TEST_F(WarmPoolTest, OneThreadAtATimeUsesATool) {
  constexpr int kThreads = 40;
  constexpr int kTurns = 2000;
  std::atomic<int> shared = 0;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < kTurns; ++turn) {
        const auto tool = pool_.Take();
        if (tool->users.fetch_add(1) != 0) ++shared;
        std::this_thread::yield();
        tool->users.fetch_sub(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(shared, 0);
  EXPECT_LE(made_, kThreads + 16);
}

TEST(WarmPoolEndTest, NoneIsLeft) {
  std::atomic<int> there = 0;
  {
    WarmPool<Tool> pool([&] { return std::make_unique<Tool>(there); });
    const auto one = pool.Take();
    { const auto two = pool.Take(); }
    EXPECT_EQ(there, 2);
  }
  EXPECT_EQ(there, 0);
}

}  // namespace
}  // namespace frikommune::work
