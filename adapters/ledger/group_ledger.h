#ifndef FRIKOMMUNE_ADAPTERS_LEDGER_GROUP_LEDGER_H_
#define FRIKOMMUNE_ADAPTERS_LEDGER_GROUP_LEDGER_H_

#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "adapters/ledger/ledger_store.h"
#include "ports/ledger_meter.h"

namespace frikommune::ledger {

// A ledger over a store, with group commit: one thread writes what has come in
// while it was busy with the last transaction, in one transaction, and answers
// when that has committed. It never waits for more to come: under load the
// groups form by themselves (docs/adr/0010). While there is more to write,
// another thread answers.
//
// A draft that the store cannot take fails alone. What does not fit in the
// queue is refused at once with RESOURCE_EXHAUSTED.
class GroupLedger final : public Ledger {
 public:
  struct Options {
    // The most drafts that may wait for their answer. A batch is taken whole or
    // refused whole; if none waits, one of any size is taken.
    size_t queued_drafts_max = 4096;
    // The most drafts of one transaction, unless a single batch holds more.
    size_t group_drafts_max = 1024;
  };

  // The meter outlives it, if there is one.
  GroupLedger(std::unique_ptr<LedgerStore> store, Options options,
              LedgerMeter* meter = nullptr);
  explicit GroupLedger(std::unique_ptr<LedgerStore> store,
                       LedgerMeter* meter = nullptr)
      : GroupLedger(std::move(store), Options(), meter) {}

  // Writes what is queued, and answers it.
  ~GroupLedger() override;

  LedgerQueue Queue() override;
  void Append(std::vector<LedgerDraft> drafts, Done done) override;
  absl::StatusOr<v1::Entry> FindByRequestId(
      int municipality, absl::string_view request_id) override;
  absl::StatusOr<v1::Entry> Latest(int municipality,
                                   absl::string_view subject) override;
  absl::StatusOr<std::vector<v1::Entry>> ListSubjects(
      int municipality, const SubjectFilter& filter, absl::string_view after,
      int limit) override;
  absl::StatusOr<std::vector<v1::Entry>> Read(int municipality,
                                              int64_t after_position,
                                              int limit) override;
  absl::Status Scan(int municipality, int64_t after_position, int limit,
                    absl::FunctionRef<void(const StoredEntry&)> take) override;
  absl::StatusOr<int> NextMunicipality(int after) override;
  absl::StatusOr<int64_t> LastPosition(int municipality) override;
  absl::StatusOr<int64_t> NotedEnd(int municipality) override;

 private:
  // Drafts that came together, and who waits for them.
  struct Job {
    std::vector<SealedDraft> drafts;
    Done done;
    absl::Time came;
  };

  // Whether so many more may wait; then they do.
  bool TakePlaces(size_t count) ABSL_LOCKS_EXCLUDED(mutex_);
  // Jobs that share a transaction, and what became of their drafts.
  struct Group {
    std::vector<Job> jobs;
    std::vector<LedgerReceipt> receipts;
  };

  void WriteUntilClosed() ABSL_LOCKS_EXCLUDED(mutex_);
  void WriteGroup(Group& group);
  // Lets the other thread answer a group while there is more to write; answers
  // it here if not.
  void HandOver(Group group, bool more_to_write) ABSL_LOCKS_EXCLUDED(mutex_);
  void AnswerUntilClosed() ABSL_LOCKS_EXCLUDED(mutex_);
  void Answer(Group group) ABSL_LOCKS_EXCLUDED(mutex_);
  // One transaction each: after a group failed, to find the draft at fault.
  void WriteSingly(absl::Span<const SealedDraft* const> drafts,
                   std::vector<LedgerReceipt>& receipts);

  const std::unique_ptr<LedgerStore> store_;
  const Options options_;
  LedgerMeter* const meter_;
  absl::Mutex mutex_;
  std::vector<Job> queue_ ABSL_GUARDED_BY(mutex_);
  // Drafts that are not answered.
  size_t waiting_drafts_ ABSL_GUARDED_BY(mutex_) = 0;
  // When the oldest of those came that are being written.
  absl::Time writing_since_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  // Groups that the other thread answers.
  std::deque<Group> written_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool all_written_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread answerer_;
  std::thread writer_;
};

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_ADAPTERS_LEDGER_GROUP_LEDGER_H_
