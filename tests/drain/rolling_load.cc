#include "tests/drain/rolling_load.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"

namespace frikommune::tests {
namespace {

namespace v1 = scheduling::v1;

constexpr char kWatching[] =
    R"({"loadBalancingConfig": [{"round_robin": {}}],
        "healthCheckConfig": {"serviceName": "readiness"}})";
constexpr int kReconnectMs = 100;

// Without a retry policy. What is left is what every client of gRPC does: a
// call that never left the client, or that the farewell of a connection says
// was not begun, is sent on another connection (gRFC A6, "transparent
// retries"). GRPC_ARG_ENABLE_RETRIES = 0 would turn off that as well.
grpc::ChannelArguments WithoutRetryPolicy() {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMs);
  return arguments;
}

std::shared_ptr<grpc::Channel> Connect(const std::string& target,
                                       const grpc::ChannelArguments& how) {
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(),
                                   how);
}

v1::PlanContactCourseRequest Request() {
  v1::PlanContactCourseRequest request;
  request.set_municipality("municipalities/851");
  request.set_as_of("2019-03-01");
  request.mutable_course()->set_unemployment_start("2019-01-07");
  return request;
}

}  // namespace

std::shared_ptr<grpc::Channel> PlainChannel(const std::string& target) {
  return Connect(target, WithoutRetryPolicy());
}

std::shared_ptr<grpc::Channel> WatchingChannel(const std::string& target) {
  grpc::ChannelArguments arguments = WithoutRetryPolicy();
  arguments.SetServiceConfigJSON(kWatching);
  return Connect(target, arguments);
}

RollingLoad::RollingLoad(
    int callers,
    const std::function<std::shared_ptr<grpc::Channel>()>& connect) {
  for (int i = 0; i < callers; ++i) {
    callers_.emplace_back([this, i, channel = connect()] { Call(i, channel); });
  }
}

RollingLoad::~RollingLoad() {
  stopping_ = true;
  for (std::thread& caller : callers_) caller.join();
}

bool RollingLoad::AwaitAnswersFrom(const std::string& address) {
  absl::MutexLock lock(&mutex_);
  awaited_ = "ipv4:" + address;
  heard_.clear();
  const auto all = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return heard_.size() == callers_.size();
  };
  return mutex_.AwaitWithTimeout(absl::Condition(&all), absl::Seconds(30));
}

std::map<std::string, int> RollingLoad::failures() const {
  absl::MutexLock lock(&mutex_);
  return failures_;
}

void RollingLoad::Call(int caller,
                       const std::shared_ptr<grpc::Channel>& channel) {
  const auto stub = v1::SchedulingService::NewStub(channel);
  const v1::PlanContactCourseRequest request = Request();
  while (!stopping_) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(30));
    v1::PlanContactCourseResponse response;
    const grpc::Status status =
        stub->PlanContactCourse(&context, request, &response);
    absl::MutexLock lock(&mutex_);
    if (status.ok()) {
      ++answered_;
      if (context.peer() == awaited_) heard_.insert(caller);
      continue;
    }
    ++failed_;
    ++failures_[absl::StrCat(status.error_code(), " ", status.error_message())];
  }
}

}  // namespace frikommune::tests
