// A rolling restart of two servers under load loses no request, even of callers
// without a retry policy; and the test would see it if it did.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <csignal>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/drain/relay.h"
#include "tests/drain/rolling_load.h"
#include "tests/e2e/server_health.h"
#include "tests/e2e/server_process.h"

namespace frikommune::tests {
namespace {

using grpc::health::v1::HealthCheckResponse;
using testing::IsEmpty;

constexpr int kServers = 2;
constexpr int kRestarts = 20;
constexpr int kRestartsOfControl = 40;
constexpr int kCallersOfAKind = 8;
// How often the network asks who is ready.
constexpr absl::Duration kProbe = absl::Milliseconds(50);

// Two servers with the same flags. Whoever asks where to go is sent to those
// that were ready when they were last asked, as a cluster does it.
class Cluster {
 public:
  explicit Cluster(std::vector<std::string> flags) : flags_(std::move(flags)) {
    for (int i = 0; i < kServers; ++i) Start(i);
    prober_ = std::thread([this] { Probe(); });
    for (int i = 0; i < kServers; ++i) AwaitReady(i);
  }
  ~Cluster() {
    ending_.Notify();
    prober_.join();
  }

  // Stops a server, and starts another in its place.
  void Restart(int i) {
    servers_[i]->Signal(SIGTERM);
    EXPECT_EQ(servers_[i]->Wait(), 0);
    Start(i);
    AwaitReady(i);
  }

  // Where the server is; empty if it is not.
  std::string Address(int i) const {
    absl::MutexLock lock(&mutex_);
    return places_[i].address;
  }

  // The next that is ready; empty if none is.
  std::string NextReady() {
    absl::MutexLock lock(&mutex_);
    for (int i = 0; i < kServers; ++i) {
      next_ = (next_ + 1) % kServers;
      if (places_[next_].ready) return places_[next_].address;
    }
    return "";
  }

 private:
  struct Place {
    std::string address;
    std::string admin;
    bool ready = false;
  };

  void Start(int i) {
    servers_[i] = std::make_unique<e2e::ServerProcess>(flags_);
    ASSERT_TRUE(servers_[i]->ready());
    absl::MutexLock lock(&mutex_);
    places_[i] = {servers_[i]->grpc_address(), servers_[i]->admin_address()};
  }

  void AwaitReady(int i) {
    absl::MutexLock lock(&mutex_);
    const auto ready = [this, i]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return places_[i].ready;
    };
    EXPECT_TRUE(
        mutex_.AwaitWithTimeout(absl::Condition(&ready), absl::Seconds(30)));
  }

  void Probe() {
    while (!ending_.WaitForNotificationWithTimeout(kProbe)) {
      for (int i = 0; i < kServers; ++i) {
        std::string admin;
        {
          absl::MutexLock lock(&mutex_);
          admin = places_[i].admin;
        }
        const bool ready =
            e2e::HealthOf(admin, "readiness") == HealthCheckResponse::SERVING;
        absl::MutexLock lock(&mutex_);
        if (places_[i].admin == admin) places_[i].ready = ready;
      }
    }
  }

  const std::vector<std::string> flags_;
  std::array<std::unique_ptr<e2e::ServerProcess>, kServers> servers_;
  mutable absl::Mutex mutex_;
  std::array<Place, kServers> places_ ABSL_GUARDED_BY(mutex_);
  int next_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Notification ending_;
  std::thread prober_;
};

// A cluster under the load of callers of two kinds: those who notice nothing,
// behind one address for both servers; and those who know both and watch their
// health.
class RollingRestart {
 public:
  explicit RollingRestart(std::vector<std::string> flags)
      : cluster_(std::move(flags)) {}

  // Restarts the servers in turns. Each is in use again before the next goes:
  // a cluster gives it the time (minReadySeconds).
  void Restart(int times) {
    for (int i = 0; i < times; ++i) {
      const int one = i % kServers;
      cluster_.Restart(one);
      EXPECT_TRUE(
          watching_.AwaitAnswersFrom((one == 0 ? first_ : second_).address()));
    }
  }

  const RollingLoad& unaware() const { return unaware_; }
  const RollingLoad& watching() const { return watching_; }

 private:
  Cluster cluster_;
  Relay either_{[this] { return cluster_.NextReady(); }};
  Relay first_{[this] { return cluster_.Address(0); }};
  Relay second_{[this] { return cluster_.Address(1); }};
  RollingLoad unaware_{kCallersOfAKind,
                       [this] { return PlainChannel(either_.address()); }};
  RollingLoad watching_{
      kCallersOfAKind, [this] {
        return WatchingChannel(
            absl::StrCat("ipv4:", first_.address(), ",", second_.address()));
      }};
};

void Tell(const char* what, const RollingLoad& load) {
  std::cout << what << ": " << load.answered() << " answered, " << load.failed()
            << " failed" << std::endl;
  for (const auto& [error, times] : load.failures()) {
    std::cout << "  " << times << " x " << error << std::endl;
  }
}

TEST(DrainTest, ARollingRestartLosesNothing) {
  RollingRestart rolling({"--drain-seconds=1.5"});
  rolling.Restart(kRestarts);
  EXPECT_THAT(rolling.unaware().failures(), IsEmpty());
  EXPECT_THAT(rolling.watching().failures(), IsEmpty());
  // Or there was nothing to lose.
  EXPECT_GT(rolling.unaware().answered(), 1000);
  EXPECT_GT(rolling.watching().answered(), 1000);
  Tell("unaware", rolling.unaware());
  Tell("watching", rolling.watching());
}

// Who is told to stop and stops at once loses some.
TEST(DrainTest, WithoutADrainSomeIsLost) {
  RollingRestart rolling({"--drain-seconds=0"});
  int restarts = 0;
  while (restarts < kRestartsOfControl &&
         rolling.unaware().failed() + rolling.watching().failed() == 0) {
    rolling.Restart(kServers);
    restarts += kServers;
  }
  EXPECT_GT(rolling.unaware().failed() + rolling.watching().failed(), 0);
  std::cout << "after " << restarts << " restarts" << std::endl;
  Tell("unaware", rolling.unaware());
  Tell("watching", rolling.watching());
}

// A drain is not enough for callers whose connections nobody renews.
TEST(DrainTest, WhoseConnectionsAreNotRenewedLosesSome) {
  RollingRestart rolling(
      {"--drain-seconds=1.5", "--max-connection-age-seconds=300"});
  int restarts = 0;
  while (restarts < kRestartsOfControl && rolling.unaware().failed() == 0) {
    rolling.Restart(kServers);
    restarts += kServers;
  }
  EXPECT_GT(rolling.unaware().failed(), 0);
  EXPECT_THAT(rolling.watching().failures(), IsEmpty());
  std::cout << "after " << restarts << " restarts" << std::endl;
  Tell("unaware", rolling.unaware());
}

}  // namespace
}  // namespace frikommune::tests
