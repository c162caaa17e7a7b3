#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/notification.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/e2e/http_get.h"
#include "tests/e2e/server_health.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

using grpc::health::v1::HealthCheckResponse;
using testing::HasSubstr;
using testing::Not;

// How a method that takes nothing is answered.
grpc::Status CallEmpty(const std::string& address, const std::string& method) {
  grpc::GenericStub stub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  const grpc::Slice nothing;
  grpc::ByteBuffer request(&nothing, 1), response;
  absl::Notification done;
  grpc::Status status;
  stub.UnaryCall(&context, method, grpc::StubOptions(), &request, &response,
                 [&](grpc::Status got) {
                   status = std::move(got);
                   done.Notify();
                 });
  done.WaitForNotification();
  return status;
}

TEST(PortsTest, HealthIsSaidToCallersAndToOperators) {
  const ServerProcess server;
  ASSERT_TRUE(server.ready());
  for (const std::string& address :
       {server.grpc_address(), server.admin_address()}) {
    for (const char* name : {"", "liveness", "readiness"}) {
      EXPECT_EQ(HealthOf(address, name), HealthCheckResponse::SERVING) << name;
    }
    EXPECT_EQ(HealthOf(address, "invented"),
              HealthCheckResponse::SERVICE_UNKNOWN);
  }
}

TEST(PortsTest, OnlyOperatorsLookIntoTheServer) {
  constexpr char kGetServers[] = "/grpc.channelz.v1.Channelz/GetServers";
  const ServerProcess server;
  ASSERT_TRUE(server.ready());
  EXPECT_TRUE(CallEmpty(server.admin_address(), kGetServers).ok());
  EXPECT_EQ(CallEmpty(server.grpc_address(), kGetServers).error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST(PortsTest, OnlyCallersAreAnsweredOfTheLaw) {
  constexpr char kGetCatalog[] =
      "/frikommune.catalog.v1.CatalogService/GetCatalog";
  const ServerProcess server;
  ASSERT_TRUE(server.ready());
  EXPECT_TRUE(CallEmpty(server.grpc_address(), kGetCatalog).ok());
  EXPECT_EQ(CallEmpty(server.admin_address(), kGetCatalog).error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST(PortsTest, AnswersOverHttp) {
  const ServerProcess server({"--drain-seconds=600"});
  ASSERT_TRUE(server.ready());
  const std::string& at = server.metrics_address();
  EXPECT_EQ(HttpGet(at, "/livez").status, 200);
  EXPECT_EQ(HttpGet(at, "/readyz").status, 200);
  EXPECT_EQ(HttpGet(at, "/metrics").status, 200);
  EXPECT_EQ(HttpGet(at, "/").status, 404);
  EXPECT_EQ(HttpGet(at, "/etc/passwd").status, 404);

  // Once it says that it leaves, it says so everywhere; it lives on.
  const auto health = grpc::health::v1::Health::NewStub(grpc::CreateChannel(
      server.admin_address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service("readiness");
  const auto watch = health->Watch(&context, request);
  HealthCheckResponse seen;
  ASSERT_TRUE(watch->Read(&seen));
  server.Signal(SIGTERM);
  ASSERT_TRUE(watch->Read(&seen));
  EXPECT_EQ(seen.status(), HealthCheckResponse::NOT_SERVING);
  const HttpAnswer readyz = HttpGet(at, "/readyz");
  EXPECT_EQ(readyz.status, 503);
  EXPECT_THAT(readyz.body, HasSubstr("leaving"));
  EXPECT_EQ(HttpGet(at, "/livez").status, 200);
  EXPECT_EQ(HealthOf(server.grpc_address(), "readiness"),
            HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(HealthOf(server.admin_address(), "liveness"),
            HealthCheckResponse::SERVING);
  context.TryCancel();
}

TEST(PortsTest, TellsItsConfigurationWithoutSecrets) {
  std::string folder = testing::TempDir() + "ports-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  HttpAnswer told;
  {
    const ServerProcess server(
        {"--store=sqlite:" + folder + "/password=hemmelig",
         "--grace-seconds=7"},
        "frikommune-certificates");
    ASSERT_TRUE(server.ready());
    told = HttpGet(server.metrics_address(), "/configz");
  }
  std::filesystem::remove_all(folder);
  EXPECT_EQ(told.status, 200);
  EXPECT_THAT(told.body, HasSubstr("grace-seconds=7\n"));
  EXPECT_THAT(told.body, HasSubstr("drain-seconds=0\n"));
  EXPECT_THAT(told.body, HasSubstr("password=***"));
  EXPECT_THAT(told.body, Not(HasSubstr("hemmelig")));
}

}  // namespace
}  // namespace frikommune::e2e
