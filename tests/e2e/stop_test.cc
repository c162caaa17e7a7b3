#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

namespace v1 = scheduling::v1;
using grpc::health::v1::HealthCheckResponse;

TEST(StopTest, EndsCleanlyOnEitherSignal) {
  for (const int signal : {SIGTERM, SIGINT}) {
    ServerProcess server;
    ASSERT_TRUE(server.ready());
    server.Signal(signal);
    EXPECT_EQ(server.Wait(), 0);
  }
}

TEST(StopTest, EndsItsStreamsAndTellsThemWhy) {
  ServerProcess server;
  ASSERT_TRUE(server.ready());
  const auto stub = v1::SchedulingService::NewStub(server.Connect());
  grpc::ClientContext context;
  auto stream = stub->StreamContactPlans(&context);
  v1::StreamContactPlansResponse response;
  ASSERT_TRUE(stream->Write({}));
  ASSERT_TRUE(stream->Read(&response));
  const absl::Time begun = absl::Now();
  server.Signal(SIGTERM);
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  google::rpc::Status told;
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(told.ParseFromString(status.error_details()));
  ASSERT_GT(told.details_size(), 0);
  ASSERT_TRUE(told.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "SHUTTING_DOWN");
  EXPECT_EQ(server.Wait(), 0);
  // It did not sit out the grace of five seconds.
  EXPECT_LT(absl::Now() - begun, absl::Seconds(4));
}

TEST(StopTest, ACallerThatTakesNoAnswersDoesNotKeepIt) {
  ServerProcess server({"--grace-seconds=1"});
  ASSERT_TRUE(server.ready());
  const auto stub = v1::SchedulingService::NewStub(server.Connect());
  grpc::ClientContext context;
  auto stream = stub->StreamContactPlans(&context);
  absl::Notification under_way;
  std::thread writer([&] {
    v1::StreamContactPlansRequest item;
    item.mutable_request()->set_municipality("municipalities/851");
    item.mutable_request()->set_as_of("2019-03-01");
    item.mutable_request()->mutable_course();
    item.mutable_request()->set_view(decision::v1::VIEW_FULL);
    for (int i = 0; stream->Write(item); ++i) {
      if (i == 100) under_way.Notify();
    }
  });
  under_way.WaitForNotification();
  server.Signal(SIGTERM);
  EXPECT_EQ(server.Wait(), 0);
  writer.join();
  context.TryCancel();
}

TEST(StopTest, SaysThatItIsLeavingAndGoesOnAnswering) {
  ServerProcess server({"--drain-seconds=2"});
  ASSERT_TRUE(server.ready());
  const auto channel = server.Connect();
  const auto health = grpc::health::v1::Health::NewStub(channel);
  grpc::ClientContext watch_context;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service("readiness");
  const auto watch = health->Watch(&watch_context, request);
  HealthCheckResponse seen;
  ASSERT_TRUE(watch->Read(&seen));
  EXPECT_EQ(seen.status(), HealthCheckResponse::SERVING);
  const absl::Time begun = absl::Now();
  server.Signal(SIGTERM);
  ASSERT_TRUE(watch->Read(&seen));
  EXPECT_EQ(seen.status(), HealthCheckResponse::NOT_SERVING);
  // A caller that has not noticed yet is still answered.
  grpc::ClientContext context;
  v1::PlanContactCourseResponse response;
  EXPECT_EQ(v1::SchedulingService::NewStub(channel)
                ->PlanContactCourse(&context, {}, &response)
                .error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  // The watch goes on, and does not hold the server up.
  EXPECT_EQ(server.Wait(), 0);
  EXPECT_LT(absl::Now() - begun, absl::Seconds(5));
}

}  // namespace
}  // namespace frikommune::e2e
