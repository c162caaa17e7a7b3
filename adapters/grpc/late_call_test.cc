#include "adapters/grpc/late_call.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "adapters/grpc/later.h"
#include "adapters/grpc/raw_later.h"
#include "adapters/grpc/with_methods.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"

namespace frikommune::rpc {
namespace {

namespace v1 = scheduling::v1;
using Service = v1::SchedulingService;

constexpr absl::Duration kMax = absl::Milliseconds(200);

// Takes plans as bytes and assessments as messages, and answers none until it
// is told to.
class SlowService final
    : public WithMethods<Service::Service,
                         Service::WithRawCallbackMethod_PlanContactCourse,
                         Service::WithCallbackMethod_AssessMeeting> {
 public:
  grpc::ServerUnaryReactor* PlanContactCourse(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    return ServeRawLater<v1::PlanContactCourseRequest>(
        context, *request, plans_, kUnaryBytesMax, 100, *response,
        [this](const auto&, wire::MessageWriter&, Done done) {
          Keep(std::move(done));
        });
  }
  grpc::ServerUnaryReactor* AssessMeeting(
      grpc::CallbackServerContext* context,
      const v1::AssessMeetingRequest* request,
      v1::AssessMeetingResponse*) override {
    return ServeUnaryLater(context, *request, assessments_, kUnaryBytesMax,
                           [this](Done done) { Keep(std::move(done)); });
  }

  // Answers what came, once that many calls have.
  void AnswerAll(size_t calls) {
    std::vector<Done> kept;
    {
      absl::MutexLock lock(&mutex_);
      const auto came = [this, calls]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
        return kept_.size() == calls;
      };
      mutex_.Await(absl::Condition(&came));
      kept.swap(kept_);
    }
    for (Done& done : kept) std::move(done)(absl::OkStatus());
  }

 private:
  void Keep(Done done) {
    absl::MutexLock lock(&mutex_);
    kept_.push_back(std::move(done));
  }

  const request::Validator plans_{v1::PlanContactCourseRequest::descriptor()};
  const request::Validator assessments_{v1::AssessMeetingRequest::descriptor()};
  absl::Mutex mutex_;
  std::vector<Done> kept_ ABSL_GUARDED_BY(mutex_);
};

class LateCallTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { CapLateCalls(kMax); }

  LateCallTest() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = Service::NewStub(grpc::CreateChannel(
        absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials()));
  }
  ~LateCallTest() override { server_->Shutdown(); }

  // Both wait for longer than the cap.
  static void SetDeadline(grpc::ClientContext& context) {
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(60));
  }
  grpc::StatusCode Plan() {
    v1::PlanContactCourseRequest request;
    request.set_municipality("municipalities/851");
    request.set_as_of("2019-03-01");
    request.mutable_course();
    grpc::ClientContext context;
    SetDeadline(context);
    v1::PlanContactCourseResponse response;
    return stub_->PlanContactCourse(&context, request, &response).error_code();
  }
  grpc::StatusCode Assess() {
    v1::AssessMeetingRequest request;
    request.set_municipality("municipalities/851");
    request.mutable_course()->set_target_group(
        decision::v1::TARGET_GROUP_INSURED_UNEMPLOYED);
    request.mutable_meeting()->set_kind(v1::MEETING_KIND_JOINT_MEETING);
    request.mutable_meeting()->set_ordinal(1);
    request.mutable_meeting()->set_date("2019-02-25");
    grpc::ClientContext context;
    SetDeadline(context);
    v1::AssessMeetingResponse response;
    return stub_->AssessMeeting(&context, request, &response).error_code();
  }

  SlowService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Service::Stub> stub_;
};

TEST_F(LateCallTest, WhatIsAnsweredInTimeIsNotEnded) {
  for (int i = 0; i < 20; ++i) {
    std::thread answerer([this] { service_.AnswerAll(1); });
    EXPECT_EQ(i % 2 == 0 ? Plan() : Assess(), grpc::StatusCode::OK);
    answerer.join();
  }
}

TEST_F(LateCallTest, WhatIsNotIsEnded) {
  const absl::Time begun = absl::Now();
  EXPECT_EQ(Plan(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_GE(absl::Now() - begun, kMax);
  EXPECT_EQ(Assess(), grpc::StatusCode::CANCELLED);
  EXPECT_LT(absl::Now() - begun, absl::Seconds(30));
  // The answers come too late, and do no harm.
  service_.AnswerAll(2);
}

}  // namespace
}  // namespace frikommune::rpc
