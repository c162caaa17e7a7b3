// Fault 2: PostgreSQL is killed under load, with all its processes. What was
// acknowledged is kept, and the service finds its way back by itself.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/random/random.h"
#include "absl/time/clock.h"
#include "tests/e2e/server_process.h"
#include "tests/faults/load.h"
#include "tests/faults/report.h"
#include "tests/faults/state.h"

namespace frikommune::faults {
namespace {

constexpr char kFault[] = "2 kill of PostgreSQL";
constexpr int kVoidMax = 5;

// How long after PostgreSQL takes connections the service may still refuse.
constexpr absl::Duration kRecoveryMax = absl::Seconds(3);

// The server would write what it has not yet written after a while.
const char* const kLazy[] = {"recovery_init_sync_method=syncfs",
                             "wal_writer_delay=10s",
                             "wal_writer_flush_after=1GB", "wal_buffers=64MB"};

// The service asks for synchronous commits; this takes them back, in each of
// its transactions.
constexpr char kAsynchronous[] =
    "CREATE FUNCTION be_lazy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "PERFORM set_config('synchronous_commit', 'off', true); RETURN NULL; END "
    "$$; CREATE TRIGGER be_lazy BEFORE INSERT ON entries "
    "FOR EACH STATEMENT EXECUTE FUNCTION be_lazy()";

class KillPostgresTest : public testing::Test {
 protected:
  void Start() {
    service_ = std::make_unique<e2e::ServerProcess>(
        std::vector<std::string>{"--store=" + state_.store()},
        "frikommune-certificates");
    ASSERT_TRUE(service_->ready());
    target_.MoveTo(service_->grpc_address());
    load_ = std::make_unique<Load>(Load::Options{.folder = state_.folder()},
                                   std::vector<Target*>{&target_});
    ASSERT_TRUE(load_->AwaitMore(1));
  }

  // Kills PostgreSQL after some hundreds of acknowledgements, and starts it.
  // False if they came too slowly for the kill to count.
  bool KillOnce(Line& line) {
    const int64_t before = load_->acknowledged().count();
    const absl::Time begun = absl::Now();
    const int more = absl::Uniform(random_, 50, 1000);
    EXPECT_TRUE(load_->acknowledged().Await(before + more));
    const double rate = more / absl::ToDoubleSeconds(absl::Now() - begun);
    state_.postgres().Kill();
    state_.postgres().Start();
    const absl::Time ready = absl::Now();
    EXPECT_TRUE(load_->AwaitMore(1)) << "never recovered";
    line.worst_recovery =
        std::max(line.worst_recovery.value_or(absl::ZeroDuration()),
                 absl::Now() - ready);
    if (rate < kLeastRate) return false;
    line.lowest_rate = std::min(line.lowest_rate.value_or(rate), rate);
    return true;
  }

  absl::BitGen random_;
  State state_{Engine::kPostgres,
               std::vector<std::string>(std::begin(kLazy), std::end(kLazy))};
  Target target_;
  std::unique_ptr<e2e::ServerProcess> service_;
  std::unique_ptr<Load> load_;
};

TEST_F(KillPostgresTest, NothingAcknowledgedIsLostAndTheServiceRecovers) {
  Line& line = LineOf(kFault);
  Start();
  const int wanted = Count(20, 300);
  for (int voids = 0; line.count < wanted && !HasFailure();) {
    if (KillOnce(line)) {
      ++line.count;
    } else {
      ASSERT_LE(++voids, kVoidMax) << "under 100 operations a second";
    }
  }
  EXPECT_TRUE(load_->AwaitMore(100));
  load_->Stop();
  const Verdict verdict = state_.Check();
  line.Take(verdict);
  EXPECT_TRUE(verdict.Holds()) << verdict;
  EXPECT_GT(load_->answered_later().count(), 0);
  EXPECT_LE(*line.worst_recovery, kRecoveryMax);
}

TEST_F(KillPostgresTest, TheCheckerFindsWhatIsNotCommittedSynchronously) {
  Line& line = LineOf(kFault);
  line.control = "synchronous_commit=off";
  state_.Execute(kAsynchronous);
  Start();
  Line unused;
  KillOnce(unused);
  KillOnce(unused);
  load_->Stop();
  const Verdict verdict = state_.Check();
  line.control_is_red = verdict.lost > 0;
  EXPECT_GT(verdict.lost, 0) << verdict;
}

}  // namespace
}  // namespace frikommune::faults
