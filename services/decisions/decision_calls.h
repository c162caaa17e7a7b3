#ifndef FRIKOMMUNE_SERVICES_DECISIONS_DECISION_CALLS_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_DECISION_CALLS_H_

#include <memory>
#include <string>
#include <utility>

#include "adapters/grpc/answer_stream.h"
#include "adapters/grpc/arena_allocator.h"
#include "adapters/grpc/batch.h"
#include "adapters/grpc/later.h"
#include "adapters/grpc/stream_drain.h"
#include "core/request/validate.h"
#include "services/decisions/decision_keeper.h"

namespace frikommune::decisions {

// The three calls by which a service decides one question: one case, a batch,
// and a stream. A handler forwards to them. `Question` names the types:
//
//   Decider                        see DecidingCallBy
//   Request, Response              of the call for one case
//   BatchRequest, BatchResponse
//   StreamRequest, StreamResponse
//
// Thread-safe. What it is given outlives it.
template <typename Question>
class DecisionCalls {
 public:
  using Stream = rpc::AnswerStream<typename Question::StreamRequest,
                                   typename Question::StreamResponse>;

  // `call` is the full name of the call for one case.
  DecisionCalls(std::string call, const Means& means, rpc::StreamDrain& streams)
      : keeper_(means),
        digest_(means.snapshot.digest()),
        streams_(streams),
        call_(std::move(call), [&snapshot = means.snapshot] {
          return std::make_unique<typename Question::Decider>(snapshot);
        }) {}

  DecidingCall& deciding_call() { return call_; }

  // Where the messages of the calls lie.
  auto* memory() { return &memory_; }
  auto* batch_memory() { return &batch_memory_; }

  grpc::ServerUnaryReactor* Decide(grpc::CallbackServerContext* context,
                                   const typename Question::Request& request,
                                   typename Question::Response& response) {
    return rpc::ServeUnaryLater(
        context, request, unary_, rpc::kUnaryBytesMax, [&](rpc::Done done) {
          keeper_.Decide(call_, AskedBy(request), *response.mutable_decision(),
                         std::move(done));
        });
  }

  grpc::ServerUnaryReactor* DecideBatch(
      grpc::CallbackServerContext* context,
      const typename Question::BatchRequest& request,
      typename Question::BatchResponse& response) {
    return rpc::ServeUnaryLater(
        context, request, batch_, rpc::kBatchBytesMax, [&](rpc::Done done) {
          const absl::Status count =
              rpc::CheckItemCount(request.requests_size());
          if (!count.ok()) return std::move(done)(count);
          AskedBatch asked;
          asked.items.reserve(static_cast<size_t>(request.requests_size()));
          for (const auto& item : request.requests()) {
            asked.items.push_back(AskedBy(item));
          }
          if (request.view() != decision::v1::VIEW_UNSPECIFIED) {
            asked.view = request.view();
          }
          asked.validate_only = request.validate_only();
          asked.is_cancelled = [context] { return context->IsCancelled(); };
          response.set_catalog_digest(digest_);
          keeper_.DecideAll(call_, std::move(asked),
                            *response.mutable_results(), std::move(done));
        });
  }

  Stream* DecideStream() {
    return Stream::Start(
        streams_, [this](const typename Question::StreamRequest& request,
                         typename Question::StreamResponse& response,
                         typename Stream::Answered answered) {
          const absl::Status size =
              rpc::CheckSize(request.ByteSizeLong(), rpc::kUnaryBytesMax);
          if (!size.ok()) return std::move(answered)(rpc::ToGrpcStatus(size));
          keeper_.DecideItem(call_, AskedBy(request.request()),
                             *response.mutable_result(),
                             [answered = std::move(answered)]() mutable {
                               std::move(answered)(grpc::Status::OK);
                             });
        });
  }

 private:
  DecisionKeeper keeper_;
  const std::string digest_;
  rpc::StreamDrain& streams_;
  DecidingCallBy<typename Question::Decider, typename Question::Request> call_;
  const request::Validator unary_{Question::Request::descriptor()};
  const request::Validator batch_{Question::BatchRequest::descriptor(),
                                  {"requests"}};
  rpc::UnaryArenaAllocator<typename Question::Request,
                           typename Question::Response>
      memory_;
  rpc::BatchArenaAllocator<typename Question::BatchRequest,
                           typename Question::BatchResponse>
      batch_memory_;
};

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_DECISION_CALLS_H_
