#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

namespace fs = std::filesystem;
using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckResponse;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A copy of the catalog that a test may spoil.
class CatalogCopy {
 public:
  CatalogCopy()
      : folder_(fs::path(testing::TempDir()) /
                ("catalog-" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    fs::copy(CatalogFolder(), folder_, fs::copy_options::recursive);
  }
  ~CatalogCopy() { fs::remove_all(folder_); }

  std::string flag() const { return "--catalog=" + folder_.string(); }
  fs::path operator/(const std::string& file) const { return folder_ / file; }

 private:
  fs::path folder_;
};

int LinesIn(const fs::path& file) {
  std::ifstream lines(file);
  std::string line;
  int count = 0;
  while (std::getline(lines, line)) ++count;
  return count;
}

TEST(StartTest, AHealthyServerSaysSoUnderEachName) {
  const ServerProcess server;
  ASSERT_TRUE(server.ready());
  const auto stub = Health::NewStub(server.Connect());
  for (const char* name : {"", "liveness", "readiness"}) {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(name);
    HealthCheckResponse response;
    ASSERT_TRUE(stub->Check(&context, request, &response).ok()) << name;
    EXPECT_EQ(response.status(), HealthCheckResponse::SERVING) << name;
  }
}

TEST(StartTest, ABrokenCatalogStopsTheStartWithFileAndLine) {
  const CatalogCopy catalog;
  const std::string file = "law/scheduling/joint-meeting-1.textproto";
  const int line = LinesIn(catalog / file) + 1;
  std::ofstream(catalog / file, std::ios::app) << "misspelt: 1\n";
  ServerProcess server({catalog.flag()});
  EXPECT_FALSE(server.ready());
  EXPECT_EQ(server.Wait(), 1);
  EXPECT_THAT(server.errors(), HasSubstr(file + ":" + std::to_string(line)));
  EXPECT_THAT(server.errors(), HasSubstr("misspelt"));
  EXPECT_THAT(server.output(), IsEmpty());
}

// Well written, but a plan without a journalled reason has no answer.
TEST(StartTest, ACatalogWithAGapStopsTheStart) {
  const CatalogCopy catalog;
  const std::string file = "law/scheduling/offers-plan.textproto";
  std::ostringstream text;
  text << std::ifstream(catalog / file).rdbuf();
  std::string law = text.str();
  const std::string row = "id: \"P4\"";
  ASSERT_NE(law.find(row), std::string::npos);
  law.insert(law.find(row) + row.size(),
             " when { fact: \"offers.reason_journalled\" is: true }");
  std::ofstream(catalog / file) << law;
  ServerProcess server({catalog.flag()});
  EXPECT_FALSE(server.ready());
  EXPECT_EQ(server.Wait(), 1);
  EXPECT_THAT(server.errors(), HasSubstr(file));
  EXPECT_THAT(server.errors(), HasSubstr("gap"));
}

TEST(StartTest, ACatalogThatIsNotThereStopsTheStart) {
  ServerProcess server({"--catalog=no-such-folder"});
  EXPECT_EQ(server.Wait(), 1);
  EXPECT_THAT(server.errors(), HasSubstr("no-such-folder"));
}

TEST(StartTest, APortThatIsTakenStopsTheStart) {
  const ServerProcess first;
  ASSERT_TRUE(first.ready());
  ServerProcess second({"--listen=" + first.grpc_address()});
  EXPECT_EQ(second.Wait(), 1);
  EXPECT_THAT(second.errors(), HasSubstr(first.grpc_address()));
  ServerProcess third({"--metrics-listen=" + first.metrics_address()});
  EXPECT_EQ(third.Wait(), 1);
  EXPECT_THAT(third.errors(), HasSubstr(first.metrics_address()));
}

TEST(StartTest, AFlagThatIsNoneIsAUsageError) {
  ServerProcess server({"--nonsense"});
  EXPECT_EQ(server.Wait(), 2);
  EXPECT_THAT(server.errors(), Not(IsEmpty()));
}

}  // namespace
}  // namespace frikommune::e2e
