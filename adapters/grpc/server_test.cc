#include "adapters/grpc/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "adapters/grpc/unary.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/generic/generic_stub.h"

namespace frikommune::rpc {
namespace {

namespace v1 = scheduling::v1;
using grpc::health::v1::HealthCheckResponse;

constexpr char kService[] = "frikommune.scheduling.v1.SchedulingService";

// Remembers what it is told, and lets a test wait for it.
class FakeMeter final : public RpcMeter {
 public:
  void Started(int) override {
    absl::MutexLock lock(&mutex_);
    ++started_;
  }
  void Handled(int method, absl::StatusCode code, absl::Duration) override {
    absl::MutexLock lock(&mutex_);
    ++handled_[{method, code}];
  }
  void Received(int, size_t) override {}
  void Sent(int, size_t) override {}
  void Shed(ShedReason) override {}
  void Closed() override {
    absl::MutexLock lock(&mutex_);
    ++closed_;
  }

  // Waits until all that began is closed, and tells how the calls ended.
  std::map<std::pair<int, absl::StatusCode>, int> Wait() {
    absl::MutexLock lock(&mutex_);
    const auto quiet = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return started_ == closed_;
    };
    EXPECT_TRUE(
        mutex_.AwaitWithTimeout(absl::Condition(&quiet), absl::Seconds(20)));
    return handled_;
  }

 private:
  absl::Mutex mutex_;
  int started_ ABSL_GUARDED_BY(mutex_) = 0;
  int closed_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::pair<int, absl::StatusCode>, int> handled_
      ABSL_GUARDED_BY(mutex_);
};

// A stream that answers nothing, and ends with OK when its reading does.
class SilentStream final
    : public grpc::ServerBidiReactor<v1::StreamContactPlansRequest,
                                     v1::StreamContactPlansResponse>,
      public DrainableStream {
 public:
  explicit SilentStream(StreamDrain& streams) : streams_(streams) {
    EXPECT_TRUE(streams_.Enter(this));
    StartRead(&request_);
    StartSendInitialMetadata();
  }
  void OnReadDone(bool ok) override {
    if (ok) {
      StartRead(&request_);
    } else if (!finished_.exchange(true)) {
      Finish(grpc::Status::OK);
    }
  }
  void EndForDrain() override {
    if (!finished_.exchange(true)) {
      Finish({grpc::StatusCode::UNAVAILABLE, "stopping"});
    }
  }
  void OnDone() override {
    streams_.Leave(this);
    delete this;
  }

 private:
  StreamDrain& streams_;
  std::atomic<bool> finished_ = false;
  v1::StreamContactPlansRequest request_;
};

// Answers a plan at once; an assessment with OK when its caller has given up.
class FakeService final : public v1::SchedulingService::CallbackService {
 public:
  explicit FakeService(StreamDrain& streams) : streams_(streams) {}

  grpc::ServerUnaryReactor* PlanContactCourse(
      grpc::CallbackServerContext* context,
      const v1::PlanContactCourseRequest* request,
      v1::PlanContactCourseResponse*) override {
    return ServeUnary(context, *request, validator_, 1000, [] {
      return absl::InternalError("what nobody may see");
    });
  }
  grpc::ServerUnaryReactor* AssessMeeting(grpc::CallbackServerContext*,
                                          const v1::AssessMeetingRequest*,
                                          v1::AssessMeetingResponse*) override {
    class Patient final : public grpc::ServerUnaryReactor {
      void OnCancel() override { Finish(grpc::Status::OK); }
      void OnDone() override { delete this; }
    };
    if (!assessing.HasBeenNotified()) assessing.Notify();
    return new Patient();
  }
  grpc::ServerBidiReactor<v1::StreamContactPlansRequest,
                          v1::StreamContactPlansResponse>*
  StreamContactPlans(grpc::CallbackServerContext*) override {
    return new SilentStream(streams_);
  }

  // An assessment is under way.
  absl::Notification assessing;

 private:
  StreamDrain& streams_;
  const request::Validator validator_{
      v1::PlanContactCourseRequest::descriptor()};
};

class ServerTest : public testing::Test {
 protected:
  explicit ServerTest(const ServerOptions& options = ServerOptions()) {
    auto server = Server::Start(options, {&service_}, methods_, meter_,
                                streams_, health_);
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    grpc::ChannelArguments arguments;
    arguments.SetMaxSendMessageSize(-1);
    channel_ = grpc::CreateCustomChannel(
        server_->address(), grpc::InsecureChannelCredentials(), arguments);
    stub_ = v1::SchedulingService::NewStub(channel_);
  }

  // How calls of a method ended.
  int Handled(const std::string& path, absl::StatusCode code) {
    const auto handled = meter_.Wait();
    const auto found = handled.find({methods_.Find(path), code});
    return found == handled.end() ? 0 : found->second;
  }

  HealthCheckResponse::ServingStatus Ask(const std::string& name) {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(name);
    HealthCheckResponse response;
    const auto status = grpc::health::v1::Health::NewStub(channel_)->Check(
        &context, request, &response);
    return status.ok() ? response.status()
                       : HealthCheckResponse::SERVICE_UNKNOWN;
  }

  const std::string assess_ = absl::StrCat("/", kService, "/AssessMeeting");
  const std::string plan_ = absl::StrCat("/", kService, "/PlanContactCourse");
  const std::string stream_ =
      absl::StrCat("/", kService, "/StreamContactPlans");
  MethodTable methods_{*DescriptorsOf({kService})};
  FakeMeter meter_;
  StreamDrain streams_;
  Health health_;
  FakeService service_{streams_};
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::SchedulingService::Stub> stub_;
};

TEST_F(ServerTest, AnAnswerThatComesAfterTheDeadlineIsNoSuccess) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(100));
  v1::AssessMeetingResponse response;
  EXPECT_EQ(stub_->AssessMeeting(&context, {}, &response).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(Handled(assess_, absl::StatusCode::kDeadlineExceeded), 1);
  EXPECT_EQ(Handled(assess_, absl::StatusCode::kOk), 0);
}

TEST_F(ServerTest, ACallThatItsCallerCancelsIsCancelled) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(60));
  std::thread caller([&] {
    v1::AssessMeetingResponse response;
    EXPECT_EQ(stub_->AssessMeeting(&context, {}, &response).error_code(),
              grpc::StatusCode::CANCELLED);
  });
  service_.assessing.WaitForNotification();
  context.TryCancel();
  caller.join();
  EXPECT_EQ(Handled(assess_, absl::StatusCode::kCancelled), 1);
}

TEST_F(ServerTest, AStreamThatItsCallerCancelsIsCancelled) {
  for (int i = 0; i < 50; ++i) {
    grpc::ClientContext context;
    auto stream = stub_->StreamContactPlans(&context);
    stream->WaitForInitialMetadata();
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  EXPECT_EQ(Handled(stream_, absl::StatusCode::kCancelled), 50);
}

TEST_F(ServerTest, AStreamWhoseDeadlinePassesHasExceededIt) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(100));
  auto stream = stub_->StreamContactPlans(&context);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(Handled(stream_, absl::StatusCode::kDeadlineExceeded), 1);
}

TEST_F(ServerTest, AStreamThatEndsWellIsOk) {
  grpc::ClientContext context;
  auto stream = stub_->StreamContactPlans(&context);
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(Handled(stream_, absl::StatusCode::kOk), 1);
}

TEST_F(ServerTest, AMethodThatDoesNotExistIsUnknown) {
  grpc::GenericStub generic(channel_);
  for (const char* method : {"/invented/Method", "/frikommune.x/Y"}) {
    grpc::ClientContext context;
    const grpc::Slice nothing;
    grpc::ByteBuffer request(&nothing, 1), response;
    absl::Notification done;
    grpc::Status status;
    generic.UnaryCall(&context, method, grpc::StubOptions(), &request,
                      &response, [&](grpc::Status got) {
                        status = std::move(got);
                        done.Notify();
                      });
    done.WaitForNotification();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  }
  EXPECT_EQ(Handled("/no/Such", absl::StatusCode::kUnimplemented), 2);
}

TEST_F(ServerTest, ATooLargeMessageIsAnsweredAndCounted) {
  v1::PlanContactCourseRequest request;
  request.set_municipality(std::string(1000, 'x'));
  v1::PlanContactCourseResponse response;
  grpc::ClientContext context;
  EXPECT_EQ(stub_->PlanContactCourse(&context, request, &response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(Handled(plan_, absl::StatusCode::kResourceExhausted), 1);
}

TEST_F(ServerTest, ABadRequestIsNotServed) {
  v1::PlanContactCourseResponse response;
  grpc::ClientContext context;
  EXPECT_EQ(stub_->PlanContactCourse(&context, {}, &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Handled(plan_, absl::StatusCode::kInvalidArgument), 1);
}

TEST_F(ServerTest, WhatIsWrongWithinStaysWithin) {
  v1::PlanContactCourseRequest request;
  request.set_municipality("municipalities/851");
  request.set_as_of("2018-01-01");
  request.mutable_course();
  v1::PlanContactCourseResponse response;
  grpc::ClientContext context;
  const auto status = stub_->PlanContactCourse(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(status.error_message(), "internal error");
  EXPECT_EQ(Handled(plan_, absl::StatusCode::kInternal), 1);
}

TEST_F(ServerTest, IsReadyWhenItSaysSo) {
  EXPECT_EQ(Ask(""), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(Ask("liveness"), HealthCheckResponse::SERVING);
  health_.SetReady(true);
  for (const char* name : {"", "liveness", "readiness"}) {
    EXPECT_EQ(Ask(name), HealthCheckResponse::SERVING) << name;
  }
  EXPECT_EQ(Ask("invented"), HealthCheckResponse::SERVICE_UNKNOWN);
}

TEST_F(ServerTest, EndsItsStreamsWhenItStops) {
  grpc::ClientContext context;
  auto stream = stub_->StreamContactPlans(&context);
  stream->WaitForInitialMetadata();
  const absl::Time begun = absl::Now();
  server_->Stop();
  // Well before the grace is over: nobody waited for the stream.
  EXPECT_LT(absl::Now() - begun, absl::Seconds(4));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(ServerTest, WhoWaitsForNobodyBreaksNothingOff) {
  EXPECT_EQ(server_->Stop(), 0);
  EXPECT_EQ(server_->Stop(), 0);
}

class ImpatientServerTest : public ServerTest {
 protected:
  ImpatientServerTest()
      : ServerTest(ServerOptions{.grace = absl::Milliseconds(50)}) {}
};

TEST_F(ImpatientServerTest, BreaksOffWhatTakesLongerThanTheGrace) {
  std::thread caller([&] {
    grpc::ClientContext context;
    v1::AssessMeetingResponse response;
    EXPECT_FALSE(stub_->AssessMeeting(&context, {}, &response).ok());
  });
  service_.assessing.WaitForNotification();
  EXPECT_EQ(server_->Stop(), 1);
  caller.join();
}

TEST_F(ServerTest, APortIsNotShared) {
  ServerOptions options;
  options.listen = server_->address();
  FakeService other(streams_);
  EXPECT_EQ(
      Server::Start(options, {&other}, methods_, meter_, streams_, health_)
          .status()
          .code(),
      absl::StatusCode::kUnavailable);
}

TEST(DescriptorsTest, AContractThatIsNotLinkedIsNotFound) {
  EXPECT_EQ(DescriptorsOf({"frikommune.invented.v1.X"}).status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace frikommune::rpc
