// Fault 4: a connection is cut when something is committed, before that is
// answered: PostgreSQL's to the service, and the service's to its client. Who
// sends again with the same request id gets one effect.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/e2e/server_process.h"
#include "tests/faults/cut_proxy.h"
#include "tests/faults/load.h"
#include "tests/faults/report.h"
#include "tests/faults/state.h"

namespace frikommune::faults {
namespace {

constexpr int kCutOneIn = 5;
constexpr char kControl[] = "retry without a request id";

// PostgreSQL says so when the statement has committed, and not before: it is a
// transaction of its own, and what is said of it is sent at its end.
bool SaysInserted(absl::string_view answer) {
  return absl::StrContains(answer, "INSERT 0 ");
}

// An answer of the service, and not only what HTTP/2 says for itself.
bool IsDecision(absl::string_view answer) { return answer.size() > 500; }

int PortOf(const std::string& address) {
  int port = 0;
  EXPECT_TRUE(absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port));
  return port;
}

// A service with a proxy before it or behind it, and clients of it.
class Cut {
 public:
  // The engine says where it is cut: of PostgreSQL behind the service, of
  // SQLite before it.
  Cut(Engine engine, bool request_ids) : state_(engine) {
    std::string store = state_.store();
    if (engine == Engine::kPostgres) {
      proxy_ =
          std::make_unique<CutProxy>(state_.postgres().port(), SaysInserted);
      // What comes later counts.
      absl::StrAppend(&store, " host=127.0.0.1 port=", proxy_->port());
    }
    service_ = std::make_unique<e2e::ServerProcess>(
        std::vector<std::string>{"--store=" + store},
        "frikommune-certificates");
    EXPECT_TRUE(service_->ready());
    std::string address = service_->grpc_address();
    if (engine == Engine::kSqlite) {
      proxy_ = std::make_unique<CutProxy>(PortOf(address), IsDecision);
      address = absl::StrCat("127.0.0.1:", proxy_->port());
    }
    target_.MoveTo(address);
    load_ = std::make_unique<Load>(
        Load::Options{.folder = state_.folder(), .request_ids = request_ids},
        std::vector<Target*>{&target_});
  }

  // Cuts so many times, and then lets the clients end. Returns the rate of
  // acknowledgements meanwhile, and what the checker says.
  Verdict Run(int times, double& rate) {
    EXPECT_TRUE(load_->AwaitMore(100));
    const int64_t before = load_->acknowledged().count();
    const absl::Time begun = absl::Now();
    proxy_->CutOneIn(kCutOneIn);
    EXPECT_TRUE(proxy_->cuts().Await(times, absl::Minutes(20)));
    proxy_->CutOneIn(0);
    rate = static_cast<double>(load_->acknowledged().count() - before) /
           absl::ToDoubleSeconds(absl::Now() - begun);
    EXPECT_TRUE(load_->AwaitMore(100));
    load_->Stop();
    return state_.Check();
  }

  const Load& load() const { return *load_; }
  int64_t cuts() const { return proxy_->cuts().count(); }

 private:
  State state_;
  std::unique_ptr<CutProxy> proxy_;
  std::unique_ptr<e2e::ServerProcess> service_;
  Target target_;
  std::unique_ptr<Load> load_;
};

class CutTest : public testing::TestWithParam<Engine> {
 protected:
  static std::string Fault() {
    return GetParam() == Engine::kPostgres
               ? "4 cut between PostgreSQL's commit and its answer"
               : "4 cut between the service's answer and its client, sqlite";
  }
};

TEST_P(CutTest, WhoSendsAgainGetsOneEffect) {
  Line& line = LineOf(Fault());
  Cut cut(GetParam(), /*request_ids=*/true);
  double rate = 0;
  const Verdict verdict = cut.Run(Count(500, 10'000), rate);
  line.count = static_cast<int>(cut.cuts());
  line.lowest_rate = rate;
  line.Take(verdict);
  EXPECT_TRUE(verdict.Holds()) << verdict;
  EXPECT_GE(rate, kLeastRate);
  // What was cut was kept by then: of what nobody sent again too.
  EXPECT_GT(cut.load().answered_later().count(), 0);
  EXPECT_GT(verdict.unknown_kept, 0) << verdict;
}

TEST_P(CutTest, TheCheckerFindsWhoSendsAgainWithoutARequestId) {
  Line& line = LineOf(Fault());
  line.control = kControl;
  Cut cut(GetParam(), /*request_ids=*/false);
  double unused = 0;
  const Verdict verdict = cut.Run(10, unused);
  line.control_is_red = verdict.duplicated > 0;
  EXPECT_GT(verdict.duplicated, 0) << verdict;
}

INSTANTIATE_TEST_SUITE_P(Engines, CutTest,
                         testing::Values(Engine::kSqlite, Engine::kPostgres),
                         [](const auto& engine) {
                           return NameOf(engine.param);
                         });

}  // namespace
}  // namespace frikommune::faults
