#include "adapters/ledger/group_ledger.h"

#include <gtest/gtest.h>

#include <functional>
#include <utility>

#include "absl/synchronization/notification.h"

namespace frikommune::ledger {
namespace {

using testing::Test;

// A store whose transactions the test looks into.
class WatchedStore final : public LedgerStore {
 public:
  using OnWrite = std::function<absl::Status(size_t drafts)>;

  explicit WatchedStore(OnWrite on_write) : on_write_(std::move(on_write)) {}

  absl::Status Write(absl::Span<const SealedDraft* const> drafts,
                     std::vector<LedgerReceipt>& receipts) override {
    if (absl::Status status = on_write_(drafts.size()); !status.ok())
      return status;
    for (const SealedDraft* const draft : drafts) {
      if (draft->request_id == "poison")
        return absl::InternalError("a row that cannot be kept");
      receipts.emplace_back().entry.emplace().set_request_id(
          std::string(draft->request_id));
    }
    return absl::OkStatus();
  }
  absl::StatusOr<v1::Entry> FindByRequestId(int, absl::string_view) override {
    return absl::NotFoundError("");
  }
  absl::StatusOr<v1::Entry> Latest(int, absl::string_view) override {
    return absl::NotFoundError("");
  }
  absl::StatusOr<std::vector<v1::Entry>> ListSubjects(int, const SubjectFilter&,
                                                      absl::string_view,
                                                      int) override {
    return std::vector<v1::Entry>();
  }
  absl::StatusOr<std::vector<v1::Entry>> Read(int, int64_t, int) override {
    return std::vector<v1::Entry>();
  }
  absl::Status Scan(int, int64_t, int,
                    absl::FunctionRef<void(const StoredEntry&)>) override {
    return absl::OkStatus();
  }
  absl::StatusOr<int> NextMunicipality(int) override { return 0; }
  absl::StatusOr<int64_t> LastPosition(int) override { return 0; }
  absl::StatusOr<int64_t> NotedEnd(int) override { return 0; }

 private:
  const OnWrite on_write_;
};

std::vector<LedgerDraft> Drafts(std::initializer_list<const char*> requests) {
  std::vector<LedgerDraft> drafts;
  for (const char* const request : requests) {
    drafts.emplace_back().entry.set_request_id(request);
  }
  return drafts;
}

// What became of drafts, once it is known.
struct Waiter {
  Ledger::Done Done() {
    return [this](std::vector<LedgerReceipt> got) {
      receipts = std::move(got);
      done.Notify();
    };
  }
  const std::vector<LedgerReceipt>& Wait() {
    done.WaitForNotification();
    return receipts;
  }

  std::vector<LedgerReceipt> receipts;
  absl::Notification done;
};

// A ledger whose writer stands still in its first transaction until Go().
class GroupLedgerTest : public Test {
 protected:
  void Open(GroupLedger::Options options) {
    ledger_ = std::make_unique<GroupLedger>(
        std::make_unique<WatchedStore>([this](size_t drafts) {
          groups_.push_back(drafts);
          if (groups_.size() == 1) {
            in_first_.Notify();
            go_.WaitForNotification();
          }
          return fails_with_;
        }),
        options);
    ledger_->Append(Drafts({"first"}), first_.Done());
    in_first_.WaitForNotification();
  }
  void Go() { go_.Notify(); }

  std::vector<size_t> groups_;
  absl::Status fails_with_;
  absl::Notification in_first_, go_;
  Waiter first_;
  std::unique_ptr<GroupLedger> ledger_;
};

TEST_F(GroupLedgerTest, WhatComesWhileItWritesIsTheNextGroup) {
  Open({});
  Waiter second, third;
  ledger_->Append(Drafts({"a", "b"}), second.Done());
  ledger_->Append(Drafts({"c"}), third.Done());
  EXPECT_FALSE(first_.done.HasBeenNotified());
  Go();
  EXPECT_EQ(second.Wait().size(), 2u);
  EXPECT_EQ(second.receipts[1].entry->request_id(), "b");
  EXPECT_EQ(third.Wait()[0].entry->request_id(), "c");
  EXPECT_EQ(groups_, (std::vector<size_t>{1, 3}));
}

TEST_F(GroupLedgerTest, AGroupHoldsNoMoreThanItMay) {
  Open({.queued_drafts_max = 100, .group_drafts_max = 2});
  Waiter second, third, fourth;
  ledger_->Append(Drafts({"a"}), second.Done());
  ledger_->Append(Drafts({"b"}), third.Done());
  ledger_->Append(Drafts({"c", "d", "e"}), fourth.Done());
  Go();
  // Two threads answer, and so the last may be answered before the others.
  EXPECT_TRUE(second.Wait()[0].status.ok());
  EXPECT_TRUE(third.Wait()[0].status.ok());
  EXPECT_TRUE(fourth.Wait()[2].status.ok());
  EXPECT_EQ(groups_, (std::vector<size_t>{1, 2, 3}));
}

TEST_F(GroupLedgerTest, APoisonedRowFailsAlone) {
  Open({});
  Waiter good, bad;
  ledger_->Append(Drafts({"a"}), good.Done());
  ledger_->Append(Drafts({"b", "poison", "c"}), bad.Done());
  Go();
  EXPECT_TRUE(good.Wait()[0].status.ok());
  EXPECT_TRUE(bad.Wait()[0].status.ok());
  EXPECT_EQ(bad.receipts[1].status.code(), absl::StatusCode::kInternal);
  EXPECT_TRUE(bad.receipts[2].status.ok());
}

TEST_F(GroupLedgerTest, AStoreThatIsAwayIsNotTriedRowByRow) {
  Open({});
  Waiter waiter;
  ledger_->Append(Drafts({"a", "b"}), waiter.Done());
  fails_with_ = absl::UnavailableError("away");
  Go();
  for (const LedgerReceipt& receipt : waiter.Wait())
    EXPECT_EQ(receipt.status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(groups_, (std::vector<size_t>{1, 2}));
}

TEST_F(GroupLedgerTest, AFullQueueRefusesAtOnceAndKeepsNothing) {
  // The first, which is being written, waits too.
  Open({.queued_drafts_max = 3, .group_drafts_max = 10});
  Waiter fits, refused;
  ledger_->Append(Drafts({"a", "b"}), fits.Done());
  ledger_->Append(Drafts({"c"}), refused.Done());
  ASSERT_TRUE(refused.done.HasBeenNotified());
  EXPECT_EQ(refused.receipts[0].status.code(),
            absl::StatusCode::kResourceExhausted);
  Go();
  EXPECT_TRUE(fits.Wait()[1].status.ok());
  EXPECT_EQ(groups_, (std::vector<size_t>{1, 2}));
}

TEST_F(GroupLedgerTest, ABatchOfAnySizeFitsIfNothingWaits) {
  Open({.queued_drafts_max = 1, .group_drafts_max = 1});
  Go();
  first_.Wait();
  Waiter waiter;
  ledger_->Append(Drafts({"a", "b", "c"}), waiter.Done());
  EXPECT_TRUE(waiter.Wait()[2].status.ok());
  EXPECT_EQ(ledger_->Queue().depth, 0u);
}

TEST_F(GroupLedgerTest, ItsEndWritesWhatIsQueued) {
  Open({});
  Waiter waiter;
  ledger_->Append(Drafts({"a"}), waiter.Done());
  Go();
  ledger_ = nullptr;
  EXPECT_TRUE(waiter.done.HasBeenNotified());
  EXPECT_TRUE(waiter.receipts[0].status.ok());
}

}  // namespace
}  // namespace frikommune::ledger
