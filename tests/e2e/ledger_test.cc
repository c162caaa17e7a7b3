// LedgerService of a real process: the same entries, once each, over restarts.

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "frikommune/ledger/v1/ledger_service.grpc.pb.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/refusal.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

using ledger::v1::LedgerService;

constexpr char kHome[] = "municipalities/851";

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() {
    if (mkdtemp(folder_.data()) == nullptr) std::abort();
  }
  ~LedgerTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<ServerProcess> Start() const {
    return std::make_unique<ServerProcess>(
        std::vector<std::string>{"--store=sqlite:" + folder_ + "/state.db"},
        "frikommune-certificates");
  }

  void Keep(const ServerProcess& server, int count) {
    for (int i = 0; i < count; ++i) {
      const auto status =
          KeepCertificateCase(server, kHome, absl::StrCat("r", ++kept_));
      ASSERT_TRUE(status.ok()) << status.error_message();
    }
  }

  // Follows from where it was until it has what was kept. Each entry must be
  // the next.
  void FollowToTheEnd(const ServerProcess& server) {
    const auto stub = LedgerService::NewStub(server.Connect());
    grpc::ClientContext context;
    ledger::v1::WatchEntriesRequest request;
    request.set_municipality(kHome);
    request.set_cursor(cursor_);
    const auto stream = stub->WatchEntries(&context, request);
    while (followed_ < kept_) ReadSome(*stream);
    context.TryCancel();
    stream->Finish();
  }

  void ReadSome(grpc::ClientReader<ledger::v1::WatchEntriesResponse>& stream) {
    ledger::v1::WatchEntriesResponse response;
    if (!stream.Read(&response)) {
      FAIL() << stream.Finish().error_message();
    }
    for (const auto& entry : response.entries()) {
      EXPECT_EQ(entry.position(), ++followed_);
      EXPECT_EQ(entry.request_id(), absl::StrCat("r", followed_));
    }
    cursor_ = response.cursor();
  }

  std::string folder_ = testing::TempDir() + "ledger-XXXXXX";
  int kept_ = 0;
  int followed_ = 0;
  std::string cursor_;
};

TEST_F(LedgerTest, ACursorGoesOnAfterARestart) {
  auto server = Start();
  ASSERT_TRUE(server->ready()) << server->errors();
  Keep(*server, 3);
  FollowToTheEnd(*server);
  Keep(*server, 2);
  server->Signal(SIGKILL);
  server->Wait();
  server = Start();
  ASSERT_TRUE(server->ready()) << server->errors();
  Keep(*server, 2);
  FollowToTheEnd(*server);
  EXPECT_EQ(followed_, 7);
}

TEST_F(LedgerTest, AFollowerIsSentWhatIsKeptMeanwhileUntilTheServerStops) {
  const auto server = Start();
  ASSERT_TRUE(server->ready()) << server->errors();
  const auto stub = LedgerService::NewStub(server->Connect());
  grpc::ClientContext context;
  ledger::v1::WatchEntriesRequest request;
  request.set_municipality(kHome);
  const auto stream = stub->WatchEntries(&context, request);
  for (int i = 0; i < 3; ++i) {
    Keep(*server, 2);
    while (followed_ < kept_ && !HasFailure()) ReadSome(*stream);
  }
  server->Signal(SIGTERM);
  ledger::v1::WatchEntriesResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(RefusalOf(stream->Finish()),
            (Refusal{grpc::StatusCode::UNAVAILABLE, "SHUTTING_DOWN", ""}));
  EXPECT_EQ(server->Wait(), 0);
}

TEST_F(LedgerTest, AReaderThatTakesItsTimeHoldsNobodyUpAndMissesNothing) {
  const auto server = Start();
  ASSERT_TRUE(server->ready()) << server->errors();
  // More of them than workers, none of which reads.
  constexpr int kSlow = 8;
  const auto stub = LedgerService::NewStub(server->Connect());
  ledger::v1::WatchEntriesRequest request;
  request.set_municipality(kHome);
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<
      std::unique_ptr<grpc::ClientReader<ledger::v1::WatchEntriesResponse>>>
      slow;
  for (int i = 0; i < kSlow; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    slow.push_back(stub->WatchEntries(contexts.back().get(), request));
  }
  Keep(*server, 150);
  FollowToTheEnd(*server);
  EXPECT_EQ(followed_, 150);
  for (int i = 0; i < kSlow; ++i) {
    followed_ = 0;
    while (followed_ < kept_ && !HasFailure()) ReadSome(*slow[i]);
    contexts[i]->TryCancel();
    slow[i]->Finish();
  }
}

TEST_F(LedgerTest, ListsVerifiesAndHasAHead) {
  const auto server = Start();
  ASSERT_TRUE(server->ready()) << server->errors();
  Keep(*server, 3);
  const auto stub = LedgerService::NewStub(server->Connect());
  ledger::v1::ListEntriesResponse list;
  {
    grpc::ClientContext context;
    ledger::v1::ListEntriesRequest request;
    request.set_municipality(kHome);
    request.mutable_filter()->set_case_id("case-r2");
    ASSERT_TRUE(stub->ListEntries(&context, request, &list).ok());
    ASSERT_EQ(list.entries_size(), 1);
    EXPECT_EQ(list.entries(0).position(), 2);
  }
  ledger::v1::GetLedgerHeadResponse head;
  {
    grpc::ClientContext context;
    ledger::v1::GetLedgerHeadRequest request;
    request.set_municipality(kHome);
    ASSERT_TRUE(stub->GetLedgerHead(&context, request, &head).ok());
    EXPECT_EQ(head.head().position(), 3);
  }
  grpc::ClientContext context;
  ledger::v1::VerifyLedgerRequest request;
  request.set_municipality(kHome);
  ledger::v1::VerifyLedgerResponse verified;
  ASSERT_TRUE(stub->VerifyLedger(&context, request, &verified).ok());
  EXPECT_EQ(verified.verified().SerializeAsString(),
            head.head().SerializeAsString());
  EXPECT_FALSE(verified.has_broken_link());
}

TEST_F(LedgerTest, RefusesWhatIsNotOfThisLedger) {
  const auto server = Start();
  ASSERT_TRUE(server->ready()) << server->errors();
  const auto stub = LedgerService::NewStub(server->Connect());
  const auto refusal = [&](const std::string& municipality,
                           const std::string& cursor) {
    grpc::ClientContext context;
    ledger::v1::WatchEntriesRequest request;
    request.set_municipality(municipality);
    request.set_cursor(cursor);
    const auto stream = stub->WatchEntries(&context, request);
    ledger::v1::WatchEntriesResponse response;
    EXPECT_FALSE(stream->Read(&response));
    return RefusalOf(stream->Finish());
  };
  using grpc::StatusCode;
  EXPECT_EQ(refusal(kHome, "840/0"), (Refusal{StatusCode::INVALID_ARGUMENT,
                                              "PAGE_TOKEN_INVALID", "cursor"}));
  EXPECT_EQ(
      refusal("municipalities/101", ""),
      (Refusal{StatusCode::NOT_FOUND, "MUNICIPALITY_UNKNOWN", "municipality"}));
  EXPECT_EQ(refusal("", ""), (Refusal{StatusCode::INVALID_ARGUMENT,
                                      "FIELD_REQUIRED", "municipality"}));
}

}  // namespace
}  // namespace frikommune::e2e
