#ifndef FRIKOMMUNE_ADAPTERS_GRPC_RAW_LATER_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_RAW_LATER_H_

#include <cstddef>
#include <memory>
#include <utility>

#include "adapters/grpc/later.h"
#include "adapters/grpc/raw_call.h"

namespace frikommune::rpc {

// A request that came as bytes, and what is written in answer to it, in one
// piece of memory that lives until it is answered.
template <typename Request>
class RawExchange {
 public:
  // `reply_bytes` is about what the answer takes.
  explicit RawExchange(size_t reply_bytes)
      : request_(arena_.template Make<Request>()), written_(reply_bytes) {}

  Request& request() { return request_; }
  wire::MessageWriter& written() { return written_; }

 private:
  RequestArena arena_;
  Request& request_;
  wire::MessageWriter written_;
};

// As ServeUnaryLater, for a method that is served as bytes: `serve` gets the
// request, a writer for the fields of the response, and `done`; both live until
// that is called. One that takes too long is ended with DEADLINE_EXCEEDED.
template <typename Request, typename Serve>
grpc::ServerUnaryReactor* ServeRawLater(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer& bytes,
                                        const request::Validator& validator,
                                        size_t bytes_max, size_t reply_bytes,
                                        grpc::ByteBuffer& response,
                                        const Serve& serve) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  const absl::Status begun = BeginCall(*context, bytes.Length(), bytes_max);
  if (!begun.ok()) {
    Finish(reactor, begun);
    return reactor;
  }
  auto exchange = std::make_unique<RawExchange<Request>>(reply_bytes);
  Request& request = exchange->request();
  const grpc::Status read = ReadRequest(bytes, bytes_max, validator, request);
  if (!read.ok()) {
    reactor->Finish(read);
    return reactor;
  }
  TellRequestId(request);
  wire::MessageWriter& written = exchange->written();
  const auto late = std::make_shared<LateCall>(reactor);
  serve(request, written,
        Done([reactor, &response, late,
              exchange = std::move(exchange)](const absl::Status& served) {
          if (!late->Claim()) return;
          if (served.ok()) response = TakeWritten(exchange->written());
          Finish(reactor, served);
        }));
  MindLateCall(late);
  return reactor;
}

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_RAW_LATER_H_
