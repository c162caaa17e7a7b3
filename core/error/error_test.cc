#include "core/error/error.h"

#include <gtest/gtest.h>

namespace frikommune {
namespace {

TEST(ErrorTest, CarriesItsReasonAndField) {
  const absl::Status status =
      MakeError(absl::StatusCode::kNotFound,
                decision::v1::ERROR_REASON_MUNICIPALITY_UNKNOWN, "municipality",
                "municipality 999 is not in the network");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "municipality 999 is not in the network");
  EXPECT_EQ(ErrorInfoOf(status),
            (ErrorInfo{decision::v1::ERROR_REASON_MUNICIPALITY_UNKNOWN,
                       "municipality"}));
}

TEST(ErrorTest, TheWholeRequestHasNoField) {
  const absl::Status status =
      MakeError(absl::StatusCode::kInvalidArgument,
                decision::v1::ERROR_REASON_BATCH_TOO_LARGE, "", "1001 items");
  EXPECT_EQ(ErrorInfoOf(status).field, "");
}

TEST(ErrorTest, AnyOtherStatusHasNeither) {
  EXPECT_EQ(ErrorInfoOf(absl::InternalError("x")), ErrorInfo());
  EXPECT_EQ(ErrorInfoOf(absl::OkStatus()), ErrorInfo());
}

TEST(ErrorTest, EveryReasonHasItsNameAndComesBack) {
  const auto* reasons = decision::v1::ErrorReason_descriptor();
  for (int i = 0; i < reasons->value_count(); ++i) {
    const auto reason =
        static_cast<decision::v1::ErrorReason>(reasons->value(i)->number());
    const absl::Status status =
        MakeError(absl::StatusCode::kInvalidArgument, reason, "", "");
    EXPECT_EQ(ErrorInfoOf(status).reason, reason);
    EXPECT_EQ(ReasonName(reason).empty(), i == 0);
  }
  EXPECT_EQ(ReasonName(decision::v1::ERROR_REASON_CPR_NOT_ALLOWED),
            "CPR_NOT_ALLOWED");
  EXPECT_EQ(ReasonName(static_cast<decision::v1::ErrorReason>(9999)), "");
}

}  // namespace
}  // namespace frikommune
