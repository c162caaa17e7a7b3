#include "adapters/prometheus/rpc_metrics.h"

#include <map>
#include <string>

namespace frikommune::metrics {
namespace {

constexpr const char* kCodeNames[] = {"OK",
                                      "Canceled",
                                      "Unknown",
                                      "InvalidArgument",
                                      "DeadlineExceeded",
                                      "NotFound",
                                      "AlreadyExists",
                                      "PermissionDenied",
                                      "ResourceExhausted",
                                      "FailedPrecondition",
                                      "Aborted",
                                      "OutOfRange",
                                      "Unimplemented",
                                      "Internal",
                                      "Unavailable",
                                      "DataLoss",
                                      "Unauthenticated"};

// The codes that the contracts speak of, and those of a call that is broken
// off.
constexpr absl::StatusCode kExpected[] = {
    absl::StatusCode::kOk,
    absl::StatusCode::kCancelled,
    absl::StatusCode::kInvalidArgument,
    absl::StatusCode::kDeadlineExceeded,
    absl::StatusCode::kNotFound,
    absl::StatusCode::kResourceExhausted,
    absl::StatusCode::kInternal,
    absl::StatusCode::kUnavailable,
};

const prometheus::Histogram::BucketBoundaries kSeconds = {
    .005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10};

std::map<std::string, std::string> LabelsOf(const RpcMethod& method) {
  return {{"grpc_type", method.type},
          {"grpc_service", method.service},
          {"grpc_method", method.method}};
}

}  // namespace

RpcMetrics::RpcMetrics(const std::vector<RpcMethod>& methods,
                       prometheus::Registry& registry)
    : started_(prometheus::BuildCounter()
                   .Name("grpc_server_started_total")
                   .Help("Calls that began.")
                   .Register(registry)),
      handled_(prometheus::BuildCounter()
                   .Name("grpc_server_handled_total")
                   .Help("Calls that were answered, by the code that the "
                         "caller saw.")
                   .Register(registry)),
      handling_seconds_(prometheus::BuildHistogram()
                            .Name("grpc_server_handling_seconds")
                            .Help("Time from the start of a call to its "
                                  "answer.")
                            .Register(registry)),
      in_flight_(prometheus::BuildGauge()
                     .Name("grpc_server_in_flight")
                     .Help("Calls that hold resources now.")
                     .Register(registry)
                     .Add({})) {
  for (const RpcMethod& method : methods) {
    AddSeries(method);
    for (const absl::StatusCode code : kExpected) {
      HandledSeries(*series_.back(), static_cast<int>(code));
    }
  }
  AddSeries({"unknown", "unknown", "unknown"});
  HandledSeries(*series_.back(),
                static_cast<int>(absl::StatusCode::kUnimplemented));
}

void RpcMetrics::AddSeries(const RpcMethod& method) {
  auto series = std::make_unique<Series>();
  series->method = method;
  series->started = &started_.Add(LabelsOf(method));
  series->handling_seconds = &handling_seconds_.Add(LabelsOf(method), kSeconds);
  series_.push_back(std::move(series));
}

prometheus::Counter& RpcMetrics::HandledSeries(Series& series, int code) {
  prometheus::Counter* counter = series.handled[code].load();
  if (counter == nullptr) {
    // Two threads that come here at once are given the same series.
    auto labels = LabelsOf(series.method);
    labels["grpc_code"] = kCodeNames[code];
    counter = &handled_.Add(labels);
    series.handled[code].store(counter);
  }
  return *counter;
}

RpcMetrics::Series& RpcMetrics::At(int method) {
  return method == kUnknownRpc ? *series_.back() : *series_[method];
}

void RpcMetrics::Started(int method) {
  At(method).started->Increment();
  in_flight_.Increment();
}

void RpcMetrics::Handled(int method, absl::StatusCode code,
                         absl::Duration took) {
  Series& series = At(method);
  int number = static_cast<int>(code);
  if (number < 0 || number >= kCodes) {
    number = static_cast<int>(absl::StatusCode::kUnknown);
  }
  HandledSeries(series, number).Increment();
  series.handling_seconds->Observe(absl::ToDoubleSeconds(took));
}

void RpcMetrics::Closed() { in_flight_.Decrement(); }

}  // namespace frikommune::metrics
