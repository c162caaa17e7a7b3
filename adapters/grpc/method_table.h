#ifndef FRIKOMMUNE_ADAPTERS_GRPC_METHOD_TABLE_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_METHOD_TABLE_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "ports/rpc_meter.h"

namespace frikommune::rpc {

// The methods that a server answers, taken from their contracts. Any other name
// a caller sends is unknown, whatever it is: names that callers choose must not
// reach a metric.
//
// Immutable and thread-safe.
class MethodTable {
 public:
  explicit MethodTable(
      const std::vector<const google::protobuf::ServiceDescriptor*>& services);

  const std::vector<RpcMethod>& methods() const { return methods_; }

  // The place in methods() of "/package.Service/Method"; kUnknownRpc if it is
  // not there.
  int Find(absl::string_view path) const;

 private:
  std::vector<RpcMethod> methods_;
  absl::flat_hash_map<std::string, int> places_;
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_METHOD_TABLE_H_
