#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "adapters/http/http_client.h"
#include "adapters/http/http_server.h"

namespace frikommune::http {
namespace {

class HttpTest : public testing::Test {
 protected:
  HttpTest() {
    auto server = HttpServer::Open("127.0.0.1:0");
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpTest, AnswersWhatItsPagesMake) {
  int made = 0;
  server_->Add("/large", [&made] {
    ++made;
    return Page{.body = std::string(1 << 20, 'x')};
  });
  server_->Add("/away", [] { return Page{.status = 503, .body = "away\n"}; });
  for (int i = 1; i <= 2; ++i) {
    const auto large = Get(server_->address(), "/large");
    ASSERT_TRUE(large.ok()) << large.status();
    EXPECT_EQ(large->status, 200);
    EXPECT_EQ(large->body.size(), 1 << 20);
    EXPECT_EQ(made, i);
  }
  const auto away = Get(server_->address(), "/away");
  ASSERT_TRUE(away.ok()) << away.status();
  EXPECT_EQ(away->status, 503);
  EXPECT_EQ(away->body, "away\n");
}

TEST_F(HttpTest, ShowsNothingElse) {
  server_->Add("/page", [] { return Page{.body = "page\n"}; });
  for (const char* path : {"/", "/pages", "/../etc/passwd", "/etc/passwd"}) {
    const auto other = Get(server_->address(), path);
    ASSERT_TRUE(other.ok()) << other.status();
    EXPECT_GE(other->status, 400) << path;
  }
}

TEST_F(HttpTest, APortIsNotShared) {
  EXPECT_EQ(HttpServer::Open(server_->address()).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST(HttpClientTest, NobodyIsUnavailable) {
  EXPECT_EQ(Get("127.0.0.1:1", "/").status().code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(Get("nowhere", "/").status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace frikommune::http
