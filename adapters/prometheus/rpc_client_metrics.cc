#include "adapters/prometheus/rpc_client_metrics.h"

namespace frikommune::metrics {
namespace {

// As grpc-go writes them; those that a call to certificates ends with.
const char* NameOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return "OK";
    case absl::StatusCode::kCancelled:
      return "Canceled";
    case absl::StatusCode::kInvalidArgument:
      return "InvalidArgument";
    case absl::StatusCode::kDeadlineExceeded:
      return "DeadlineExceeded";
    case absl::StatusCode::kNotFound:
      return "NotFound";
    case absl::StatusCode::kResourceExhausted:
      return "ResourceExhausted";
    case absl::StatusCode::kUnimplemented:
      return "Unimplemented";
    case absl::StatusCode::kInternal:
      return "Internal";
    case absl::StatusCode::kUnavailable:
      return "Unavailable";
    default:
      return "Unknown";
  }
}

const prometheus::Histogram::BucketBoundaries kSeconds = {
    .001, .005, .01, .025, .05, .1, .25, .5, 1};

}  // namespace

RpcClientMetrics::RpcClientMetrics(const std::string& service,
                                   const std::string& method,
                                   const std::string& target,
                                   prometheus::Registry& registry)
    : labels_({{"grpc_service", service},
               {"grpc_method", method},
               {"target", target}}),
      started_(prometheus::BuildCounter()
                   .Name("grpc_client_started_total")
                   .Help("Attempts of calls to other servers.")
                   .Register(registry)
                   .Add(labels_)),
      handled_(prometheus::BuildCounter()
                   .Name("grpc_client_handled_total")
                   .Help("Attempts of calls to other servers that ended, by "
                         "how.")
                   .Register(registry)),
      handling_seconds_(prometheus::BuildHistogram()
                            .Name("grpc_client_handling_seconds")
                            .Help("Time that an attempt took.")
                            .Register(registry)
                            .Add(labels_, kSeconds)) {
  // So that the first of each is seen as an increase.
  for (const auto code :
       {absl::StatusCode::kOk, absl::StatusCode::kDeadlineExceeded,
        absl::StatusCode::kUnavailable}) {
    auto labels = labels_;
    labels["grpc_code"] = NameOf(code);
    handled_.Add(labels);
  }
}

void RpcClientMetrics::Started() { started_.Increment(); }

void RpcClientMetrics::Handled(absl::StatusCode code, absl::Duration took) {
  auto labels = labels_;
  labels["grpc_code"] = NameOf(code);
  handled_.Add(labels).Increment();
  handling_seconds_.Observe(absl::ToDoubleSeconds(took));
}

}  // namespace frikommune::metrics
