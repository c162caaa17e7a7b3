// Fault 1: a service is killed under load, again and again. What it has
// acknowledged is kept, once, and it answers again soon after it is started.

#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/e2e/server_process.h"
#include "tests/faults/load.h"
#include "tests/faults/report.h"
#include "tests/faults/state.h"

namespace frikommune::faults {
namespace {

constexpr absl::Duration kRecoveryMax = absl::Seconds(3);
constexpr int kVoidMax = 5;
constexpr char kControl[] = "answer-before-commit";

class KillServiceTest : public testing::TestWithParam<Engine> {
 protected:
  std::string Fault() const {
    return "1 kill of a service, " + NameOf(GetParam());
  }

  // Starts the service, lets it be killed after it has acknowledged some
  // hundreds of requests, and notes how long it took to the first of them and
  // how many there were in a second. False if there were too few for the kill
  // to count.
  bool KillOnce(const std::vector<std::string>& flags,
                const std::string& program, Line& line) {
    const absl::Time begun = absl::Now();
    e2e::ServerProcess server(flags, program);
    EXPECT_TRUE(server.ready());
    if (!server.ready()) return false;
    const int64_t before = load_->acknowledged().count();
    target_.MoveTo(server.grpc_address());
    EXPECT_TRUE(load_->acknowledged().Await(before + 1)) << "never recovered";
    const absl::Time first = absl::Now();
    const int more = absl::Uniform(random_, 50, 500);
    EXPECT_TRUE(load_->acknowledged().Await(before + more));
    const double rate = more / absl::ToDoubleSeconds(absl::Now() - first);
    server.Signal(SIGKILL);
    EXPECT_EQ(server.Wait(), -1);
    line.worst_recovery = std::max(
        line.worst_recovery.value_or(absl::ZeroDuration()), first - begun);
    if (rate < kLeastRate) return false;
    line.lowest_rate = std::min(line.lowest_rate.value_or(rate), rate);
    return true;
  }

  void StartLoad() {
    load_ = std::make_unique<Load>(Load::Options{.folder = state_.folder()},
                                   std::vector<Target*>{&target_});
  }

  // Lets what is still unknown be answered by a server that stays.
  void Settle() {
    e2e::ServerProcess server({"--store=" + state_.store()},
                              "frikommune-certificates");
    ASSERT_TRUE(server.ready());
    target_.MoveTo(server.grpc_address());
    EXPECT_TRUE(load_->AwaitMore(100));
    load_->Stop();
  }

  absl::BitGen random_;
  State state_{GetParam()};
  Target target_;
  std::unique_ptr<Load> load_;
};

TEST_P(KillServiceTest, NothingAcknowledgedIsLostAndNothingIsDoneTwice) {
  Line& line = LineOf(Fault());
  StartLoad();
  const int wanted = Count(30, 1000);
  for (int voids = 0; line.count < wanted;) {
    if (KillOnce({"--store=" + state_.store()}, "frikommune-certificates",
                 line)) {
      ++line.count;
    } else {
      ASSERT_LE(++voids, kVoidMax) << "under 100 operations a second";
    }
    if (HasFatalFailure()) return;
  }
  Settle();
  const Verdict verdict = state_.Check();
  line.Take(verdict);
  EXPECT_TRUE(verdict.Holds()) << verdict;
  EXPECT_GT(verdict.unknown, 0) << "nothing was under way at any kill";
  EXPECT_GT(load_->answered_later().count(), 0);
  EXPECT_LE(*line.worst_recovery, kRecoveryMax);
}

TEST_P(KillServiceTest, TheCheckerFindsWhatIsAnsweredBeforeItIsCommitted) {
  Line& line = LineOf(Fault());
  line.control = kControl;
  StartLoad();
  Line unused;
  for (int kill = 0; kill < 5; ++kill) {
    KillOnce({kControl, "--store=" + state_.store()},
             "../tests/faulty-certificates", unused);
  }
  Settle();
  const Verdict verdict = state_.Check();
  line.control_is_red = verdict.lost > 0;
  EXPECT_GT(verdict.lost, 0) << verdict;
}

INSTANTIATE_TEST_SUITE_P(Engines, KillServiceTest,
                         testing::Values(Engine::kSqlite, Engine::kPostgres),
                         [](const auto& engine) {
                           return NameOf(engine.param);
                         });

}  // namespace
}  // namespace frikommune::faults
