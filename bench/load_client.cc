// Loads running servers and prints what it took, one JSON object a line.
//
//   load_client unary REAL NOOP   CPU a call of a server, and of one that does
//                                 nothing, in turns
//   load_client batch REAL        plans a second in batches of a thousand, on
//                                 two cores with the server on them too
//
// A server is given as HOST:PORT/PID.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/blocking_counter.h"
#include "bench/cases.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::bench {
namespace {

using scheduling::v1::SchedulingService;
using Async = SchedulingService::StubInterface::async_interface;
using std::chrono::steady_clock;

constexpr int kInFlight = 16;
constexpr int kCallsARound = 6000;
constexpr int kRounds = 11;
constexpr int kBatch = 1000;
constexpr int kBatchCallers = 4;
constexpr int kBatchesACaller = 75;
constexpr int kBatchRounds = 5;
// More than the answer to a batch takes.
constexpr size_t kAnswerMemoryBytes = size_t{16} << 20;

[[noreturn]] void Fail(const std::string& why) {
  std::cerr << "load_client: " << why << "\n";
  std::exit(1);
}

// The CPU that a process has used.
double CpuMicros(clockid_t process) {
  timespec now{};
  clock_gettime(process, &now);
  return static_cast<double>(now.tv_sec) * 1e6 +
         static_cast<double>(now.tv_nsec) / 1e3;
}

// A server that runs elsewhere, and what CPU it has used.
class Server {
 public:
  explicit Server(const std::string& text) {
    const std::vector<std::string> parts = absl::StrSplit(text, '/');
    int pid = 0;
    if (parts.size() != 2 || !absl::SimpleAtoi(parts[1], &pid) ||
        clock_getcpuclockid(pid, &clock_) != 0) {
      Fail("a server is given as HOST:PORT/PID, not as " + text);
    }
    for (int i = 0; i < 2; ++i) {
      grpc::ChannelArguments arguments;
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
      arguments.SetMaxReceiveMessageSize(-1);
      stubs_.push_back(SchedulingService::NewStub(grpc::CreateCustomChannel(
          parts[0], grpc::InsecureChannelCredentials(), arguments)));
    }
  }

  SchedulingService::Stub& stub(int caller) const {
    return *stubs_[static_cast<size_t>(caller) % stubs_.size()];
  }

  double CpuMicros() const { return bench::CpuMicros(clock_); }

 private:
  clockid_t clock_{};
  std::vector<std::unique_ptr<SchedulingService::Stub>> stubs_;
};

// One caller, which calls again as soon as it is answered.
template <typename Request, typename Response>
class Caller {
 public:
  using Call = void (Async::*)(grpc::ClientContext*, const Request*, Response*,
                               std::function<void(grpc::Status)>);

  Caller(SchedulingService::Stub& stub, Call call, const Request& request,
         int times, absl::BlockingCounter& done)
      : async_(*stub.async()),
        call_(call),
        request_(request),
        left_(times),
        done_(done) {}

  void Start() {
    context_ = std::make_unique<grpc::ClientContext>();
    (async_.*call_)(context_.get(), &request_, &response_,
                    [this](const grpc::Status& status) {
                      if (!status.ok()) Fail(status.error_message());
                      bytes_ = response_.ByteSizeLong();
                      if (--left_ > 0) {
                        Start();
                      } else {
                        done_.DecrementCount();
                      }
                    });
  }

  size_t bytes() const { return bytes_; }

 private:
  Async& async_;
  const Call call_;
  const Request& request_;
  int left_;
  absl::BlockingCounter& done_;
  std::unique_ptr<grpc::ClientContext> context_;
  Response response_;
  size_t bytes_ = 0;
};

// The CPU that a server uses for a call.
template <typename Request, typename Response>
double MicrosACall(const Server& server,
                   typename Caller<Request, Response>::Call call,
                   const Request& request, size_t& bytes) {
  absl::BlockingCounter done(kInFlight);
  std::vector<std::unique_ptr<Caller<Request, Response>>> callers;
  for (int i = 0; i < kInFlight; ++i) {
    callers.push_back(std::make_unique<Caller<Request, Response>>(
        server.stub(i), call, request, kCallsARound / kInFlight, done));
  }
  const double before = server.CpuMicros();
  for (auto& caller : callers) caller->Start();
  done.Wait();
  bytes = callers.front()->bytes();
  return (server.CpuMicros() - before) / (kCallsARound / kInFlight * kInFlight);
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

template <typename Request, typename Response>
void CompareUnary(const char* name, const Server& real, const Server& noop,
                  typename Caller<Request, Response>::Call call,
                  const Request& request) {
  std::vector<double> ratios;
  std::vector<double> reals;
  std::vector<double> noops;
  size_t bytes = 0;
  size_t noop_bytes = 0;
  for (int round = -1; round < kRounds; ++round) {
    const double noop_micros =
        MicrosACall<Request, Response>(noop, call, request, noop_bytes);
    const double real_micros =
        MicrosACall<Request, Response>(real, call, request, bytes);
    if (round < 0) continue;  // The connections were new.
    noops.push_back(noop_micros);
    reals.push_back(real_micros);
    ratios.push_back(real_micros / noop_micros);
  }
  if (bytes != noop_bytes) Fail("the two servers answer differently");
  std::cout << "{\"call\": \"" << name << "\", \"ratio\": " << Median(ratios)
            << ", \"real_micros\": " << Median(reals)
            << ", \"noop_micros\": " << Median(noops)
            << ", \"request_bytes\": " << request.ByteSizeLong()
            << ", \"response_bytes\": " << bytes << "}" << std::endl;
}

void Unary(const Server& real, const Server& noop) {
  using scheduling::v1::AssessMeetingRequest;
  using scheduling::v1::AssessMeetingResponse;
  using scheduling::v1::PlanContactCourseRequest;
  using scheduling::v1::PlanContactCourseResponse;
  CompareUnary<PlanContactCourseRequest, PlanContactCourseResponse>(
      "PlanContactCourse", real, noop, &Async::PlanContactCourse,
      PlanRequest());
  CompareUnary<AssessMeetingRequest, AssessMeetingResponse>(
      "AssessMeeting", real, noop, &Async::AssessMeeting, AssessRequest());
}

// One caller's batches, every answer read onto memory that is used again.
void CallBatches(SchedulingService::Stub& stub,
                 const scheduling::v1::BatchPlanContactCoursesRequest& batch,
                 int times) {
  std::vector<char> memory(kAnswerMemoryBytes);
  google::protobuf::ArenaOptions options;
  options.initial_block = memory.data();
  options.initial_block_size = memory.size();
  google::protobuf::Arena arena(options);
  for (int i = 0; i < times; ++i) {
    arena.Reset();
    auto* const response = google::protobuf::Arena::CreateMessage<
        scheduling::v1::BatchPlanContactCoursesResponse>(&arena);
    grpc::ClientContext context;
    const grpc::Status status =
        stub.BatchPlanContactCourses(&context, batch, response);
    if (!status.ok()) Fail(status.error_message());
    if (response->results_size() != batch.requests_size()) {
      Fail("a batch is answered with fewer results than it has requests");
    }
    for (const auto& result : response->results()) {
      if (!result.has_plan()) Fail("a course of the batch has no plan");
    }
  }
}

// Plans a second in one round, by the clock.
double PlansASecond(const Server& server,
                    const scheduling::v1::BatchPlanContactCoursesRequest& batch,
                    int batches) {
  std::vector<std::thread> callers;
  const auto begun = steady_clock::now();
  for (int caller = 0; caller < kBatchCallers; ++caller) {
    callers.emplace_back(
        [&, caller] { CallBatches(server.stub(caller), batch, batches); });
  }
  for (std::thread& caller : callers) caller.join();
  const std::chrono::duration<double> took = steady_clock::now() - begun;
  return kBatchCallers * batches * batch.requests_size() / took.count();
}

// What a plan costs both processes says how many plans two cores make, whoever
// else is at work on them; the clock says how many they made.
void Batch(const Server& server) {
  const auto batch = BatchRequest(kBatch);
  PlansASecond(server, batch, 5);
  std::vector<double> rates;
  const double server_before = server.CpuMicros();
  const double client_before = CpuMicros(CLOCK_PROCESS_CPUTIME_ID);
  for (int round = 0; round < kBatchRounds; ++round) {
    rates.push_back(
        PlansASecond(server, batch, kBatchesACaller / kBatchRounds));
  }
  const double plans = double{kBatch} * kBatchCallers * kBatchesACaller;
  const double server_micros = (server.CpuMicros() - server_before) / plans;
  const double client_micros =
      (CpuMicros(CLOCK_PROCESS_CPUTIME_ID) - client_before) / plans;
  std::cout << "{\"plans_per_s\": " << 2e6 / (server_micros + client_micros)
            << ", \"plans_per_s_by_the_clock\": " << Median(rates)
            << ", \"server_micros\": " << server_micros
            << ", \"client_micros\": " << client_micros << "}" << std::endl;
}

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 3 && arguments[0] == "unary") {
    Unary(Server(arguments[1]), Server(arguments[2]));
  } else if (arguments.size() == 2 && arguments[0] == "batch") {
    Batch(Server(arguments[1]));
  } else {
    Fail("unary HOST:PORT/PID HOST:PORT/PID, or batch HOST:PORT/PID");
  }
  return 0;
}

}  // namespace
}  // namespace frikommune::bench

int main(int argc, char** argv) {
  return frikommune::bench::Run(
      std::vector<std::string>(argv + 1, argv + argc));
}
