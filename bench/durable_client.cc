// Has decisions kept by running certificates servers, and prints what it took,
// one JSON object a line.
//
//   durable_client unary GROUPED SINGLE FOLDER   calls a second of a server,
//   and
//                                                of one that makes a
//                                                transaction for each call, in
//                                                turns; and how long a call
//                                                takes beside what the disk in
//                                                FOLDER takes
//   durable_client batch SERVER                  decisions a second in batches
//   durable_client overload SERVER               the same when twice as much is
//                                                asked as the queue holds, and
//                                                the memory that it takes
//
// A server is given as HOST:PORT/PID.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/blocking_counter.h"
#include "bench/deciding_cases.h"
#include "frikommune/certificates/v1/certificates_service.grpc.pb.h"
#include "google/protobuf/arena.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::bench {
namespace {

using certificates::v1::BatchDecideCertificatesRequest;
using certificates::v1::BatchDecideCertificatesResponse;
using certificates::v1::CertificatesService;
using certificates::v1::DecideCertificateRequest;
using certificates::v1::DecideCertificateResponse;
using std::chrono::steady_clock;

constexpr int kRounds = 5;
constexpr int kInFlight = 256;
constexpr int kCallsARound = 25600;
// Far fewer, for they are slow.
constexpr int kSingleCallsARound = 2560;
// The load at which the time of a call is judged.
constexpr int kFewInFlight = 16;
constexpr int kTimedCalls = 4000;
constexpr int kSyncs = 400;
constexpr int kSyncBytes = 400;

constexpr int kBatch = 100;
constexpr int kBatchCallers = 16;
// What a server's queue holds is 4096 drafts.
constexpr int kPeakCallers = 32;
constexpr int kOverloadCallers = 82;
constexpr std::chrono::seconds kBatchTime(4);

[[noreturn]] void Fail(const std::string& why) {
  std::cerr << "durable_client: " << why << "\n";
  std::exit(1);
}

double Seconds(steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

double Quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(share *
                                    static_cast<double>(values.size() - 1))];
}

// A server that runs elsewhere.
class Server {
 public:
  explicit Server(const std::string& text) {
    const std::vector<std::string> parts = absl::StrSplit(text, '/');
    if (parts.size() != 2 || !absl::SimpleAtoi(parts[1], &pid_)) {
      Fail("a server is given as HOST:PORT/PID, not as " + text);
    }
    for (int i = 0; i < 2; ++i) {
      grpc::ChannelArguments arguments;
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
      arguments.SetMaxReceiveMessageSize(-1);
      stubs_.push_back(CertificatesService::NewStub(grpc::CreateCustomChannel(
          parts[0], grpc::InsecureChannelCredentials(), arguments)));
    }
  }

  CertificatesService::Stub& StubFor(int caller) const {
    return *stubs_[static_cast<size_t>(caller) % stubs_.size()];
  }

  // The memory that it has in use.
  double ResidentMib() const {
    std::ifstream file(absl::StrCat("/proc/", pid_, "/statm"));
    int64_t all = 0;
    int64_t resident = 0;
    if (!(file >> all >> resident)) Fail("the server is gone");
    return static_cast<double>(resident * sysconf(_SC_PAGESIZE)) / (1 << 20);
  }

 private:
  int pid_ = 0;
  std::vector<std::unique_ptr<CertificatesService::Stub>> stubs_;
};

// One caller, which has another decision kept as soon as one is.
class Caller {
 public:
  Caller(CertificatesService::Stub& stub, int calls,
         absl::BlockingCounter& done)
      : stub_(stub), left_(calls), done_(done) {
    request_ = CertificateRequest();
    request_.set_validate_only(false);
    micros_.reserve(static_cast<size_t>(calls));
  }

  void Start() {
    context_ = std::make_unique<grpc::ClientContext>();
    begun_ = steady_clock::now();
    stub_.async()->DecideCertificate(
        context_.get(), &request_, &response_,
        [this](const grpc::Status& status) {
          if (!status.ok()) Fail(status.error_message());
          micros_.push_back(Seconds(steady_clock::now() - begun_) * 1e6);
          if (--left_ > 0) {
            Start();
          } else {
            done_.DecrementCount();
          }
        });
  }

  const std::vector<double>& micros() const { return micros_; }

 private:
  CertificatesService::Stub& stub_;
  int left_;
  absl::BlockingCounter& done_;
  DecideCertificateRequest request_;
  DecideCertificateResponse response_;
  std::unique_ptr<grpc::ClientContext> context_;
  steady_clock::time_point begun_;
  std::vector<double> micros_;
};

struct Round {
  double per_s = 0;
  std::vector<double> micros = {};
};

Round Keep(const Server& server, int in_flight, int calls) {
  absl::BlockingCounter done(in_flight);
  std::vector<std::unique_ptr<Caller>> callers;
  callers.reserve(static_cast<size_t>(in_flight));
  for (int i = 0; i < in_flight; ++i) {
    callers.push_back(
        std::make_unique<Caller>(server.StubFor(i), calls / in_flight, done));
  }
  const auto begun = steady_clock::now();
  for (auto& caller : callers) caller->Start();
  done.Wait();
  const double took = Seconds(steady_clock::now() - begun);
  Round round;
  for (const auto& caller : callers) {
    round.micros.insert(round.micros.end(), caller->micros().begin(),
                        caller->micros().end());
  }
  round.per_s = static_cast<double>(round.micros.size()) / took;
  return round;
}

// What the disk takes for the least that can be called durable.
double SyncMicros(const std::string& folder) {
  const std::string path = absl::StrCat(folder, "/durable_client.sync");
  const int file = open(path.c_str(), O_CREAT | O_RDWR | O_TRUNC, 0600);
  if (file < 0) Fail("cannot write in " + folder);
  unlink(path.c_str());
  const std::string bytes(kSyncBytes, 'x');
  std::vector<double> micros;
  micros.reserve(kSyncs);
  for (off_t i = 0; i < kSyncs; ++i) {
    const auto begun = steady_clock::now();
    if (pwrite(file, bytes.data(), bytes.size(), i * kSyncBytes) !=
            kSyncBytes ||
        fdatasync(file) != 0) {
      Fail("cannot write in " + folder);
    }
    micros.push_back(Seconds(steady_clock::now() - begun) * 1e6);
  }
  close(file);
  return Quantile(std::move(micros), 0.5);
}

void Unary(const Server& grouped, const Server& single,
           const std::string& folder) {
  std::vector<double> rates;
  std::vector<double> single_rates;
  std::vector<double> ratios;
  std::vector<double> p50s;
  std::vector<double> p99s;
  std::vector<double> syncs;
  for (int round = -1; round < kRounds; ++round) {
    const double one = Keep(single, kInFlight, kSingleCallsARound).per_s;
    const double many = Keep(grouped, kInFlight, kCallsARound).per_s;
    syncs.push_back(SyncMicros(folder));
    const Round few = Keep(grouped, kFewInFlight, kTimedCalls);
    if (round < 0) continue;  // The connections were new.
    rates.push_back(many);
    single_rates.push_back(one);
    ratios.push_back(many / one);
    p50s.push_back(Quantile(few.micros, 0.5));
    p99s.push_back(Quantile(few.micros, 0.99));
  }
  const double p50 = Quantile(p50s, 0.5);
  const double sync = Quantile(syncs, 0.5);
  std::cout << "{\"per_s\": " << Quantile(rates, 0.5)
            << ", \"single_per_s\": " << Quantile(single_rates, 0.5)
            << ", \"ratio\": " << Quantile(ratios, 0.5)
            << ", \"p50_micros\": " << p50
            << ", \"p99_micros\": " << Quantile(p99s, 0.5)
            << ", \"sync_micros\": " << sync
            << ", \"p50_to_sync\": " << p50 / sync << "}" << std::endl;
}

// How long a refusal says to wait.
std::chrono::nanoseconds DelayOf(const grpc::Status& status) {
  google::rpc::Status told;
  told.ParseFromString(status.error_details());
  for (const auto& detail : told.details()) {
    google::rpc::RetryInfo retry;
    if (!detail.UnpackTo(&retry)) continue;
    return std::chrono::seconds(retry.retry_delay().seconds()) +
           std::chrono::nanoseconds(retry.retry_delay().nanos());
  }
  Fail("refused without a word on when to come again: " +
       status.error_message());
}

struct Kept {
  double per_s = 0;
  int64_t refused = 0;
};

// Decisions kept a second by so many callers. Who is refused comes again when
// he is told to.
Kept KeepBatches(const Server& server, int callers) {
  BatchDecideCertificatesRequest batch = CertificateBatch(kBatch);
  batch.set_validate_only(false);
  std::atomic<int64_t> kept = 0;
  std::atomic<int64_t> refused = 0;
  const auto begun = steady_clock::now();
  const auto end = begun + kBatchTime;
  std::vector<std::thread> threads;
  threads.reserve(static_cast<size_t>(callers));
  for (int caller = 0; caller < callers; ++caller) {
    threads.emplace_back([&, caller] {
      while (steady_clock::now() < end) {
        grpc::ClientContext context;
        google::protobuf::Arena arena;
        auto& response = *google::protobuf::Arena::CreateMessage<
            BatchDecideCertificatesResponse>(&arena);
        const grpc::Status status =
            server.StubFor(caller).BatchDecideCertificates(&context, batch,
                                                           &response);
        if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
          ++refused;
          std::this_thread::sleep_for(DelayOf(status));
          continue;
        }
        if (!status.ok()) Fail(status.error_message());
        for (const auto& result : response.results()) {
          if (result.has_decision()) ++kept;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return {static_cast<double>(kept) / Seconds(steady_clock::now() - begun),
          refused};
}

void Batch(const Server& server) {
  std::vector<double> rates;
  for (int round = -1; round < kRounds; ++round) {
    const double rate = KeepBatches(server, kBatchCallers).per_s;
    if (round >= 0) rates.push_back(rate);
  }
  std::cout << "{\"per_s\": " << Quantile(rates, 0.5) << "}" << std::endl;
}

void Overload(const Server& server) {
  KeepBatches(server, kPeakCallers);
  std::vector<double> goodputs;
  std::vector<double> peaks;
  int64_t refused = 0;
  const double before = server.ResidentMib();
  double most = before;
  for (int round = 0; round < kRounds; ++round) {
    const double peak = KeepBatches(server, kPeakCallers).per_s;
    const Kept kept = KeepBatches(server, kOverloadCallers);
    most = std::max(most, server.ResidentMib());
    peaks.push_back(peak);
    goodputs.push_back(kept.per_s / peak);
    refused += kept.refused;
  }
  std::cout << "{\"goodput\": " << Quantile(goodputs, 0.5)
            << ", \"peak_per_s\": " << Quantile(peaks, 0.5)
            << ", \"refused\": " << refused
            << ", \"memory_growth_mib\": " << most - before << "}" << std::endl;
}

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 4 && arguments[0] == "unary") {
    Unary(Server(arguments[1]), Server(arguments[2]), arguments[3]);
  } else if (arguments.size() == 2 && arguments[0] == "batch") {
    Batch(Server(arguments[1]));
  } else if (arguments.size() == 2 && arguments[0] == "overload") {
    Overload(Server(arguments[1]));
  } else {
    Fail("unary GROUPED SINGLE FOLDER, batch SERVER, or overload SERVER");
  }
  return 0;
}

}  // namespace
}  // namespace frikommune::bench

int main(int argc, char** argv) {
  return frikommune::bench::Run(
      std::vector<std::string>(argv + 1, argv + argc));
}
