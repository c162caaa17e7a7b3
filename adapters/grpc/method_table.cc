#include "adapters/grpc/method_table.h"

#include "absl/strings/str_cat.h"

namespace frikommune::rpc {
namespace {

const char* TypeOf(const google::protobuf::MethodDescriptor& method) {
  if (method.client_streaming()) {
    return method.server_streaming() ? "bidi_stream" : "client_stream";
  }
  return method.server_streaming() ? "server_stream" : "unary";
}

}  // namespace

MethodTable::MethodTable(
    const std::vector<const google::protobuf::ServiceDescriptor*>& services) {
  for (const auto* service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      const auto& method = *service->method(i);
      places_[absl::StrCat("/", service->full_name(), "/", method.name())] =
          static_cast<int>(methods_.size());
      methods_.push_back({TypeOf(method), service->full_name(), method.name()});
    }
  }
}

int MethodTable::Find(absl::string_view path) const {
  const auto found = places_.find(path);
  return found == places_.end() ? kUnknownRpc : found->second;
}

}  // namespace frikommune::rpc
