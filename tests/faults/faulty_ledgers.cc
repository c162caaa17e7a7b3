#include "tests/faults/faulty_ledgers.h"

#include <atomic>
#include <deque>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"

namespace frikommune::faults {
namespace {

// Passes everything on.
class LedgerOver : public Ledger {
 public:
  explicit LedgerOver(std::unique_ptr<Ledger> ledger)
      : ledger_(std::move(ledger)) {}

  absl::StatusOr<ledger::v1::Entry> FindByRequestId(
      int municipality, absl::string_view request_id) override {
    return ledger_->FindByRequestId(municipality, request_id);
  }
  absl::StatusOr<ledger::v1::Entry> Latest(int municipality,
                                           absl::string_view subject) override {
    return ledger_->Latest(municipality, subject);
  }
  absl::StatusOr<std::vector<ledger::v1::Entry>> ListSubjects(
      int municipality, const SubjectFilter& filter, absl::string_view after,
      int limit) override {
    return ledger_->ListSubjects(municipality, filter, after, limit);
  }
  absl::StatusOr<std::vector<ledger::v1::Entry>> Read(int municipality,
                                                      int64_t after_position,
                                                      int limit) override {
    return ledger_->Read(municipality, after_position, limit);
  }
  absl::Status Scan(
      int municipality, int64_t after_position, int limit,
      absl::FunctionRef<void(const ledger::StoredEntry&)> take) override {
    return ledger_->Scan(municipality, after_position, limit, take);
  }
  absl::StatusOr<int> NextMunicipality(int after) override {
    return ledger_->NextMunicipality(after);
  }
  absl::StatusOr<int64_t> LastPosition(int municipality) override {
    return ledger_->LastPosition(municipality);
  }
  absl::StatusOr<int64_t> NotedEnd(int municipality) override {
    return ledger_->NotedEnd(municipality);
  }

 protected:
  Ledger& ledger() { return *ledger_; }

 private:
  const std::unique_ptr<Ledger> ledger_;
};

std::vector<LedgerReceipt> AllKept(const std::vector<LedgerDraft>& drafts) {
  return std::vector<LedgerReceipt>(drafts.size());
}

class AnswerBeforeCommit final : public LedgerOver {
 public:
  using LedgerOver::LedgerOver;

  void Append(std::vector<LedgerDraft> drafts, Done done) override {
    std::vector<LedgerReceipt> receipts = AllKept(drafts);
    ledger().Append(std::move(drafts), [](const auto&) {});
    std::move(done)(std::move(receipts));
  }
};

class ForgetRequestIds final : public LedgerOver {
 public:
  using LedgerOver::LedgerOver;

  void Append(std::vector<LedgerDraft> drafts, Done done) override {
    for (LedgerDraft& draft : drafts) {
      // The name is a new one each time, over restarts too.
      draft.entry.set_request_id(draft.entry.name());
    }
    ledger().Append(std::move(drafts), std::move(done));
  }
};

class IgnoreWriteErrors final : public LedgerOver {
 public:
  using LedgerOver::LedgerOver;

  void Append(std::vector<LedgerDraft> drafts, Done done) override {
    std::vector<LedgerReceipt> kept = AllKept(drafts);
    ledger().Append(std::move(drafts),
                    [kept = std::move(kept), done = std::move(done)](
                        std::vector<LedgerReceipt> receipts) mutable {
                      for (size_t i = 0; i < receipts.size(); ++i) {
                        if (receipts[i].status.ok()) continue;
                        receipts[i] = std::move(kept[i]);
                      }
                      std::move(done)(std::move(receipts));
                    });
  }
};

// What group commit is measured against.
class OneTransactionEach final : public LedgerOver {
 public:
  using LedgerOver::LedgerOver;

  void Append(std::vector<LedgerDraft> drafts, Done done) override {
    {
      absl::MutexLock lock(&mutex_);
      waiting_.push_back({std::move(drafts), std::move(done)});
      if (std::exchange(busy_, true)) return;
    }
    CommitNext();
  }

 private:
  struct Job {
    std::vector<LedgerDraft> drafts;
    Done done;
  };

  void CommitNext() {
    Job job;
    {
      absl::MutexLock lock(&mutex_);
      if (waiting_.empty()) {
        busy_ = false;
        return;
      }
      job = std::move(waiting_.front());
      waiting_.pop_front();
    }
    ledger().Append(std::move(job.drafts),
                    [this, done = std::move(job.done)](
                        std::vector<LedgerReceipt> receipts) mutable {
                      CommitNext();
                      std::move(done)(std::move(receipts));
                    });
  }

  absl::Mutex mutex_;
  std::deque<Job> waiting_ ABSL_GUARDED_BY(mutex_);
  bool busy_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

std::unique_ptr<Ledger> BreakLedger(absl::string_view fault,
                                    std::unique_ptr<Ledger> ledger) {
  if (fault == "answer-before-commit") {
    return std::make_unique<AnswerBeforeCommit>(std::move(ledger));
  }
  if (fault == "forget-request-ids") {
    return std::make_unique<ForgetRequestIds>(std::move(ledger));
  }
  if (fault == "one-transaction-each") {
    return std::make_unique<OneTransactionEach>(std::move(ledger));
  }
  if (fault == "ignore-write-errors") {
    return std::make_unique<IgnoreWriteErrors>(std::move(ledger));
  }
  return nullptr;
}

}  // namespace frikommune::faults
