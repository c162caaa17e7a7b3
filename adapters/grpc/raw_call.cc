#include "adapters/grpc/raw_call.h"

#include "adapters/grpc/error_status.h"

namespace frikommune::rpc {

namespace {

// Reads a message, and gives `slice` the bytes that it was read from.
grpc::Status Read(const grpc::ByteBuffer& bytes, size_t bytes_max,
                  google::protobuf::Message& out, grpc::Slice& slice) {
  const absl::Status size = CheckSize(bytes.Length(), bytes_max);
  if (!size.ok()) return ToGrpcStatus(size);
  if ((bytes.TrySingleSlice(&slice).ok() ||
       bytes.DumpToSingleSlice(&slice).ok()) &&
      out.ParseFromArray(slice.begin(), static_cast<int>(slice.size()))) {
    return grpc::Status::OK;
  }
  return {grpc::StatusCode::INTERNAL, "the message cannot be read"};
}

}  // namespace

grpc::Status ReadMessage(const grpc::ByteBuffer& bytes, size_t bytes_max,
                         google::protobuf::Message& out) {
  grpc::Slice slice;
  return Read(bytes, bytes_max, out, slice);
}

grpc::Status ReadRequest(const grpc::ByteBuffer& bytes, size_t bytes_max,
                         const request::Validator& validator,
                         google::protobuf::Message& out) {
  grpc::Slice slice;
  grpc::Status read = Read(bytes, bytes_max, out, slice);
  if (!read.ok()) return read;
  const absl::string_view came(reinterpret_cast<const char*>(slice.begin()),
                               slice.size());
  if (validator.IsSound(came)) return grpc::Status::OK;
  return ToGrpcStatus(validator.Check(out));
}

grpc::ByteBuffer TakeWritten(wire::MessageWriter& written) {
  const size_t size = written.size();
  const grpc::Slice slice(written.Release().release(), size,
                          [](void* memory) { std::free(memory); });
  return {&slice, 1};
}

}  // namespace frikommune::rpc
