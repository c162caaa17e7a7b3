// Two servers on one database, which know nothing of each other.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "adapters/ledger/group_ledger.h"
#include "adapters/postgres/ledger_store.h"
#include "adapters/postgres/migrations.h"
#include "core/ledger/chain.h"
#include "core/resource_id/resource_id.h"
#include "tests/postgres/postgres_server.h"

namespace frikommune {
namespace {

constexpr int kMunicipality = 851;
constexpr int kReplicas = 2;
constexpr int kThreads = 4;
constexpr int kRequests = 200;

class PostgresReplicasTest : public testing::Test {
 protected:
  PostgresReplicasTest() : conninfo_(server_.MakeDatabase("replicas")) {
    postgres::Connection connection(conninfo_);
    EXPECT_TRUE(postgres::Migrate(connection, false).ok());
    for (int i = 0; i < kReplicas; ++i) {
      auto store = postgres::PostgresLedgerStore::Open(conninfo_);
      EXPECT_TRUE(store.ok()) << store.status();
      replicas_.push_back(
          std::make_unique<ledger::GroupLedger>(*std::move(store)));
    }
  }

  static LedgerReceipt Append(Ledger& ledger, const std::string& request_id,
                              uint64_t number) {
    LedgerDraft draft;
    draft.entry.set_municipality(kMunicipality);
    draft.entry.set_request_id(request_id);
    draft.entry.set_name(
        WriteName(kMunicipality, "entries", WriteId({number, 0, 0})));
    draft.entry.set_subject(
        WriteName(kMunicipality, "decisions", WriteId({number, 0, 0})));
    LedgerReceipt receipt;
    absl::Notification done;
    std::vector<LedgerDraft> drafts;
    drafts.push_back(std::move(draft));
    ledger.Append(std::move(drafts), [&](std::vector<LedgerReceipt> receipts) {
      receipt = std::move(receipts[0]);
      done.Notify();
    });
    done.WaitForNotification();
    return receipt;
  }

  tests::PostgresServer server_;
  const std::string conninfo_;
  std::vector<std::unique_ptr<Ledger>> replicas_;
};

TEST_F(PostgresReplicasTest, WriteOneUnbrokenChain) {
  std::atomic<int> kept = 0;
  std::vector<std::thread> threads;
  threads.reserve(size_t{kReplicas} * kThreads);
  for (int t = 0; t < kReplicas * kThreads; ++t) {
    threads.emplace_back([this, t, &kept] {
      for (int i = 0; i < kRequests; ++i) {
        // Each request goes to both replicas, from two threads.
        const int number = (t / kReplicas) * kRequests + i;
        const int one_of_all = 1 + number * kReplicas + t % kReplicas;
        const LedgerReceipt receipt = Append(
            *replicas_[static_cast<size_t>(t % kReplicas)],
            absl::StrCat("r", number), static_cast<uint64_t>(one_of_all));
        ASSERT_TRUE(receipt.status.ok()) << receipt.status;
        if (!receipt.repeated) ++kept;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(kept, kThreads * kRequests);
  const auto entries = replicas_[0]->Read(kMunicipality, 0, 100'000);
  ASSERT_TRUE(entries.ok());
  ASSERT_EQ(entries->size(), static_cast<size_t>(kThreads * kRequests));
  std::string hash = ledger::HashBeforeFirst();
  for (const auto& entry : *entries) {
    ASSERT_TRUE(ledger::Follows(entry.position() - 1, hash, entry));
    hash = entry.hash();
  }
}

}  // namespace
}  // namespace frikommune
