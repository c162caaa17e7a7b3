// Fault 6: two replicas on one PostgreSQL write the same municipality, and get
// the same requests. There is one chain, unbroken, and one answer.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "tests/e2e/server_process.h"
#include "tests/faults/load.h"
#include "tests/faults/report.h"
#include "tests/faults/state.h"

namespace frikommune::faults {
namespace {

constexpr char kFault[] = "6 two replicas on one PostgreSQL";
constexpr char kMunicipality[] = "municipalities/851";
constexpr int kClients = 8;

class ReplicasTest : public testing::Test {
 protected:
  // Lets each replica be asked by clients of its own until `acknowledged`
  // requests are answered by each. The second's clients count from
  // `second_from`: from 0 on they send the same as the first's.
  void Write(int64_t acknowledged, int second_from, Line& line) {
    const std::vector<std::string> flags = {"--store=" + state_.store()};
    e2e::ServerProcess one(flags, "frikommune-certificates");
    e2e::ServerProcess two(flags, "frikommune-certificates");
    ASSERT_TRUE(one.ready() && two.ready());
    Target at_one, at_two;
    at_one.MoveTo(one.grpc_address());
    at_two.MoveTo(two.grpc_address());
    const absl::Time begun = absl::Now();
    Load::Options options = {.clients = kClients,
                             .folder = state_.folder(),
                             .histories = "one",
                             .municipalities = {kMunicipality}};
    Load first(options, {&at_one});
    options.histories = "two";
    options.first_client = second_from;
    Load second(options, {&at_two});
    EXPECT_TRUE(first.acknowledged().Await(acknowledged, absl::Minutes(10)));
    EXPECT_TRUE(second.acknowledged().Await(acknowledged, absl::Minutes(10)));
    first.Stop();
    second.Stop();
    line.lowest_rate = static_cast<double>(first.acknowledged().count() +
                                           second.acknowledged().count()) /
                       absl::ToDoubleSeconds(absl::Now() - begun);
  }

  State state_{Engine::kPostgres};
};

TEST_F(ReplicasTest, WriteOneUnbrokenChain) {
  Line& line = LineOf(kFault);
  line.count = Count(5'000, 100'000);
  Write(line.count, 0, line);
  EXPECT_GE(*line.lowest_rate, kLeastRate);
  const Verdict verdict = state_.Check();
  line.Take(verdict);
  EXPECT_TRUE(verdict.Holds()) << verdict;
}

TEST_F(ReplicasTest, TheCheckerFindsAForkedChain) {
  Line& line = LineOf(kFault);
  line.control = "no key on the chain";
  state_.Execute("ALTER TABLE entries DROP CONSTRAINT entries_pkey");
  Line unused;
  // Requests that only one of them gets: both write all the time.
  Write(200, kClients, unused);
  const Verdict verdict = state_.Check();
  line.control_is_red = !verdict.broken.empty();
  EXPECT_FALSE(verdict.broken.empty()) << verdict;
}

}  // namespace
}  // namespace frikommune::faults
