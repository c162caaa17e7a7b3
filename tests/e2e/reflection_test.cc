#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/generic/generic_stub.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

using testing::HasSubstr;

// ServerReflectionRequest {list_services: "*"}, by hand: to compile its
// contract in beside the library's own would end the program.
constexpr char kListServices[] = {0x3a, 0x01, '*'};

// What the server at the other end lists, as bytes.
std::string ListServices(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(
      &context,
      "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
  const auto wait = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  call->StartCall(nullptr);
  EXPECT_TRUE(wait());
  const grpc::Slice slice(kListServices, sizeof kListServices);
  call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
  EXPECT_TRUE(wait());
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  EXPECT_TRUE(wait());
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(answer.Dump(&slices).ok());
  std::string bytes;
  for (const grpc::Slice& part : slices) {
    bytes.append(reinterpret_cast<const char*>(part.begin()), part.size());
  }
  context.TryCancel();
  grpc::Status status;
  call->Finish(&status, nullptr);
  EXPECT_TRUE(wait());
  queue.Shutdown();
  return bytes;
}

// Operators are told of the services that callers ask, too.
TEST(ReflectionTest, ListsEveryServiceOnEitherPort) {
  const ServerProcess server;
  ASSERT_TRUE(server.ready());
  for (const std::string& address :
       {server.grpc_address(), server.admin_address()}) {
    const std::string listed = ListServices(
        grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
    for (const char* service :
         {"frikommune.scheduling.v1.SchedulingService",
          "frikommune.catalog.v1.CatalogService", "grpc.health.v1.Health",
          "grpc.reflection.v1alpha.ServerReflection"}) {
      EXPECT_THAT(listed, HasSubstr(service)) << address;
    }
  }
}

}  // namespace
}  // namespace frikommune::e2e
