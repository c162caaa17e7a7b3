#ifndef FRIKOMMUNE_ADAPTERS_SQLITE_LEDGER_STORE_H_
#define FRIKOMMUNE_ADAPTERS_SQLITE_LEDGER_STORE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "adapters/ledger/known_entries.h"
#include "adapters/ledger/known_kinds.h"
#include "adapters/ledger/ledger_store.h"
#include "adapters/ledger/look_ups.h"
#include "adapters/sqlite/connection.h"

namespace frikommune::sqlite {

// Entries in one SQLite file, for one process. It writes on a connection of its
// own and reads on another, so that readers never wait for the disk.
class SqliteLedgerStore final : public ledger::LedgerStore {
 public:
  // Opens the file and brings it to the newest schema. FAILED_PRECONDITION if
  // it is newer than this program.
  static absl::StatusOr<std::unique_ptr<SqliteLedgerStore>> Open(
      const std::string& path);

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
  SqliteLedgerStore(Connection writer, Connection reader)
      : writer_(std::move(writer)), reader_(std::move(reader)) {}

  absl::Status Prepare();
  absl::Status WriteOnce(absl::Span<const ledger::SealedDraft* const> drafts,
                         bool looks_up, std::vector<LedgerReceipt>& receipts);
  absl::Status LookUpHead(int municipality, ledger::KnownEntries& known);
  absl::Status LookUp(const ledger::SealedDraft& draft,
                      ledger::KnownEntries& known);
  void Remember(const ledger::KnownEntries& known);
  absl::Status Insert(const ledger::LinkedDraft& linked);
  absl::StatusOr<int64_t> NumberOfKind(const ledger::SealedDraft& draft);
  absl::Status NoteEnd(int municipality, const ledger::ChainHead& head);
  absl::StatusOr<ledger::ChainHead> HeadOf(int municipality);

  Connection writer_;
  Statement find_kept_;
  Statement find_latest_;
  Statement find_head_;
  Statement insert_entry_;
  Statement number_of_kind_;
  Statement note_end_;
  ledger::LookUps look_ups_;
  // What the chains end with, as far as they were looked up.
  std::map<int, ledger::ChainHead> heads_;
  ledger::KnownKinds kinds_;

  absl::Mutex reading_;
  Connection reader_ ABSL_GUARDED_BY(reading_);
  Statement read_by_request_ ABSL_GUARDED_BY(reading_);
  Statement read_latest_ ABSL_GUARDED_BY(reading_);
  Statement read_chain_ ABSL_GUARDED_BY(reading_);
  Statement next_municipality_ ABSL_GUARDED_BY(reading_);
  Statement last_position_ ABSL_GUARDED_BY(reading_);
  Statement noted_end_ ABSL_GUARDED_BY(reading_);
};

}  // namespace frikommune::sqlite

#endif  // FRIKOMMUNE_ADAPTERS_SQLITE_LEDGER_STORE_H_
