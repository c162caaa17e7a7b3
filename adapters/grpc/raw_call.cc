#include "adapters/grpc/raw_call.h"

#include "adapters/grpc/error_status.h"

namespace frikommune::rpc {

grpc::Status ReadMessage(const grpc::ByteBuffer& bytes, size_t bytes_max,
                         google::protobuf::Message& out) {
  const absl::Status size = CheckSize(bytes.Length(), bytes_max);
  if (!size.ok()) return ToGrpcStatus(size);
  grpc::Slice slice;
  if ((bytes.TrySingleSlice(&slice).ok() ||
       bytes.DumpToSingleSlice(&slice).ok()) &&
      out.ParseFromArray(slice.begin(), static_cast<int>(slice.size()))) {
    return grpc::Status::OK;
  }
  return {grpc::StatusCode::INTERNAL, "the message cannot be read"};
}

grpc::ByteBuffer TakeWritten(wire::MessageWriter& written) {
  const size_t size = written.size();
  const grpc::Slice slice(written.Release().release(), size,
                          [](void* memory) { std::free(memory); });
  return {&slice, 1};
}

}  // namespace frikommune::rpc
