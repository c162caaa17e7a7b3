#include "adapters/grpc/method_table.h"

#include <gtest/gtest.h>

#include "frikommune/scheduling/v1/scheduling_service.pb.h"

namespace frikommune::rpc {
namespace {

class MethodTableTest : public testing::Test {
 protected:
  MethodTable table_{
      {scheduling::v1::PlanContactCourseRequest::descriptor()->file()->service(
          0)}};
};

TEST_F(MethodTableTest, KnowsEachMethodOfItsServices) {
  const int place = table_.Find(
      "/frikommune.scheduling.v1.SchedulingService/PlanContactCourse");
  ASSERT_NE(place, kUnknownRpc);
  const RpcMethod& method = table_.methods()[place];
  EXPECT_EQ(method.type, "unary");
  EXPECT_EQ(method.service, "frikommune.scheduling.v1.SchedulingService");
  EXPECT_EQ(method.method, "PlanContactCourse");
  const int stream = table_.Find(
      "/frikommune.scheduling.v1.SchedulingService/StreamContactPlans");
  ASSERT_NE(stream, kUnknownRpc);
  EXPECT_EQ(table_.methods()[stream].type, "bidi_stream");
}

TEST_F(MethodTableTest, AnyOtherNameIsUnknown) {
  for (const char* name :
       {"", "/", "/a/b", "PlanContactCourse",
        "/frikommune.scheduling.v1.SchedulingService",
        "/frikommune.scheduling.v1.SchedulingService/",
        "/frikommune.scheduling.v1.SchedulingService/plancontactcourse",
        "/frikommune.scheduling.v1.SchedulingService/PlanContactCourse/"}) {
    EXPECT_EQ(table_.Find(name), kUnknownRpc) << name;
  }
}

}  // namespace
}  // namespace frikommune::rpc
