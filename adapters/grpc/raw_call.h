#ifndef FRIKOMMUNE_ADAPTERS_GRPC_RAW_CALL_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_RAW_CALL_H_

#include <cstddef>
#include <utility>

#include "adapters/grpc/call_at_once.h"
#include "adapters/grpc/unary.h"
#include "core/wire/message_writer.h"
#include "google/protobuf/arena.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {

// Memory for the request of a call that is answered before its handler returns:
// it lies on the stack, and what does not fit goes on in blocks that grow. The
// library's own stay so small that a batch takes thousands.
class RequestArena {
 public:
  template <typename Request>
  Request& Make() {
    return *google::protobuf::Arena::CreateMessage<Request>(&arena_);
  }

 private:
  static constexpr size_t kFirstBlockBytes = size_t{16} * 1024;
  static constexpr size_t kBlockBytesMax = size_t{64} * 1024;

  google::protobuf::ArenaOptions Options() {
    google::protobuf::ArenaOptions options;
    options.initial_block = first_block_;
    options.initial_block_size = kFirstBlockBytes;
    options.start_block_size = kFirstBlockBytes;
    options.max_block_size = kBlockBytesMax;
    return options;
  }

  alignas(std::max_align_t) char first_block_[kFirstBlockBytes];
  google::protobuf::Arena arena_{Options()};
};

// Reads a message as it came. INTERNAL, as gRPC itself answers, if it is none
// of its type; RESOURCE_EXHAUSTED, reason MESSAGE_TOO_LARGE, if it takes more
// than `bytes_max`.
grpc::Status ReadMessage(const grpc::ByteBuffer& bytes, size_t bytes_max,
                         google::protobuf::Message& out);

// Reads a request, and checks what its contract states: as ReadMessage, and
// Validator::Check.
grpc::Status ReadRequest(const grpc::ByteBuffer& bytes, size_t bytes_max,
                         const request::Validator& validator,
                         google::protobuf::Message& out);

// What is written, for gRPC to send. It is not copied, and nothing more may be
// written.
grpc::ByteBuffer TakeWritten(wire::MessageWriter& written);

// As ServeUnary, for a method that is served as bytes: `serve` gets the
// request, and a writer for the fields of the response. `reply_bytes` is about
// what a response takes.
template <typename Request, typename Serve>
grpc::ServerUnaryReactor* ServeRaw(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer& bytes,
                                   const request::Validator& validator,
                                   size_t bytes_max, size_t reply_bytes,
                                   grpc::ByteBuffer& response,
                                   const Serve& serve) {
  CallAtOnce call(*context);
  const auto answer = [&]() -> grpc::Status {
    const absl::Status begun = BeginCall(*context, bytes.Length(), bytes_max);
    if (!begun.ok()) return ToTell(begun);
    RequestArena arena;
    Request& request = arena.Make<Request>();
    grpc::Status read = ReadRequest(bytes, bytes_max, validator, request);
    if (!read.ok()) return read;
    TellRequestId(request);
    wire::MessageWriter out(reply_bytes);
    const absl::Status served = serve(request, out);
    if (served.ok()) response = TakeWritten(out);
    return ToTell(served);
  };
  grpc::Status status = answer();
  call.Ends(status, response.Length());
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  reactor->Finish(std::move(status));
  return reactor;
}

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_RAW_CALL_H_
