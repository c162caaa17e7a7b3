#include "services/work/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>

#include "absl/synchronization/notification.h"

namespace frikommune::work {
namespace {

TEST(WorkerPoolTest, DoesAllThatItTookIn) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(2, 1000);
    for (int i = 0; i < 1000; ++i) {
      EXPECT_TRUE(pool.TryRun([&done] { ++done; }));
    }
  }
  EXPECT_EQ(done, 1000);
}

TEST(WorkerPoolTest, RefusesOneMoreThanItsQueueHolds) {
  absl::Notification started;
  absl::Notification go;
  std::atomic<int> done = 0;
  {
    WorkerPool pool(1, 2);
    pool.TryRun([&] {
      started.Notify();
      go.WaitForNotification();
    });
    started.WaitForNotification();
    EXPECT_TRUE(pool.TryRun([&done] { ++done; }));
    EXPECT_TRUE(pool.TryRun([&done] { ++done; }));
    EXPECT_FALSE(pool.TryRun([&done] { ++done; }));
    go.Notify();
  }
  EXPECT_EQ(done, 2);
}

}  // namespace
}  // namespace frikommune::work
