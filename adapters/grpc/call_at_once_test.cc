#include "adapters/grpc/call_at_once.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "adapters/grpc/raw_call.h"
#include "adapters/grpc/server.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "grpcpp/generic/generic_stub.h"

namespace frikommune::rpc {
namespace {

namespace v1 = scheduling::v1;
using absl::StatusCode;
using testing::ElementsAre;

constexpr char kService[] = "frikommune.scheduling.v1.SchedulingService";
constexpr char kPlan[] =
    "/frikommune.scheduling.v1.SchedulingService/PlanContactCourse";
constexpr char kTrace[] =
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
constexpr char kAnswer[] = "twelve bytes";

// All that a call was told to have been, but how long it took.
struct Told {
  int received = 0;
  int sent = 0;
  int shed = 0;
  std::vector<StatusCode> handled;
  std::vector<std::string> lines;
};

class Ear final : public RpcMeter, public CallLog {
 public:
  void Started(int) override {
    absl::MutexLock lock(&mutex_);
    ++open_;
  }
  void Received(int, size_t bytes) override {
    absl::MutexLock lock(&mutex_);
    told_.received += static_cast<int>(bytes);
  }
  void Sent(int, size_t bytes) override {
    absl::MutexLock lock(&mutex_);
    told_.sent += static_cast<int>(bytes);
  }
  void Shed(ShedReason) override {
    absl::MutexLock lock(&mutex_);
    ++told_.shed;
  }
  void Handled(int, StatusCode code, absl::Duration) override {
    absl::MutexLock lock(&mutex_);
    told_.handled.push_back(code);
  }
  void Closed() override {
    absl::MutexLock lock(&mutex_);
    --open_;
  }
  void Answered(const AnsweredCall& call) override {
    absl::MutexLock lock(&mutex_);
    told_.lines.push_back(std::string(call.trace().trace_id) + " " +
                          std::string(call.catalog_digest));
  }

  // What was told since it was last asked, once every call is closed.
  Told Take() {
    absl::MutexLock lock(&mutex_);
    const auto quiet = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return open_ == 0 && !told_.handled.empty();
    };
    EXPECT_TRUE(
        mutex_.AwaitWithTimeout(absl::Condition(&quiet), absl::Seconds(20)));
    return std::exchange(told_, Told());
  }

 private:
  absl::Mutex mutex_;
  int open_ ABSL_GUARDED_BY(mutex_) = 0;
  Told told_ ABSL_GUARDED_BY(mutex_);
};

using RawService =
    v1::SchedulingService::WithRawCallbackMethod_PlanContactCourse<
        v1::SchedulingService::Service>;

// Plans at once, as bytes.
class Planner final : public RawService {
 public:
  grpc::ServerUnaryReactor* PlanContactCourse(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    return ServeRaw<v1::PlanContactCourseRequest>(
        context, *request, validator_, 1000, 100, *response,
        [this, context](const v1::PlanContactCourseRequest& asked,
                        wire::MessageWriter& out) {
          if (asked.as_of() == "2018-01-02") {
            // Until its caller is gone.
            entered.Notify();
            gone.WaitForNotification();
            while (!context->IsCancelled())
              absl::SleepFor(absl::ZeroDuration());
          }
          CallWatch::Current().AnsweredBy(nullptr, "digest");
          out.Text(1, kAnswer);
          return absl::OkStatus();
        });
  }

  absl::Notification entered;
  absl::Notification gone;

 private:
  const request::Validator validator_{
      v1::PlanContactCourseRequest::descriptor()};
};

class CallAtOnceTest : public testing::Test {
 protected:
  explicit CallAtOnceTest(int calls_max = 10) {
    auto server = Server::Start({.calls_max = calls_max, .log = &ear_},
                                {&service_}, methods_, ear_, streams_, health_);
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = grpc::CreateChannel(server_->address(),
                                   grpc::InsecureChannelCredentials());
    stub_ = v1::SchedulingService::NewStub(channel_);
  }

  static v1::PlanContactCourseRequest Request(const std::string& day) {
    v1::PlanContactCourseRequest request;
    request.set_municipality("municipalities/851");
    request.set_as_of(day);
    request.mutable_course();
    return request;
  }
  grpc::StatusCode Call(const v1::PlanContactCourseRequest& request,
                        grpc::ClientContext& context) {
    v1::PlanContactCourseResponse response;
    return stub_->PlanContactCourse(&context, request, &response).error_code();
  }
  Told Hear(const v1::PlanContactCourseRequest& request) {
    grpc::ClientContext context;
    context.AddMetadata(kTraceparent, kTrace);
    Call(request, context);
    return ear_.Take();
  }

  MethodTable methods_{*DescriptorsOf({kService})};
  Ear ear_;
  StreamDrain streams_;
  Health health_;
  Planner service_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::SchedulingService::Stub> stub_;
};

// The first call of a method is seen by an interceptor, the others are not.
TEST_F(CallAtOnceTest, EveryCallIsToldAsTheFirst) {
  const auto request = Request("2018-01-01");
  for (int i = 0; i < 3; ++i) {
    const Told told = Hear(request);
    EXPECT_EQ(told.received, request.ByteSizeLong()) << i;
    EXPECT_EQ(told.sent, sizeof kAnswer + 1) << i;
    EXPECT_THAT(told.handled, ElementsAre(StatusCode::kOk)) << i;
    EXPECT_THAT(told.lines,
                ElementsAre("0af7651916cd43dd8448eb211c80319c digest"))
        << i;
  }
}

TEST_F(CallAtOnceTest, ARefusalSendsNothing) {
  for (int i = 0; i < 2; ++i) {
    const Told told = Hear({});
    EXPECT_EQ(told.sent, 0) << i;
    EXPECT_THAT(told.handled, ElementsAre(StatusCode::kInvalidArgument)) << i;
  }
}

TEST_F(CallAtOnceTest, OneThatItsCallerCancelsIsCancelled) {
  Hear(Request("2018-01-01"));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(60));
  std::thread caller([&] {
    EXPECT_EQ(Call(Request("2018-01-02"), context),
              grpc::StatusCode::CANCELLED);
  });
  service_.entered.WaitForNotification();
  context.TryCancel();
  service_.gone.Notify();
  caller.join();
  EXPECT_THAT(ear_.Take().handled, ElementsAre(StatusCode::kCancelled));
}

TEST_F(CallAtOnceTest, OneWhoseDeadlinePassesHasExceededIt) {
  Hear(Request("2018-01-01"));
  service_.gone.Notify();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(200));
  EXPECT_EQ(Call(Request("2018-01-02"), context),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_THAT(ear_.Take().handled, ElementsAre(StatusCode::kDeadlineExceeded));
}

// It comes to its handler all the same, which is what CallAtOnce stands on.
TEST_F(CallAtOnceTest, OneWithoutAMessageIsCounted) {
  Hear(Request("2018-01-01"));
  grpc::GenericStub generic(channel_);
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  const auto call = generic.PrepareCall(&context, kPlan, &queue);
  const auto await = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok));
  };
  call->StartCall(nullptr);
  await();
  call->WritesDone(nullptr);
  await();
  grpc::Status status;
  call->Finish(&status, nullptr);
  await();
  queue.Shutdown();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_THAT(ear_.Take().handled, ElementsAre(StatusCode::kInternal));
}

class NoRoomTest : public CallAtOnceTest {
 protected:
  NoRoomTest() : CallAtOnceTest(0) {}
};

TEST_F(NoRoomTest, OneTooManyIsShed) {
  for (int i = 0; i < 2; ++i) {
    const Told told = Hear(Request("2018-01-01"));
    EXPECT_THAT(told.handled, ElementsAre(StatusCode::kResourceExhausted)) << i;
    EXPECT_EQ(told.shed, 1) << i;
  }
}

}  // namespace
}  // namespace frikommune::rpc
