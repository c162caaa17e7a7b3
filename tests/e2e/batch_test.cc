#include <gtest/gtest.h>

#include <string>

#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

namespace v1 = scheduling::v1;

v1::PlanContactCourseRequest GoodRequest(const std::string& case_id) {
  v1::PlanContactCourseRequest request;
  request.set_municipality("municipalities/851");
  request.set_as_of("2019-03-01");
  request.mutable_course()->set_case_id(case_id);
  request.mutable_course()->set_target_group(
      decision::v1::TARGET_GROUP_INSURED_UNEMPLOYED);
  request.mutable_course()->set_unemployment_start("2019-01-07");
  return request;
}

class BatchTest : public testing::Test {
 protected:
  grpc::Status Plan(const v1::BatchPlanContactCoursesRequest& request,
                    v1::BatchPlanContactCoursesResponse* response) {
    grpc::ClientContext context;
    return v1::SchedulingService::NewStub(server_.Connect())
        ->BatchPlanContactCourses(&context, request, response);
  }

  // The reason of a refusal.
  static std::string ReasonOf(const grpc::Status& status) {
    google::rpc::Status told;
    google::rpc::ErrorInfo info;
    told.ParseFromString(status.error_details());
    if (told.details_size() > 0) told.details(0).UnpackTo(&info);
    return info.reason();
  }

  const ServerProcess server_;
};

TEST_F(BatchTest, ABadItemIsAnsweredInItsPlace) {
  v1::BatchPlanContactCoursesRequest batch;
  *batch.add_requests() = GoodRequest("a");
  *batch.add_requests() = GoodRequest("b");
  batch.mutable_requests(1)->set_as_of("2019-02-30");
  *batch.add_requests() = GoodRequest("c");
  batch.mutable_requests(2)->set_municipality("municipalities/999");
  *batch.add_requests() = GoodRequest("d");
  v1::BatchPlanContactCoursesResponse response;
  ASSERT_TRUE(Plan(batch, &response).ok());
  ASSERT_EQ(response.results_size(), 4);
  EXPECT_EQ(response.results(0).plan().case_id(), "a");
  EXPECT_EQ(response.results(1).error().code(), 3);
  EXPECT_EQ(response.results(1).error().reason(),
            decision::v1::ERROR_REASON_DATE_INVALID);
  EXPECT_EQ(response.results(1).error().field(), "as_of");
  EXPECT_EQ(response.results(2).error().reason(),
            decision::v1::ERROR_REASON_MUNICIPALITY_UNKNOWN);
  EXPECT_EQ(response.results(3).plan().case_id(), "d");
}

TEST_F(BatchTest, IsBasicUnlessSomeoneAsksForMore) {
  v1::BatchPlanContactCoursesRequest batch;
  *batch.add_requests() = GoodRequest("a");
  *batch.add_requests() = GoodRequest("b");
  batch.mutable_requests(1)->set_view(decision::v1::VIEW_FULL);
  v1::BatchPlanContactCoursesResponse response;
  ASSERT_TRUE(Plan(batch, &response).ok());
  ASSERT_GT(response.results(0).plan().duties_size(), 0);
  EXPECT_FALSE(response.results(0).plan().duties(0).has_title());
  EXPECT_TRUE(response.results(1).plan().duties(0).has_title());
  batch.set_view(decision::v1::VIEW_FULL);
  ASSERT_TRUE(Plan(batch, &response).ok());
  EXPECT_TRUE(response.results(0).plan().duties(0).has_title());
}

TEST_F(BatchTest, TakesAThousandAndNotOneMore) {
  v1::BatchPlanContactCoursesRequest batch;
  for (int i = 0; i < 1000; ++i) {
    *batch.add_requests() = GoodRequest(std::to_string(i));
  }
  v1::BatchPlanContactCoursesResponse response;
  ASSERT_TRUE(Plan(batch, &response).ok());
  ASSERT_EQ(response.results_size(), 1000);
  EXPECT_EQ(response.results(999).plan().case_id(), "999");
  *batch.add_requests() = GoodRequest("1000");
  const grpc::Status status = Plan(batch, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(status), "BATCH_TOO_LARGE");
}

TEST_F(BatchTest, AnEmptyBatchAndAHugeOneAreRefused) {
  v1::BatchPlanContactCoursesResponse response;
  EXPECT_EQ(ReasonOf(Plan({}, &response)), "FIELD_REQUIRED");
  v1::BatchPlanContactCoursesRequest huge;
  huge.add_requests()->set_municipality(std::string((8 << 20) + 1, 'x'));
  EXPECT_EQ(ReasonOf(Plan(huge, &response)), "MESSAGE_TOO_LARGE");
}

}  // namespace
}  // namespace frikommune::e2e
