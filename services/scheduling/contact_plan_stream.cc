#include "services/scheduling/contact_plan_stream.h"

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "adapters/grpc/error_status.h"
#include "adapters/grpc/raw_call.h"
#include "core/error/error.h"

namespace frikommune::scheduling {
namespace {

absl::Status ShuttingDown() {
  return MakeError(absl::StatusCode::kUnavailable,
                   decision::v1::ERROR_REASON_SHUTTING_DOWN, "",
                   "the server is shutting down; send the rest again");
}

class ContactPlanStream final
    : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
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
    rpc::RequestArena arena;
    auto& request = arena.Make<v1::StreamContactPlansRequest>();
    const grpc::Status read =
        rpc::ReadMessage(request_, rpc::kUnaryBytesMax, request);
    if (!read.ok()) return EndWith(read);
    wire::MessageWriter out(kAnswerBytes);
    out.Message(v1::StreamContactPlansResponse::kResultFieldNumber,
                [&] { planner_.PlanItem(request.request(), out); });
    response_ = rpc::TakeWritten(out);
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
  void End(const absl::Status& status) { EndWith(rpc::ToGrpcStatus(status)); }
  void EndWith(const grpc::Status& status) {
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    ended_ = true;
    Finish(status);
  }

  CountingPlanner& planner_;
  rpc::StreamDrain& streams_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  absl::Mutex mutex_;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
StartContactPlanStream(CountingPlanner& planner, rpc::StreamDrain& streams) {
  auto* stream = new ContactPlanStream(planner, streams);
  stream->Begin();
  return stream;
}

}  // namespace frikommune::scheduling
