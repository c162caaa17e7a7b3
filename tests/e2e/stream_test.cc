#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

namespace v1 = scheduling::v1;

class StreamTest : public testing::Test {
 protected:
  const ServerProcess server_;
  std::unique_ptr<v1::SchedulingService::Stub> stub_ =
      v1::SchedulingService::NewStub(server_.Connect());
};

TEST_F(StreamTest, AnswersEachInOrderAndGoesOnAfterABadOne) {
  constexpr int kItems = 500;
  grpc::ClientContext context;
  auto stream = stub_->StreamContactPlans(&context);
  std::thread writer([&stream] {
    for (int i = 0; i < kItems; ++i) {
      v1::StreamContactPlansRequest item;
      auto* request = item.mutable_request();
      request->set_municipality("municipalities/851");
      request->set_as_of(i % 10 == 3 ? "never" : "2019-03-01");
      request->mutable_course()->set_case_id(std::to_string(i));
      stream->Write(item);
    }
    stream->WritesDone();
  });
  v1::StreamContactPlansResponse response;
  int seen = 0;
  while (stream->Read(&response)) {
    if (seen % 10 == 3) {
      EXPECT_EQ(response.result().error().reason(),
                decision::v1::ERROR_REASON_DATE_INVALID);
    } else {
      EXPECT_EQ(response.result().plan().case_id(), std::to_string(seen));
    }
    ++seen;
  }
  writer.join();
  EXPECT_EQ(seen, kItems);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(StreamTest, ATooLargeItemEndsIt) {
  grpc::ClientContext context;
  auto stream = stub_->StreamContactPlans(&context);
  v1::StreamContactPlansRequest item;
  item.mutable_request()->set_municipality(std::string((1 << 20) + 1, 'x'));
  stream->Write(item);
  v1::StreamContactPlansResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

}  // namespace
}  // namespace frikommune::e2e
