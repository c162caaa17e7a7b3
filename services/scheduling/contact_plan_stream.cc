#include "services/scheduling/contact_plan_stream.h"

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "adapters/grpc/error_status.h"
#include "adapters/grpc/unary.h"
#include "core/error/error.h"

namespace frikommune::scheduling {
namespace {

absl::Status ShuttingDown() {
  return MakeError(absl::StatusCode::kUnavailable,
                   decision::v1::ERROR_REASON_SHUTTING_DOWN, "",
                   "the server is shutting down; send the rest again");
}

class ContactPlanStream final
    : public grpc::ServerBidiReactor<v1::StreamContactPlansRequest,
                                     v1::StreamContactPlansResponse>,
      public rpc::DrainableStream {
 public:
  ContactPlanStream(CountingPlanner& planner, rpc::StreamDrain& streams)
      : planner_(planner), streams_(streams) {}

  void Begin() {
    if (streams_.Enter(this)) {
      ReadNext();
    } else {
      End(ShuttingDown());
    }
  }

  void OnReadDone(bool ok) override {
    if (!ok) return End(absl::OkStatus());
    if (const absl::Status size = rpc::CheckSize(request_, rpc::kUnaryBytesMax);
        !size.ok()) {
      return End(size);
    }
    response_.Clear();
    planner_.PlanItem(request_.request(), *response_.mutable_result());
    absl::MutexLock lock(&mutex_);
    if (!ended_) StartWrite(&response_);
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End(absl::CancelledError("given up by the caller"));
    ReadNext();
  }

  void OnCancel() override {
    End(absl::CancelledError("given up by the caller"));
  }

  void EndForDrain() override { End(ShuttingDown()); }

  void OnDone() override {
    streams_.Leave(this);
    delete this;
  }

 private:
  void ReadNext() {
    absl::MutexLock lock(&mutex_);
    if (!ended_) StartRead(&request_);
  }

  // Ends the stream once; what comes after it is too late.
  void End(const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    ended_ = true;
    Finish(rpc::ToGrpcStatus(status));
  }

  CountingPlanner& planner_;
  rpc::StreamDrain& streams_;
  v1::StreamContactPlansRequest request_;
  v1::StreamContactPlansResponse response_;
  absl::Mutex mutex_;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerBidiReactor<v1::StreamContactPlansRequest,
                        v1::StreamContactPlansResponse>*
StartContactPlanStream(CountingPlanner& planner, rpc::StreamDrain& streams) {
  auto* stream = new ContactPlanStream(planner, streams);
  stream->Begin();
  return stream;
}

}  // namespace frikommune::scheduling
