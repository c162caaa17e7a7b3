#ifndef FRIKOMMUNE_ADAPTERS_GRPC_ANSWER_STREAM_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_ANSWER_STREAM_H_

#include <atomic>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "adapters/grpc/call_watch.h"
#include "adapters/grpc/error_status.h"
#include "adapters/grpc/stream_drain.h"
#include "core/error/error.h"
#include "google/protobuf/message.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {

// Answers a stream of requests, each before the next is read: a caller that
// does not take its answers is not read from. It ends with OK when the caller
// has sent all, with the status of an answer that is not OK, and with
// UNAVAILABLE when the server stops.
//
// The stream owns itself, and is gone when gRPC is done with it and no answer
// is under way.
template <typename Request, typename Response>
class AnswerStream final : public grpc::ServerBidiReactor<Request, Response>,
                           public DrainableStream {
 public:
  // Says that the response is filled in, or with what the stream is to end.
  // Called once, from any thread.
  using Answered = absl::AnyInvocable<void(const grpc::Status&) &&>;
  // Answers one request, without waiting. What it is given lives until it has
  // answered.
  using Answer =
      absl::AnyInvocable<void(const Request&, Response&, Answered) const>;

  // Begins a stream, in its handler. `streams`, and what `answer` uses, outlive
  // it.
  static AnswerStream* Start(StreamDrain& streams, Answer answer) {
    auto* stream = new AnswerStream(streams, std::move(answer));
    stream->Begin();
    return stream;
  }

  void OnReadDone(bool ok) override {
    if (!ok) return End(grpc::Status::OK);
    watch_.Received(SizeOf(request_));
    response_.Clear();
    ++holds_;
    answer_(request_, response_, [this](const grpc::Status& status) {
      Write(status);
      Release();
    });
  }

  void OnWriteDone(bool ok) override { ok ? ReadNext() : End(GivenUp()); }

  void OnCancel() override { End(GivenUp()); }

  void EndForDrain() override { End(ShuttingDown()); }

  void OnDone() override {
    streams_.Leave(this);
    Release();
  }

 private:
  AnswerStream(StreamDrain& streams, Answer answer)
      : streams_(streams), answer_(std::move(answer)) {}

  static grpc::Status GivenUp() {
    return ToGrpcStatus(absl::CancelledError("given up by the caller"));
  }
  static grpc::Status ShuttingDown() {
    return ToGrpcStatus(
        MakeError(absl::StatusCode::kUnavailable,
                  decision::v1::ERROR_REASON_SHUTTING_DOWN, "",
                  "the server is shutting down; send the rest again"));
  }

  static size_t SizeOf(const grpc::ByteBuffer& bytes) { return bytes.Length(); }
  static size_t SizeOf(const google::protobuf::Message& message) {
    return message.ByteSizeLong();
  }

  void Begin() {
    if (streams_.Enter(this)) {
      ReadNext();
    } else {
      End(ShuttingDown());
    }
  }

  void ReadNext() {
    absl::MutexLock lock(&mutex_);
    if (!ended_) this->StartRead(&request_);
  }

  void Write(const grpc::Status& status) {
    if (!status.ok()) return End(status);
    absl::MutexLock lock(&mutex_);
    if (!ended_) this->StartWrite(&response_);
  }

  // Ends the stream once; what comes after it is too late.
  void End(const grpc::Status& status) {
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    ended_ = true;
    this->Finish(status);
  }

  void Release() {
    if (--holds_ == 0) delete this;
  }

  StreamDrain& streams_;
  CallWatch& watch_ = CallWatch::Current();
  const Answer answer_;
  Request request_;
  Response response_;
  // gRPC, and an answer that is under way.
  std::atomic<int> holds_ = 1;
  absl::Mutex mutex_;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_ANSWER_STREAM_H_
