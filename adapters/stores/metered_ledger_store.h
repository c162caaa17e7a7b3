#ifndef FRIKOMMUNE_ADAPTERS_STORES_METERED_LEDGER_STORE_H_
#define FRIKOMMUNE_ADAPTERS_STORES_METERED_LEDGER_STORE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/ledger/ledger_store.h"
#include "ports/database_meter.h"

namespace frikommune::stores {

// A ledger's store that is watched. Thread-safe as that is; the meter outlives
// it.
class MeteredLedgerStore final : public ledger::LedgerStore {
 public:
  MeteredLedgerStore(std::unique_ptr<ledger::LedgerStore> store,
                     DatabaseMeter& meter)
      : store_(std::move(store)), meter_(meter) {}

  absl::Status Write(absl::Span<const ledger::SealedDraft* const> drafts,
                     std::vector<LedgerReceipt>& receipts) override;
  absl::StatusOr<ledger::v1::Entry> FindByRequestId(
      int municipality, absl::string_view request_id) override;
  absl::StatusOr<ledger::v1::Entry> Latest(int municipality,
                                           absl::string_view subject) override;
  absl::StatusOr<std::vector<ledger::v1::Entry>> ListSubjects(
      int municipality, const SubjectFilter& filter, absl::string_view after,
      int limit) override;
  absl::StatusOr<std::vector<ledger::v1::Entry>> Read(int municipality,
                                                      int64_t after_position,
                                                      int limit) override;
  absl::Status Scan(
      int municipality, int64_t after_position, int limit,
      absl::FunctionRef<void(const ledger::StoredEntry&)> take) override;
  absl::StatusOr<int> NextMunicipality(int after) override;
  absl::StatusOr<int64_t> LastPosition(int municipality) override;
  absl::StatusOr<int64_t> NotedEnd(int municipality) override;

 private:
  const std::unique_ptr<ledger::LedgerStore> store_;
  DatabaseMeter& meter_;
};

}  // namespace frikommune::stores

#endif  // FRIKOMMUNE_ADAPTERS_STORES_METERED_LEDGER_STORE_H_
