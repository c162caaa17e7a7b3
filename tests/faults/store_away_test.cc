// A server whose PostgreSQL goes away says that it is not ready, lives on, and
// is ready again when that is back, without a restart.

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/http_get.h"
#include "tests/e2e/server_health.h"
#include "tests/e2e/server_process.h"
#include "tests/postgres/postgres_server.h"

namespace frikommune {
namespace {

using grpc::health::v1::HealthCheckResponse;

// Asks until /readyz answers so, for up to twenty seconds.
int WaitForReadyz(const e2e::ServerProcess& server, int status) {
  const absl::Time end = absl::Now() + absl::Seconds(20);
  int seen = 0;
  do {
    seen = e2e::HttpGet(server.metrics_address(), "/readyz").status;
  } while (seen != status && absl::Now() < end);
  return seen;
}

TEST(StoreAwayTest, ReadinessGoesAndComesWithPostgres) {
  tests::PostgresServer postgres;
  const std::string store = "postgres:" + postgres.MakeDatabase("away");
  ASSERT_EQ(std::system((FRIKOMMUNE_BIN_DIR "/frikommune migrate --store '" +
                         store + "' >/dev/null")
                            .c_str()),
            0);
  e2e::ServerProcess server({"--store=" + store}, "frikommune-certificates");
  ASSERT_TRUE(server.ready());
  EXPECT_EQ(WaitForReadyz(server, 200), 200);

  postgres.Kill();
  EXPECT_EQ(WaitForReadyz(server, 503), 503);
  for (const std::string& address :
       {server.admin_address(), server.grpc_address()}) {
    EXPECT_EQ(e2e::HealthOf(address, "readiness"),
              HealthCheckResponse::NOT_SERVING);
    EXPECT_EQ(e2e::HealthOf(address, "liveness"), HealthCheckResponse::SERVING);
  }
  EXPECT_EQ(e2e::HttpGet(server.metrics_address(), "/livez").status, 200);

  postgres.Start();
  EXPECT_EQ(WaitForReadyz(server, 200), 200);
  EXPECT_EQ(e2e::HealthOf(server.admin_address(), "readiness"),
            HealthCheckResponse::SERVING);
  // A connection that was lost is found out by who uses it, and asks again.
  grpc::Status kept;
  for (int i = 0; i < 3; ++i) {
    kept = e2e::KeepCertificateCase(server, "municipalities/851", "after");
    if (kept.error_code() != grpc::StatusCode::UNAVAILABLE) break;
  }
  EXPECT_TRUE(kept.ok()) << kept.error_message();
  server.Signal(SIGTERM);
  EXPECT_EQ(server.Wait(), 0);
}

}  // namespace
}  // namespace frikommune
