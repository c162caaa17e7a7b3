#include "adapters/prometheus/rpc_metrics.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/match.h"

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

// Those that the alerts look for, and of a call that is broken off.
constexpr absl::StatusCode kExpected[] = {
    absl::StatusCode::kOk,
    absl::StatusCode::kCancelled,
    absl::StatusCode::kInvalidArgument,
    absl::StatusCode::kDeadlineExceeded,
    absl::StatusCode::kInternal,
    absl::StatusCode::kUnavailable,
};

// In the order of ShedReason.
constexpr const char* kShedNames[kShedReasons] = {"queue_full", "draining",
                                                  "deadline"};

const prometheus::Histogram::BucketBoundaries kSeconds = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
const prometheus::Histogram::BucketBoundaries kBytes = {
    256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304};

std::map<std::string, std::string> LabelsOf(const RpcMethod& method) {
  return {{"grpc_type", method.type},
          {"grpc_service", method.service},
          {"grpc_method", method.method}};
}

prometheus::Family<prometheus::Counter>& Counters(
    const char* name, const char* help, prometheus::Registry& registry) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

prometheus::Family<prometheus::Histogram>& Histograms(
    const char* name, const char* help, prometheus::Registry& registry) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
}

prometheus::Gauge& LoneGauge(const char* name, const char* help,
                             prometheus::Registry& registry) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add(
      {});
}

}  // namespace

RpcMetrics::RpcMetrics(const std::vector<RpcMethod>& methods,
                       int in_flight_limit, prometheus::Registry& registry)
    : started_(
          Counters("grpc_server_started_total", "Calls that began.", registry)),
      handled_(Counters("grpc_server_handled_total",
                        "Calls that were answered, by the code that the caller "
                        "saw.",
                        registry)),
      handling_seconds_(Histograms("grpc_server_handling_seconds",
                                   "Time from the start of a call to its "
                                   "answer.",
                                   registry)),
      received_(Counters("grpc_server_msg_received_total",
                         "Messages that came on streams.", registry)),
      sent_(Counters("grpc_server_msg_sent_total",
                     "Messages that were sent on streams.", registry)),
      request_bytes_(Histograms("grpc_server_request_bytes",
                                "Size of the messages that came.", registry)),
      response_bytes_(Histograms("grpc_server_response_bytes",
                                 "Size of the messages that were sent.",
                                 registry)),
      in_flight_(LoneGauge("grpc_server_in_flight",
                           "Calls that hold resources now.", registry)) {
  LoneGauge("grpc_server_in_flight_limit", "How many calls are taken at once.",
            registry)
      .Set(in_flight_limit);
  auto& shed = Counters("frikommune_requests_shed_total",
                        "Calls that were turned away undone.", registry);
  for (int i = 0; i < kShedReasons; ++i) {
    shed_[i] = &shed.Add({{"reason", kShedNames[i]}});
  }
  for (const RpcMethod& method : methods) {
    Series& series = AddSeries(method);
    for (const absl::StatusCode code : kExpected) {
      HandledSeries(series, static_cast<int>(code));
    }
  }
  HandledSeries(AddSeries({"unknown", "unknown", "unknown"}),
                static_cast<int>(absl::StatusCode::kUnimplemented));
}

RpcMetrics::Series& RpcMetrics::AddSeries(const RpcMethod& method) {
  auto series = std::make_unique<Series>();
  series->method = method;
  series->started = &started_.Add(LabelsOf(method));
  if (absl::EndsWith(method.type, "_stream")) {
    series->received = &received_.Add(LabelsOf(method));
    series->sent = &sent_.Add(LabelsOf(method));
  }
  if (absl::StartsWith(method.service, "frikommune.")) {
    // Methods of one service are given the same series.
    const std::map<std::string, std::string> service = {
        {"grpc_service", method.service}};
    series->request_bytes = &request_bytes_.Add(service, kBytes);
    series->response_bytes = &response_bytes_.Add(service, kBytes);
  }
  series_.push_back(std::move(series));
  return *series_.back();
}

prometheus::Histogram& RpcMetrics::SecondsOf(Series& series) {
  prometheus::Histogram* seconds = series.handling_seconds.load();
  if (seconds == nullptr) {
    // Two threads that come here at once are given the same series.
    seconds = &handling_seconds_.Add(LabelsOf(series.method), kSeconds);
    series.handling_seconds.store(seconds);
  }
  return *seconds;
}

prometheus::Counter& RpcMetrics::HandledSeries(Series& series, int code) {
  prometheus::Counter* counter = series.handled[code].load();
  if (counter == nullptr) {
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

void RpcMetrics::Received(int method, size_t bytes) {
  Series& series = At(method);
  if (series.received != nullptr) series.received->Increment();
  if (series.request_bytes != nullptr) {
    series.request_bytes->Observe(static_cast<double>(bytes));
  }
}

void RpcMetrics::Sent(int method, size_t bytes) {
  Series& series = At(method);
  if (series.sent != nullptr) series.sent->Increment();
  if (series.response_bytes != nullptr) {
    series.response_bytes->Observe(static_cast<double>(bytes));
  }
}

void RpcMetrics::Shed(ShedReason reason) {
  shed_[static_cast<size_t>(reason)]->Increment();
}

void RpcMetrics::Handled(int method, absl::StatusCode code,
                         absl::Duration took) {
  Series& series = At(method);
  int number = static_cast<int>(code);
  if (number < 0 || number >= kCodes) {
    number = static_cast<int>(absl::StatusCode::kUnknown);
  }
  HandledSeries(series, number).Increment();
  SecondsOf(series).Observe(absl::ToDoubleSeconds(took));
}

void RpcMetrics::Closed() { in_flight_.Decrement(); }

}  // namespace frikommune::metrics
