#include "adapters/prometheus/rpc_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "prometheus/text_serializer.h"

namespace frikommune::metrics {
namespace {

using testing::HasSubstr;

class RpcMetricsTest : public testing::Test {
 protected:
  std::string Told() const {
    return prometheus::TextSerializer().Serialize(registry_.Collect());
  }

  prometheus::Registry registry_;
  RpcMetrics metrics_{
      {{"unary", "a.v1.A", "Get"}, {"bidi_stream", "a.v1.A", "Stream"}},
      100,
      registry_};
};

// The library writes labels in the order of their names.
TEST_F(RpcMetricsTest, ExpectedSeriesExistFromTheStart) {
  const std::string told = Told();
  for (const char* code : {"OK", "Canceled", "DeadlineExceeded",
                           "InvalidArgument", "Unavailable"}) {
    EXPECT_THAT(
        told,
        HasSubstr(std::string("grpc_server_handled_total{grpc_code=\"") + code +
                  "\",grpc_method=\"Get\",grpc_service=\"a.v1.A\","
                  "grpc_type=\"unary\"} 0"));
  }
  EXPECT_THAT(told, HasSubstr("grpc_server_started_total{grpc_method="
                              "\"unknown\",grpc_service=\"unknown\","
                              "grpc_type=\"unknown\"} 0"));
}

TEST_F(RpcMetricsTest, CountsACallFromStartToEnd) {
  metrics_.Started(1);
  EXPECT_THAT(Told(), HasSubstr("grpc_server_in_flight 1"));
  metrics_.Handled(1, absl::StatusCode::kAborted, absl::Milliseconds(20));
  metrics_.Closed();
  const std::string told = Told();
  EXPECT_THAT(told, HasSubstr("grpc_server_in_flight 0"));
  EXPECT_THAT(told, HasSubstr("grpc_server_handled_total{grpc_code=\"Aborted\","
                              "grpc_method=\"Stream\",grpc_service=\"a.v1.A\","
                              "grpc_type=\"bidi_stream\"} 1"));
  EXPECT_THAT(told, HasSubstr("grpc_server_handling_seconds_bucket{grpc_method="
                              "\"Stream\",grpc_service=\"a.v1.A\",grpc_type="
                              "\"bidi_stream\",le=\"0.01\"} 0"));
  EXPECT_THAT(told, HasSubstr("grpc_server_handling_seconds_bucket{grpc_method="
                              "\"Stream\",grpc_service=\"a.v1.A\",grpc_type="
                              "\"bidi_stream\",le=\"0.025\"} 1"));
}

TEST_F(RpcMetricsTest, UnknownMethodsAreOne) {
  metrics_.Started(kUnknownRpc);
  metrics_.Handled(kUnknownRpc, absl::StatusCode::kUnimplemented,
                   absl::ZeroDuration());
  metrics_.Closed();
  EXPECT_THAT(Told(),
              HasSubstr("grpc_server_handled_total{grpc_code="
                        "\"Unimplemented\",grpc_method=\"unknown\","
                        "grpc_service=\"unknown\",grpc_type=\"unknown\"} 1"));
}

TEST_F(RpcMetricsTest, ACodeWithoutANameIsUnknown) {
  metrics_.Handled(0, static_cast<absl::StatusCode>(99), absl::ZeroDuration());
  EXPECT_THAT(Told(), HasSubstr("grpc_server_handled_total{grpc_code="
                                "\"Unknown\",grpc_method=\"Get\""));
}

}  // namespace
}  // namespace frikommune::metrics
