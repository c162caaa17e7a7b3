// Fault 3: requests are sent once to five times each, in no order, alone and in
// batches, while the service is stopped and killed and started again. Each has
// one effect, and the same answer every time.

#include <google/protobuf/io/coded_stream.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/server_process.h"
#include "tests/faults/history.h"
#include "tests/faults/load.h"
#include "tests/faults/report.h"
#include "tests/faults/state.h"

namespace frikommune::faults {
namespace {

constexpr char kDecideBatch[] =
    "/frikommune.certificates.v1.CertificatesService/BatchDecideCertificates";
constexpr char kControl[] = "forget-request-ids";
constexpr int kClients = 16;
constexpr int kTimesMax = 5;
constexpr int kBatchMax = 100;
constexpr int kRestarts = 6;

// The results of a batch, each as it was encoded.
std::vector<std::string> ResultsIn(const std::string& answer) {
  using google::protobuf::internal::WireFormatLite;
  std::vector<std::string> results;
  google::protobuf::io::CodedInputStream in(
      reinterpret_cast<const uint8_t*>(answer.data()),
      static_cast<int>(answer.size()));
  while (const uint32_t tag = in.ReadTag()) {
    uint32_t size = 0;
    std::string field;
    if (!in.ReadVarint32(&size) ||
        !in.ReadString(&field, static_cast<int>(size))) {
      break;
    }
    if (WireFormatLite::GetTagFieldNumber(tag) == 1) {
      results.push_back(std::move(field));
    }
  }
  return results;
}

std::string NameOfRequest(int number) { return absl::StrCat("r", number, "x"); }

// Clients that send each of some requests as often as it is said, and again
// until they are answered.
class Repeaters {
 public:
  Repeaters(int requests, const std::string& folder, Target& target)
      : folder_(folder), target_(target) {
    absl::BitGen random;
    for (int request = 0; request < requests; ++request) {
      for (int times = absl::Uniform(random, 1, kTimesMax + 1); times > 0;
           --times) {
        order_.push_back(request);
      }
    }
    std::shuffle(order_.begin(), order_.end(), random);
    for (int client = 0; client < kClients; ++client) {
      threads_.emplace_back([this, client] { Run(client); });
    }
  }

  void Join() {
    for (std::thread& thread : threads_) thread.join();
  }

  // How many are to be sent, and how many were answered.
  int64_t sends() const { return static_cast<int64_t>(order_.size()); }
  const Tally& answered() const { return answered_; }

 private:
  void Run(int client) {
    Caller caller(target_);
    HistoryWriter history(absl::StrCat(folder_, "/repeat", client, ".history"));
    absl::BitGen random;
    for (;;) {
      const size_t size = absl::Uniform<size_t>(random, 1, kBatchMax + 1);
      const size_t begin = next_.fetch_add(size);
      if (begin >= order_.size()) return;
      const size_t end = std::min(begin + size, order_.size());
      const std::vector<int> requests(
          order_.begin() + static_cast<ptrdiff_t>(begin),
          order_.begin() + static_cast<ptrdiff_t>(end));
      while (!Send(requests, caller, history)) caller.Rest();
      answered_.Add(static_cast<int64_t>(requests.size()));
    }
  }

  // Sends a batch; false if it must be sent again.
  static bool Send(const std::vector<int>& requests, Caller& caller,
                   HistoryWriter& history) {
    certificates::v1::BatchDecideCertificatesRequest batch;
    for (const int request : requests) {
      *batch.add_requests() = e2e::CertificateCase(
          request % 2 == 0 ? "municipalities/851" : "municipalities/840",
          NameOfRequest(request));
      auto& one = *batch.mutable_requests(batch.requests_size() - 1);
      one.set_case_id(NameOfRequest(request));
      history.Write(Sight::kInvoke, NameOfRequest(request),
                    DigestOf(one.SerializeAsString()));
    }
    std::string answer;
    const grpc::Status status =
        caller.Call(kDecideBatch, batch.SerializeAsString(), answer);
    if (!status.ok()) {
      for (const int request : requests) {
        history.Write(
            IsDefinite(status.error_code()) ? Sight::kFail : Sight::kUnknown,
            NameOfRequest(request), absl::StrCat(status.error_code()));
      }
      return false;
    }
    const std::vector<std::string> results = ResultsIn(answer);
    EXPECT_EQ(results.size(), requests.size());
    bool all = true;
    for (size_t i = 0; i < std::min(results.size(), requests.size()); ++i) {
      decision::v1::DecisionResult result;
      EXPECT_TRUE(result.ParseFromString(results[i]));
      const auto code = static_cast<grpc::StatusCode>(result.error().code());
      if (result.has_error()) {
        history.Write(IsDefinite(code) ? Sight::kFail : Sight::kUnknown,
                      NameOfRequest(requests[i]), absl::StrCat(code));
        all = false;
        continue;
      }
      history.Write(Sight::kOk, NameOfRequest(requests[i]),
                    DigestOf(results[i]));
    }
    return all;
  }

  const std::string folder_;
  Target& target_;
  // The numbers of the requests, as they are to be sent.
  std::vector<int> order_;
  std::atomic<size_t> next_ = 0;
  Tally answered_;
  std::vector<std::thread> threads_;
};

class RepeatTest : public testing::TestWithParam<Engine> {
 protected:
  std::string Fault() const {
    return "3 requests sent 1 to 5 times, " + NameOf(GetParam());
  }

  State state_{GetParam()};
  Target target_;
};

TEST_P(RepeatTest, EachRequestHasOneEffectAndOneAnswer) {
  Line& line = LineOf(Fault());
  // In the bounded run one engine has all of them.
  line.count =
      Count(GetParam() == Engine::kSqlite ? 100'000 : 20'000, 1'000'000);
  Repeaters repeaters(line.count, state_.folder(), target_);
  for (int start = 0; start <= kRestarts; ++start) {
    const absl::Time begun = absl::Now();
    e2e::ServerProcess server({"--store=" + state_.store()},
                              "frikommune-certificates");
    ASSERT_TRUE(server.ready());
    const int64_t before = repeaters.answered().count();
    target_.MoveTo(server.grpc_address());
    ASSERT_TRUE(repeaters.answered().Await(before + 1));
    const absl::Time first = absl::Now();
    line.worst_recovery = std::max(
        line.worst_recovery.value_or(absl::ZeroDuration()), first - begun);
    const int64_t until = repeaters.sends() * (start + 1) / (kRestarts + 1);
    ASSERT_TRUE(repeaters.answered().Await(until, absl::Minutes(10)));
    const double rate = static_cast<double>(until - before) /
                        absl::ToDoubleSeconds(absl::Now() - first);
    line.lowest_rate = std::min(line.lowest_rate.value_or(rate), rate);
    // Killed in the middle, and asked to leave, in turns.
    server.Signal(start % 2 == 0 && start < kRestarts ? SIGKILL : SIGTERM);
    server.Wait();
  }
  repeaters.Join();
  EXPECT_GE(*line.lowest_rate, kLeastRate);
  const Verdict verdict = state_.Check();
  line.Take(verdict);
  EXPECT_TRUE(verdict.Holds()) << verdict;
  EXPECT_EQ(verdict.acknowledged, line.count);
}

TEST_P(RepeatTest, TheCheckerFindsAServiceThatForgetsRequestIds) {
  Line& line = LineOf(Fault());
  line.control = kControl;
  e2e::ServerProcess server({kControl, "--store=" + state_.store()},
                            "../tests/faulty-certificates");
  ASSERT_TRUE(server.ready());
  target_.MoveTo(server.grpc_address());
  Repeaters repeaters(1000, state_.folder(), target_);
  repeaters.Join();
  const Verdict verdict = state_.Check();
  line.control_is_red = verdict.duplicated > 0 && verdict.changed > 0;
  EXPECT_GT(verdict.duplicated, 0) << verdict;
  EXPECT_GT(verdict.changed, 0) << verdict;
}

INSTANTIATE_TEST_SUITE_P(Engines, RepeatTest,
                         testing::Values(Engine::kSqlite, Engine::kPostgres),
                         [](const auto& engine) {
                           return NameOf(engine.param);
                         });

}  // namespace
}  // namespace frikommune::faults
