#ifndef FRIKOMMUNE_ADAPTERS_LEDGER_LEDGER_STORE_H_
#define FRIKOMMUNE_ADAPTERS_LEDGER_LEDGER_STORE_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "adapters/ledger/sealed_draft.h"
#include "ports/ledger.h"

namespace frikommune::ledger {

// An engine that keeps entries: what GroupLedger needs of a database. Calls
// wait for it.
//
// Write is called from one thread at a time; the others from many.
class LedgerStore {
 public:
  virtual ~LedgerStore() = default;

  // Keeps the drafts in one transaction and gives the receipt of each: kept
  // now, kept before, or ABORTED because it does not follow the latest entry of
  // its subject. An error means that none of them is kept, or, if it is
  // UNAVAILABLE, that this is not known.
  virtual absl::Status Write(absl::Span<const SealedDraft* const> drafts,
                             std::vector<LedgerReceipt>& receipts) = 0;

  // As the functions of Ledger of the same names.
  virtual absl::StatusOr<v1::Entry> FindByRequestId(
      int municipality, absl::string_view request_id) = 0;
  virtual absl::StatusOr<v1::Entry> Latest(int municipality,
                                           absl::string_view subject) = 0;
  virtual absl::StatusOr<std::vector<v1::Entry>> ListSubjects(
      int municipality, const SubjectFilter& filter, absl::string_view after,
      int limit) = 0;
  virtual absl::StatusOr<std::vector<v1::Entry>> Read(int municipality,
                                                      int64_t after_position,
                                                      int limit) = 0;
  virtual absl::Status Scan(
      int municipality, int64_t after_position, int limit,
      absl::FunctionRef<void(const StoredEntry&)> take) = 0;
  virtual absl::StatusOr<int> NextMunicipality(int after) = 0;
  virtual absl::StatusOr<int64_t> LastPosition(int municipality) = 0;
  virtual absl::StatusOr<int64_t> NotedEnd(int municipality) = 0;
};

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_ADAPTERS_LEDGER_LEDGER_STORE_H_
