// Loads running servers and prints what it took, one JSON object a line.
//
//   load_client unary SERVICE REAL NOOP   CPU a call of a server, and of one
//                                         that does nothing, in turns
//   load_client batch SERVICE REAL        answers a second in batches of a
//                                         thousand, on two cores with the
//                                         server on them too
//
// SERVICE is scheduling, certificates or rehab. A server is given as
// HOST:PORT/PID.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/blocking_counter.h"
#include "bench/cases.h"
#include "bench/deciding_cases.h"
#include "frikommune/certificates/v1/certificates_service.grpc.pb.h"
#include "frikommune/rehab/v1/rehab_service.grpc.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::bench {
namespace {

using certificates::v1::CertificatesService;
using rehab::v1::RehabService;
using scheduling::v1::SchedulingService;
using std::chrono::steady_clock;

constexpr int kInFlight = 16;
// Rounds of 992 calls, and many: what else the machine does changes within a
// second, and is then the same for both servers of a round.
constexpr int kCallsACaller = 62;
constexpr int kRounds = 65;
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
      channels_.push_back(grpc::CreateCustomChannel(
          parts[0], grpc::InsecureChannelCredentials(), arguments));
    }
  }

  template <typename Service>
  std::unique_ptr<typename Service::Stub> StubFor(int caller) const {
    return Service::NewStub(
        channels_[static_cast<size_t>(caller) % channels_.size()]);
  }

  double CpuMicros() const { return bench::CpuMicros(clock_); }

 private:
  clockid_t clock_{};
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
};

// One caller, which calls again as soon as it is answered.
template <typename Service, typename Request, typename Response>
class Caller {
 public:
  using Stub = typename Service::Stub;
  using Async = typename Service::StubInterface::async_interface;
  using Call = void (Async::*)(grpc::ClientContext*, const Request*, Response*,
                               std::function<void(grpc::Status)>);

  Caller(std::unique_ptr<Stub> stub, Call call, const Request& request,
         int times, absl::BlockingCounter& done)
      : stub_(std::move(stub)),
        async_(*stub_->async()),
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
  const std::unique_ptr<Stub> stub_;
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
template <typename Service, typename Request, typename Response>
double MicrosACall(const Server& server,
                   typename Caller<Service, Request, Response>::Call call,
                   const Request& request, size_t& bytes) {
  absl::BlockingCounter done(kInFlight);
  std::vector<std::unique_ptr<Caller<Service, Request, Response>>> callers;
  callers.reserve(kInFlight);
  for (int i = 0; i < kInFlight; ++i) {
    callers.push_back(std::make_unique<Caller<Service, Request, Response>>(
        server.StubFor<Service>(i), call, request, kCallsACaller, done));
  }
  const double before = server.CpuMicros();
  for (auto& caller : callers) caller->Start();
  done.Wait();
  bytes = callers.front()->bytes();
  return (server.CpuMicros() - before) / (kCallsACaller * kInFlight);
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

template <typename Service, typename Request, typename Response>
void CompareUnary(const char* name, const Server& real, const Server& noop,
                  typename Caller<Service, Request, Response>::Call call,
                  const Request& request) {
  std::vector<double> ratios;
  std::vector<double> reals;
  std::vector<double> noops;
  size_t bytes = 0;
  size_t noop_bytes = 0;
  for (int round = -1; round < kRounds; ++round) {
    const double noop_micros = MicrosACall<Service, Request, Response>(
        noop, call, request, noop_bytes);
    const double real_micros =
        MicrosACall<Service, Request, Response>(real, call, request, bytes);
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

// The calls of a service, and how its batches are answered.
void UnaryScheduling(const Server& real, const Server& noop) {
  using namespace scheduling::v1;  // Many names of one contract.
  using Async = SchedulingService::StubInterface::async_interface;
  CompareUnary<SchedulingService, PlanContactCourseRequest,
               PlanContactCourseResponse>("PlanContactCourse", real, noop,
                                          &Async::PlanContactCourse,
                                          PlanRequest());
  CompareUnary<SchedulingService, AssessMeetingRequest, AssessMeetingResponse>(
      "AssessMeeting", real, noop, &Async::AssessMeeting, AssessRequest());
}

void UnaryCertificates(const Server& real, const Server& noop) {
  using namespace certificates::v1;  // Likewise.
  using Async = CertificatesService::StubInterface::async_interface;
  CompareUnary<CertificatesService, DecideCertificateRequest,
               DecideCertificateResponse>("DecideCertificate", real, noop,
                                          &Async::DecideCertificate,
                                          CertificateRequest());
}

void UnaryRehab(const Server& real, const Server& noop) {
  using namespace rehab::v1;  // Likewise.
  using Async = RehabService::StubInterface::async_interface;
  CompareUnary<RehabService, RouteCaseRequest, RouteCaseResponse>(
      "RouteCase", real, noop, &Async::RouteCase, RouteRequest());
  CompareUnary<RehabService, DecideExtensionRequest, DecideExtensionResponse>(
      "DecideExtension", real, noop, &Async::DecideExtension,
      ExtensionRequest());
}

bool IsAnswered(const scheduling::v1::PlanResult& result) {
  return result.has_plan();
}
bool IsAnswered(const decision::v1::DecisionResult& result) {
  return result.has_decision();
}

// A call that answers many requests at once.
template <typename Service, typename Request, typename Response>
using BatchCall = grpc::Status (Service::Stub::*)(grpc::ClientContext*,
                                                  const Request&, Response*);

// One caller's batches, every answer read onto memory that is used again.
template <typename Service, typename Request, typename Response>
void CallBatches(typename Service::Stub& stub,
                 BatchCall<Service, Request, Response> call,
                 const Request& batch, int times) {
  std::vector<char> memory(kAnswerMemoryBytes);
  google::protobuf::ArenaOptions options;
  options.initial_block = memory.data();
  options.initial_block_size = memory.size();
  google::protobuf::Arena arena(options);
  for (int i = 0; i < times; ++i) {
    arena.Reset();
    auto* const response =
        google::protobuf::Arena::CreateMessage<Response>(&arena);
    grpc::ClientContext context;
    const grpc::Status status = (stub.*call)(&context, batch, response);
    if (!status.ok()) Fail(status.error_message());
    if (response->results_size() != batch.requests_size()) {
      Fail("a batch is answered with fewer results than it has requests");
    }
    for (const auto& result : response->results()) {
      if (!IsAnswered(result)) Fail("a request of the batch is refused");
    }
  }
}

// Answers a second in one round, by the clock.
template <typename Service, typename Request, typename Response>
double AnswersASecond(const Server& server,
                      BatchCall<Service, Request, Response> call,
                      const Request& batch, int batches) {
  std::vector<std::thread> callers;
  callers.reserve(kBatchCallers);
  const auto begun = steady_clock::now();
  for (int caller = 0; caller < kBatchCallers; ++caller) {
    callers.emplace_back([&, caller] {
      CallBatches<Service, Request, Response>(*server.StubFor<Service>(caller),
                                              call, batch, batches);
    });
  }
  for (std::thread& caller : callers) caller.join();
  const std::chrono::duration<double> took = steady_clock::now() - begun;
  return kBatchCallers * batches * batch.requests_size() / took.count();
}

// What an answer costs both processes says how many answers two cores give,
// whoever else is at work on them; the clock says how many they gave.
template <typename Service, typename Request, typename Response>
void Batch(const Server& server, BatchCall<Service, Request, Response> call,
           const Request& batch) {
  const auto round = [&](int batches) {
    return AnswersASecond<Service, Request, Response>(server, call, batch,
                                                      batches);
  };
  round(5);
  std::vector<double> rates;
  rates.reserve(kBatchRounds);
  const double server_before = server.CpuMicros();
  const double client_before = CpuMicros(CLOCK_PROCESS_CPUTIME_ID);
  for (int i = 0; i < kBatchRounds; ++i) {
    rates.push_back(round(kBatchesACaller / kBatchRounds));
  }
  const double answers = double{kBatch} * kBatchCallers * kBatchesACaller;
  const double server_micros = (server.CpuMicros() - server_before) / answers;
  const double client_micros =
      (CpuMicros(CLOCK_PROCESS_CPUTIME_ID) - client_before) / answers;
  std::cout << "{\"per_s\": " << 2e6 / (server_micros + client_micros)
            << ", \"per_s_by_the_clock\": " << Median(rates)
            << ", \"server_micros\": " << server_micros
            << ", \"client_micros\": " << client_micros << "}" << std::endl;
}

void BatchScheduling(const Server& server) {
  using namespace scheduling::v1;  // Likewise.
  Batch<SchedulingService, BatchPlanContactCoursesRequest,
        BatchPlanContactCoursesResponse>(
      server, &SchedulingService::Stub::BatchPlanContactCourses,
      BatchRequest(kBatch));
}

void BatchCertificates(const Server& server) {
  using namespace certificates::v1;  // Likewise.
  Batch<CertificatesService, BatchDecideCertificatesRequest,
        BatchDecideCertificatesResponse>(
      server, &CertificatesService::Stub::BatchDecideCertificates,
      CertificateBatch(kBatch));
}

void BatchRehab(const Server& server) {
  using namespace rehab::v1;  // Likewise.
  Batch<RehabService, BatchRouteCasesRequest, BatchRouteCasesResponse>(
      server, &RehabService::Stub::BatchRouteCases, RouteBatch(kBatch));
}

struct Load {
  const char* service;
  void (*unary)(const Server&, const Server&);
  void (*batch)(const Server&);
};
constexpr Load kLoads[] = {
    {"scheduling", UnaryScheduling, BatchScheduling},
    {"certificates", UnaryCertificates, BatchCertificates},
    {"rehab", UnaryRehab, BatchRehab},
};

int Run(const std::vector<std::string>& arguments) {
  for (const Load& load : kLoads) {
    if (arguments.size() < 3 || arguments[1] != load.service) continue;
    if (arguments[0] == "unary" && arguments.size() == 4) {
      load.unary(Server(arguments[2]), Server(arguments[3]));
      return 0;
    }
    if (arguments[0] == "batch" && arguments.size() == 3) {
      load.batch(Server(arguments[2]));
      return 0;
    }
  }
  Fail("unary SERVICE REAL NOOP, or batch SERVICE REAL");
}

}  // namespace
}  // namespace frikommune::bench

int main(int argc, char** argv) {
  return frikommune::bench::Run(
      std::vector<std::string>(argv + 1, argv + argc));
}
