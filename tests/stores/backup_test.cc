// A store that is copied while a server writes to it, and put in use elsewhere.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "frikommune/ledger/v1/ledger_service.grpc.pb.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/server_process.h"
#include "tests/postgres/postgres_server.h"
#include "tests/stores/shell.h"

namespace frikommune::tests {
namespace {

using e2e::KeepCertificateCase;
using e2e::ServerProcess;
using ledger::v1::LedgerService;
using testing::HasSubstr;

constexpr char kHome[] = "municipalities/851";
constexpr char kPrograms[] = "/usr/lib/postgresql/15/bin/";
// Kept before the copy is begun.
constexpr int kBefore = 50;

// A server on the store, to which decisions are written without a pause.
class BusyServer {
 public:
  explicit BusyServer(const std::string& store)
      : server_({"--store=" + store}, "frikommune-certificates") {
    if (!server_.ready()) std::abort();
    writer_ = std::thread([this] {
      while (!ended_) {
        const std::string request = absl::StrCat("r", kept_ + 1);
        if (!KeepCertificateCase(server_, kHome, request).ok()) std::abort();
        kept_.fetch_add(1);
        kept_.notify_all();
      }
    });
  }
  ~BusyServer() {
    ended_ = true;
    writer_.join();
  }

  void WaitUntilKept(int count) const {
    for (int kept = kept_; kept < count; kept = kept_) kept_.wait(kept);
  }

  int kept() const { return kept_; }

 private:
  ServerProcess server_;
  std::atomic<int> kept_ = 0;
  std::atomic<bool> ended_ = false;
  std::thread writer_;
};

int64_t EntriesOf(const ServerProcess& server) {
  const auto stub = LedgerService::NewStub(server.Connect());
  grpc::ClientContext context;
  ledger::v1::GetLedgerHeadRequest request;
  request.set_municipality(kHome);
  ledger::v1::GetLedgerHeadResponse response;
  const auto status = stub->GetLedgerHead(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.head().position();
}

// What is in the copy: everything that was kept when it was begun, and nothing
// that came after it was done. It is whole, and a server goes on from there.
void ExpectGoesOn(const std::string& copy, int at_least, int at_most) {
  const Outcome verified =
      RunFrikommune(absl::StrCat("ledger verify --store '", copy, "'"));
  EXPECT_EQ(verified.exit_code, 0) << verified.said;
  const ServerProcess server({"--store=" + copy}, "frikommune-certificates");
  ASSERT_TRUE(server.ready()) << server.errors();
  const int64_t entries = EntriesOf(server);
  EXPECT_GE(entries, at_least);
  EXPECT_LE(entries, at_most + 1);  // One may have been kept and not told.
  EXPECT_TRUE(KeepCertificateCase(server, kHome, "r1").ok());
  EXPECT_EQ(EntriesOf(server), entries) << "r1 was kept again";
  EXPECT_TRUE(KeepCertificateCase(server, kHome, "new").ok());
  EXPECT_EQ(EntriesOf(server), entries + 1);
}

class BackupTest : public testing::Test {
 protected:
  BackupTest() {
    if (mkdtemp(folder_.data()) == nullptr) std::abort();
  }
  ~BackupTest() override { std::filesystem::remove_all(folder_); }

  std::string folder_ = testing::TempDir() + "backup-XXXXXX";
};

TEST_F(BackupTest, AFileIsCopiedUnderLoad) {
  const std::string store = "sqlite:" + folder_ + "/state.db";
  const std::string copy = folder_ + "/copy.db";
  int after = 0;
  {
    const BusyServer server(store);
    server.WaitUntilKept(kBefore);
    const Outcome copied = RunFrikommune(
        absl::StrCat("backup --store '", store, "' --to '", copy, "'"));
    ASSERT_EQ(copied.exit_code, 0) << copied.said;
    after = server.kept();
    // Until it is sure that the copy is not the store itself.
    server.WaitUntilKept(after + 10);
  }
  ExpectGoesOn("sqlite:" + copy, kBefore, after);
}

TEST_F(BackupTest, NothingIsWrittenOver) {
  const std::string store = "sqlite:" + folder_ + "/state.db";
  ASSERT_EQ(RunFrikommune("migrate --store '" + store + "'").exit_code, 0);
  const std::string there = absl::StrCat("backup --store '", store, "' --to '",
                                         folder_, "/state.db'");
  EXPECT_EQ(RunFrikommune(there).exit_code, 2);
  EXPECT_THAT(RunFrikommune(there).said, HasSubstr("there is a file"));
  const Outcome none = RunFrikommune(absl::StrCat(
      "backup --store sqlite:", folder_, "/none.db --to ", folder_, "/a.db"));
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.said, HasSubstr("there is no store"));
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/a.db"));
  const Outcome database = RunFrikommune(
      "backup --store postgres:dbname=a --to " + folder_ + "/a.db");
  EXPECT_EQ(database.exit_code, 2);
  EXPECT_THAT(database.said, HasSubstr("pg_dump"));
}

TEST_F(BackupTest, ADatabaseIsDumpedUnderLoadAndRestored) {
  PostgresServer postgres({"fsync=off"});
  const std::string from = postgres.MakeDatabase("before");
  const std::string to = postgres.MakeDatabase("after");
  const std::string dump = folder_ + "/dump";
  ASSERT_EQ(RunFrikommune("migrate --store 'postgres:" + from + "'").exit_code,
            0);
  int after = 0;
  {
    const BusyServer server("postgres:" + from);
    server.WaitUntilKept(kBefore);
    const Outcome dumped =
        RunShell(absl::StrCat(kPrograms, "pg_dump --format=custom --file='",
                              dump, "' --dbname='", from, "'"));
    ASSERT_EQ(dumped.exit_code, 0) << dumped.said;
    after = server.kept();
    server.WaitUntilKept(after + 10);
  }
  const Outcome restored =
      RunShell(absl::StrCat(kPrograms, "pg_restore --exit-on-error --dbname='",
                            to, "' '", dump, "'"));
  ASSERT_EQ(restored.exit_code, 0) << restored.said;
  ExpectGoesOn("postgres:" + to, kBefore, after);
}

}  // namespace
}  // namespace frikommune::tests
