#ifndef FRIKOMMUNE_SERVICES_DECISIONS_DECISION_CALLS_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_DECISION_CALLS_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "adapters/grpc/answer_stream.h"
#include "adapters/grpc/batch.h"
#include "adapters/grpc/call_watch.h"
#include "adapters/grpc/raw_later.h"
#include "adapters/grpc/stream_drain.h"
#include "core/decision/render.h"
#include "core/request/validate.h"
#include "services/decisions/decision_keeper.h"
#include "services/in_force/editions.h"

namespace frikommune::decisions {

// Makes what decides a question by a catalog, which outlives it.
using MakeDecidingCall = std::function<std::unique_ptr<DecidingCall>(
    const catalog::Snapshot& catalog)>;

// The three calls by which a service decides one question: one case, a batch,
// and a stream. A handler forwards to them as bytes: answers are written, not
// made. `Question` names the types:
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
  using Stream = rpc::AnswerStream<grpc::ByteBuffer, grpc::ByteBuffer>;

  // `call` is the full name of the call for one case.
  DecisionCalls(const std::string& call, const KeepingMeans& means,
                rpc::StreamDrain& streams)
      : call_(call),
        streams_(streams),
        deciding_(means.catalog,
                  [call, means](const catalog::Snapshot& snapshot) {
                    return std::make_unique<Deciding>(call, means, snapshot);
                  }) {}

  // Makes what decides the question by a catalog, which outlives it.
  MakeDecidingCall deciding_call() const {
    return [call = call_](const catalog::Snapshot& snapshot) {
      return std::make_unique<DecidingBy>(
          call, [&snapshot] { return std::make_unique<Decider>(snapshot); });
    };
  }

  grpc::ServerUnaryReactor* Decide(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer& request,
                                   grpc::ByteBuffer& response) {
    return rpc::ServeRawLater<Request>(
        context, request, unary_, rpc::kUnaryBytesMax, kAnswerBytes, response,
        [this](const Request& asked, wire::MessageWriter& out, rpc::Done done) {
          Deciding& deciding = Now();
          deciding.keeper.Decide(deciding.call, AskedBy(asked), out,
                                 std::move(done));
        });
  }

  grpc::ServerUnaryReactor* DecideBatch(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer& request,
                                        grpc::ByteBuffer& response) {
    return rpc::ServeRawLater<BatchRequest>(
        context, request, batch_, rpc::kBatchBytesMax, kBatchAnswerBytes,
        response,
        [this, context](const BatchRequest& asked, wire::MessageWriter& out,
                        rpc::Done done) {
          const absl::Status count = rpc::CheckItemCount(asked.requests_size());
          if (!count.ok()) return std::move(done)(count);
          AskedBatch batch = BatchOf(asked);
          batch.is_cancelled = [context] { return context->IsCancelled(); };
          Deciding& deciding = Now();
          deciding.keeper.DecideAll(deciding.call, batch, out, std::move(done));
        });
  }

  Stream* DecideStream() {
    return Stream::Start(streams_, [this](const grpc::ByteBuffer& bytes,
                                          grpc::ByteBuffer& response,
                                          typename Stream::Answered answered) {
      auto exchange =
          std::make_unique<rpc::RawExchange<StreamRequest>>(kAnswerBytes);
      StreamRequest& request = exchange->request();
      const grpc::Status read =
          rpc::ReadMessage(bytes, rpc::kUnaryBytesMax, request);
      if (!read.ok()) return std::move(answered)(read);
      wire::MessageWriter& out = exchange->written();
      const auto edition = deciding_.Get();
      Deciding& deciding = *edition->made;
      deciding.keeper.DecideItem(
          deciding.call, AskedBy(request.request()), out,
          [&response, edition, exchange = std::move(exchange),
           answered = std::move(answered)]() mutable {
            response = StreamResponseWith(exchange->written());
            std::move(answered)(grpc::Status::OK);
          });
    });
  }

 private:
  using Request = typename Question::Request;
  using BatchRequest = typename Question::BatchRequest;
  using StreamRequest = typename Question::StreamRequest;
  using Decider = typename Question::Decider;
  using DecidingBy = DecidingCallBy<Decider, Request>;

  // What decides by one catalog, and keeps it.
  struct Deciding {
    Deciding(const std::string& name, const KeepingMeans& means,
             const catalog::Snapshot& snapshot)
        : keeper(means.By(snapshot)), call(name, [&snapshot] {
            return std::make_unique<Decider>(snapshot);
          }) {}

    DecisionKeeper keeper;
    DecidingBy call;
  };

  // By the catalog in force, to the end of the call whose handler this is.
  Deciding& Now() {
    const auto edition = deciding_.Get();
    rpc::CallWatch::Current().AnsweredBy(edition, edition->catalog->digest());
    return *edition->made;
  }

  // The keeper writes the fields of every contract's responses.
  static_assert(int{Question::Response::kDecisionFieldNumber} ==
                decision::v1::DecisionResult::kDecisionFieldNumber);
  static_assert(int{Question::BatchResponse::kResultsFieldNumber} ==
                DecisionKeeper::kResultsField);
  static_assert(int{Question::BatchResponse::kCatalogDigestFieldNumber} ==
                DecisionKeeper::kCatalogDigestField);

  // About what an answer takes, and the answer to a full batch.
  static constexpr size_t kAnswerBytes = size_t{4} << 10;
  static constexpr size_t kBatchAnswerBytes = size_t{256} << 10;

  static AskedBatch BatchOf(const BatchRequest& request) {
    AskedBatch batch;
    batch.items.reserve(static_cast<size_t>(request.requests_size()));
    for (const auto& item : request.requests()) {
      batch.items.push_back(AskedBy(item));
    }
    batch.view = decision::ViewOr(request.view(), batch.view);
    batch.validate_only = request.validate_only();
    return batch;
  }

  static grpc::ByteBuffer StreamResponseWith(
      const wire::MessageWriter& result) {
    wire::MessageWriter out(result.size() + 16);
    out.AddText(Question::StreamResponse::kResultFieldNumber, result.bytes());
    return rpc::TakeWritten(out);
  }

  const std::string call_;
  rpc::StreamDrain& streams_;
  Editions<Deciding> deciding_;
  const request::Validator unary_{Question::Request::descriptor()};
  const request::Validator batch_{Question::BatchRequest::descriptor(),
                                  {"requests"}};
};

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_DECISION_CALLS_H_
