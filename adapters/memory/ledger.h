#ifndef FRIKOMMUNE_ADAPTERS_MEMORY_LEDGER_H_
#define FRIKOMMUNE_ADAPTERS_MEMORY_LEDGER_H_

#include <deque>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "ports/ledger.h"

namespace frikommune {

// A ledger that lasts as long as its process. Done is called before Append
// returns.
class MemoryLedger : public Ledger {
 public:
  void Append(std::vector<LedgerDraft> drafts, Done done) override
      ABSL_LOCKS_EXCLUDED(mutex_);

  absl::StatusOr<ledger::v1::Entry> FindByRequestId(
      int municipality, absl::string_view request_id) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<ledger::v1::Entry> Latest(int municipality,
                                           absl::string_view subject) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<std::vector<ledger::v1::Entry>> ListSubjects(
      int municipality, const SubjectFilter& filter, absl::string_view after,
      int limit) override ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<std::vector<ledger::v1::Entry>> Read(int municipality,
                                                      int64_t after_position,
                                                      int limit) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Scan(int municipality, int64_t after_position, int limit,
                    absl::FunctionRef<void(const ledger::StoredEntry&)> take)
      override ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<int> NextMunicipality(int after) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<int64_t> LastPosition(int municipality) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<int64_t> NotedEnd(int municipality) override
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // One municipality's entries: they do not move, and are found by address.
  struct Chain {
    std::deque<ledger::v1::Entry> entries;
    absl::flat_hash_map<std::string, const ledger::v1::Entry*> by_request_id;
    absl::btree_map<std::string, const ledger::v1::Entry*> latest;
  };

  // Keeps drafts that are joined, or one that is not.
  void Keep(absl::Span<LedgerDraft> joined, std::vector<LedgerReceipt>& out)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The chain, if the municipality has one.
  const Chain* Find(int municipality) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  absl::flat_hash_map<int, Chain> chains_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_ADAPTERS_MEMORY_LEDGER_H_
