#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/blocking_counter.h"
#include "frikommune/catalog/v1/catalog_service.grpc.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/e2e/metrics_page.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

namespace v1 = scheduling::v1;
using testing::IsSubsetOf;

constexpr char kService[] = "frikommune.scheduling.v1.SchedulingService";

class MetricsTest : public testing::Test {
 protected:
  MetricsTest()
      : channel_(server_.Connect()),
        stub_(v1::SchedulingService::NewStub(channel_)) {}

  MetricsPage Page() const {
    return MetricsPage::Get(server_.metrics_address());
  }
  double WaitForHandled(const std::string& type, const std::string& method,
                        const std::string& code, double value) const {
    return WaitFor(server_.metrics_address(),
                   Handled(type, kService, method, code), value);
  }

  const ServerProcess server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::SchedulingService::Stub> stub_;
};

TEST_F(MetricsTest, ACancelledStreamIsCountedAsCancelled) {
  constexpr int kStreams = 20;
  for (int i = 0; i < kStreams; ++i) {
    grpc::ClientContext context;
    auto stream = stub_->StreamContactPlans(&context);
    v1::StreamContactPlansResponse response;
    ASSERT_TRUE(stream->Write({}));
    ASSERT_TRUE(stream->Read(&response));
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  EXPECT_EQ(
      WaitForHandled("bidi_stream", "StreamContactPlans", "Canceled", kStreams),
      kStreams);
  EXPECT_EQ(
      Page()[Handled("bidi_stream", kService, "StreamContactPlans", "OK")], 0);
}

TEST_F(MetricsTest, ATimedOutStreamIsCountedAsSuch) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(200));
  auto stream = stub_->StreamContactPlans(&context);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(WaitForHandled("bidi_stream", "StreamContactPlans",
                           "DeadlineExceeded", 1),
            1);
  EXPECT_EQ(WaitFor(server_.metrics_address(), "grpc_server_in_flight", 0), 0);
}

// All of them are one stranger, whose series come with the first.
TEST_F(MetricsTest, InventedNamesMakeNoSeries) {
  constexpr int kNames = 2000;
  const std::string strangers =
      Handled("unknown", "unknown", "unknown", "Unimplemented");
  size_t before = 0;
  grpc::GenericStub generic(channel_);
  const grpc::Slice nothing;
  const grpc::ByteBuffer request(&nothing, 1);
  for (int i = 0; i < kNames; ++i) {
    grpc::ClientContext context;
    grpc::ByteBuffer response;
    absl::BlockingCounter done(1);
    generic.UnaryCall(&context, absl::StrCat("/invented.Service", i, "/M", i),
                      grpc::StubOptions(), &request, &response,
                      [&done](const grpc::Status& status) {
                        EXPECT_EQ(status.error_code(),
                                  grpc::StatusCode::UNIMPLEMENTED);
                        done.DecrementCount();
                      });
    done.Wait();
    if (i > 0) continue;
    EXPECT_EQ(WaitFor(server_.metrics_address(), strangers, 1), 1);
    before = Page().size();
  }
  EXPECT_EQ(WaitFor(server_.metrics_address(), strangers, kNames), kNames);
  EXPECT_EQ(Page().size(), before);
  EXPECT_EQ(Page().Of("grpc_server_started_total{grpc_method=\"M").size(), 0);
}

TEST_F(MetricsTest, ATooLargeMessageIsToldAndCounted) {
  v1::PlanContactCourseRequest request;
  request.mutable_course()->set_case_id(std::string((1 << 20) + 1, 'x'));
  grpc::ClientContext context;
  v1::PlanContactCourseResponse response;
  const auto status = stub_->PlanContactCourse(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  google::rpc::Status told;
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(told.ParseFromString(status.error_details()));
  ASSERT_EQ(told.details_size(), 1);
  ASSERT_TRUE(told.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "MESSAGE_TOO_LARGE");
  EXPECT_EQ(
      WaitForHandled("unary", "PlanContactCourse", "ResourceExhausted", 1), 1);
}

TEST_F(MetricsTest, EachDecisionThatIsAnsweredIsCounted) {
  v1::AssessMeetingRequest request;
  request.set_municipality("municipalities/851");
  request.mutable_course()->set_target_group(
      decision::v1::TARGET_GROUP_INSURED_UNEMPLOYED);
  request.mutable_course()->set_unemployment_start("2019-01-07");
  auto* meeting = request.mutable_meeting();
  meeting->set_kind(v1::MEETING_KIND_JOINT_MEETING);
  meeting->set_ordinal(1);
  meeting->set_date("2019-02-25");
  grpc::ClientContext context;
  v1::AssessMeetingResponse response;
  ASSERT_TRUE(stub_->AssessMeeting(&context, request, &response).ok());
  ASSERT_GT(response.verdicts_size(), 0);
  double counted = 0;
  for (const auto& [series, value] : Page().Of("frikommune_decisions_total")) {
    counted += value;
  }
  EXPECT_EQ(counted, response.verdicts_size());
  EXPECT_EQ(Page()["frikommune_decisions_total{service=\"scheduling\","
                   "experiment=\"E01\",outcome=\"ALLOWED_BY_EXPERIMENT\","
                   "municipality=\"851\",regime=\"PRE_2020\"}"],
            1);
}

TEST_F(MetricsTest, TellsItsCatalogAndItself) {
  grpc::ClientContext context;
  catalog::v1::GetCatalogResponse response;
  ASSERT_TRUE(catalog::v1::CatalogService::NewStub(channel_)
                  ->GetCatalog(&context, {}, &response)
                  .ok());
  const MetricsPage page = Page();
  EXPECT_EQ(page[absl::StrCat("frikommune_catalog_info{digest=\"",
                              response.digest(), "\"}")],
            1);
  EXPECT_EQ(page.Of("frikommune_build_info").size(), 1);
  EXPECT_GT(page["process_resident_memory_bytes"], 0);
  EXPECT_GT(page["process_start_time_seconds"], 0);
}

// A label that nobody thought about may hold what nobody may see.
TEST_F(MetricsTest, HasNoLabelsButTheseAndFewSeries) {
  std::set<std::string> labels;
  const MetricsPage page = Page();
  for (const auto& [series, value] : page.Of("")) {
    const size_t brace = series.find('{');
    if (brace == std::string::npos) continue;
    for (const auto& label :
         absl::StrSplit(series.substr(brace + 1), absl::ByString("\","))) {
      labels.insert(std::string(label.substr(0, label.find('='))));
    }
  }
  EXPECT_THAT(labels, IsSubsetOf({"grpc_type", "grpc_service", "grpc_method",
                                  "grpc_code", "le", "quantile", "service",
                                  "experiment", "outcome", "municipality",
                                  "regime", "digest", "version", "compiler",
                                  "reason", "status", "result"}));
  EXPECT_LT(page.size(), 1000);
}

}  // namespace
}  // namespace frikommune::e2e
