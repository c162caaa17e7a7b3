#include "services/host/store_watch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "absl/synchronization/notification.h"

namespace frikommune::host {
namespace {

// Remembers what is told, and lets a test wait for it.
class Ear {
 public:
  void Tell(const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    last_ = status;
    ++count_;
  }
  // Waits until `ok` is what was told last.
  bool WaitFor(bool ok) {
    absl::MutexLock lock(&mutex_);
    const auto told = [this, ok]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return count_ > 0 && last_.ok() == ok;
    };
    return mutex_.AwaitWithTimeout(absl::Condition(&told), absl::Seconds(20));
  }

 private:
  absl::Mutex mutex_;
  absl::Status last_ ABSL_GUARDED_BY(mutex_);
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
};

TEST(StoreWatchTest, TellsWhenTheStoreGoesAndComes) {
  std::atomic<bool> there = true;
  Ear ear;
  const StoreWatch watch(
      [&] { return there ? absl::OkStatus() : absl::UnavailableError("away"); },
      [&](const absl::Status& status) { ear.Tell(status); },
      {absl::Milliseconds(1), absl::Seconds(20)});
  EXPECT_TRUE(ear.WaitFor(true));
  there = false;
  EXPECT_TRUE(ear.WaitFor(false));
  there = true;
  EXPECT_TRUE(ear.WaitFor(true));
}

TEST(StoreWatchTest, AStoreThatDoesNotAnswerIsAway) {
  absl::Notification answer;
  std::atomic<int> asked = 0;
  Ear ear;
  const StoreWatch watch(
      [&] {
        if (++asked == 2) answer.WaitForNotification();
        return absl::OkStatus();
      },
      [&](const absl::Status& status) { ear.Tell(status); },
      {absl::Milliseconds(1), absl::Milliseconds(20)});
  EXPECT_TRUE(ear.WaitFor(false));
  EXPECT_EQ(asked, 2);
  answer.Notify();
  EXPECT_TRUE(ear.WaitFor(true));
}

TEST(StoreWatchTest, EndsAtOnceBetweenTwoQuestions) {
  Ear ear;
  const absl::Time begun = absl::Now();
  {
    const StoreWatch watch(
        [] { return absl::OkStatus(); },
        [&](const absl::Status& status) { ear.Tell(status); },
        {absl::Hours(1), absl::Hours(1)});
    EXPECT_TRUE(ear.WaitFor(true));
  }
  EXPECT_LT(absl::Now() - begun, absl::Seconds(20));
}

}  // namespace
}  // namespace frikommune::host
