#ifndef FRIKOMMUNE_ADAPTERS_POSTGRES_LEDGER_STORE_H_
#define FRIKOMMUNE_ADAPTERS_POSTGRES_LEDGER_STORE_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/random/random.h"
#include "absl/synchronization/mutex.h"
#include "adapters/ledger/known_entries.h"
#include "adapters/ledger/known_kinds.h"
#include "adapters/ledger/ledger_store.h"
#include "adapters/ledger/look_ups.h"
#include "adapters/postgres/connection.h"

namespace frikommune::postgres {

// Entries in a PostgreSQL database, which several replicas may share.
//
// Nothing is locked while a replica looks. It takes the next positions of a
// municipality's chain as it knows it, and the primary key (municipality,
// position) refuses them if another replica was faster; then it looks at the
// chain's end again and tries once more. Whatever was looked up before that,
// kept requests and latest subjects, was therefore true when it committed.
class PostgresLedgerStore final : public ledger::LedgerStore {
 public:
  // Connects, and checks that the schema is one that this program knows:
  // FAILED_PRECONDITION if not. UNAVAILABLE if the server cannot be reached.
  // `on_retry`, if it is set, is called when a write is tried again.
  static absl::StatusOr<std::unique_ptr<PostgresLedgerStore>> Open(
      const std::string& conninfo, std::function<void()> on_retry = {});

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
  PostgresLedgerStore(const std::string& conninfo,
                      std::function<void()> on_retry)
      : on_retry_(std::move(on_retry)), writer_(conninfo), reader_(conninfo) {}

  absl::Status WriteOnce(absl::Span<const ledger::SealedDraft* const> drafts,
                         bool looks_up, std::vector<LedgerReceipt>& receipts);
  absl::Status LookUp(absl::Span<const ledger::SealedDraft* const> drafts,
                      ledger::KnownEntries& known);
  absl::StatusOr<ledger::ChainHead> HeadOf(int municipality);
  absl::StatusOr<int64_t> NumberOfKind(const ledger::SealedDraft& draft);
  // The ends are those of the entries' chains.
  absl::Status Insert(const std::vector<ledger::LinkedDraft>& entries,
                      const std::map<int, ledger::ChainHead>& ends);
  absl::StatusOr<std::vector<ledger::v1::Entry>> Entries(
      absl::string_view where, const Parameters& parameters);

  absl::StatusOr<int64_t> Number(const char* sql, int municipality);

  const std::function<void()> on_retry_;
  absl::InsecureBitGen random_;
  Connection writer_;
  // What the chains end with, as far as they were looked up.
  std::map<int, ledger::ChainHead> heads_;
  ledger::KnownKinds kinds_;
  ledger::LookUps look_ups_;

  absl::Mutex reading_;
  Connection reader_ ABSL_GUARDED_BY(reading_);
};

}  // namespace frikommune::postgres

#endif  // FRIKOMMUNE_ADAPTERS_POSTGRES_LEDGER_STORE_H_
