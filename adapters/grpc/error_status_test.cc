#include "adapters/grpc/error_status.h"

#include <gtest/gtest.h>

#include <memory>

#include "core/error/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace frikommune::rpc {
namespace {

// The details of one type in a status; null if there is none.
template <typename Detail>
std::unique_ptr<Detail> DetailOf(const grpc::Status& status) {
  google::rpc::Status told;
  EXPECT_TRUE(told.ParseFromString(status.error_details()));
  for (const auto& any : told.details()) {
    auto detail = std::make_unique<Detail>();
    if (any.UnpackTo(detail.get())) return detail;
  }
  return nullptr;
}

TEST(ErrorStatusTest, TellsReasonAndField) {
  const grpc::Status status = ToGrpcStatus(
      MakeError(absl::StatusCode::kNotFound,
                decision::v1::ERROR_REASON_MUNICIPALITY_UNKNOWN, "municipality",
                "municipality 999 is not in the network"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), "municipality 999 is not in the network");
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  ASSERT_TRUE(info != nullptr);
  EXPECT_EQ(info->reason(), "MUNICIPALITY_UNKNOWN");
  EXPECT_EQ(info->domain(), "frikommune");
  const auto bad = DetailOf<google::rpc::BadRequest>(status);
  ASSERT_TRUE(bad != nullptr);
  ASSERT_EQ(bad->field_violations_size(), 1);
  EXPECT_EQ(bad->field_violations(0).field(), "municipality");
  EXPECT_TRUE(DetailOf<google::rpc::RetryInfo>(status) == nullptr);
}

TEST(ErrorStatusTest, TellsWhenToTryAgain) {
  const grpc::Status status = ToGrpcStatus(
      MakeError(absl::StatusCode::kUnavailable,
                decision::v1::ERROR_REASON_SHUTTING_DOWN, "", "stopping"));
  const auto retry = DetailOf<google::rpc::RetryInfo>(status);
  ASSERT_TRUE(retry != nullptr);
  EXPECT_EQ(retry->retry_delay().seconds(), 1);
  EXPECT_TRUE(DetailOf<google::rpc::BadRequest>(status) == nullptr);
}

TEST(ErrorStatusTest, ATooLargeMessageIsNotWorthRetrying) {
  const grpc::Status status = ToGrpcStatus(
      MakeError(absl::StatusCode::kResourceExhausted,
                decision::v1::ERROR_REASON_MESSAGE_TOO_LARGE, "", "too large"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(DetailOf<google::rpc::RetryInfo>(status) == nullptr);
  EXPECT_TRUE(DetailOf<google::rpc::RetryInfo>(ToGrpcStatus(
                  absl::ResourceExhaustedError("busy"))) != nullptr);
}

TEST(ErrorStatusTest, OurFaultsAreNotTold) {
  for (const absl::Status& fault :
       {absl::InternalError("row 17 of secret"), absl::UnknownError("x"),
        absl::DataLossError("y")}) {
    const grpc::Status status = ToGrpcStatus(fault);
    EXPECT_EQ(static_cast<int>(status.error_code()),
              static_cast<int>(fault.code()));
    EXPECT_EQ(status.error_message(), "internal error");
    EXPECT_EQ(status.error_details(), "");
  }
}

TEST(ErrorStatusTest, OkIsOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
}

}  // namespace
}  // namespace frikommune::rpc
