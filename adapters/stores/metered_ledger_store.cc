#include "adapters/stores/metered_ledger_store.h"

#include "adapters/stores/timed.h"

namespace frikommune::stores {

using ledger::v1::Entry;

absl::Status MeteredLedgerStore::Write(
    absl::Span<const ledger::SealedDraft* const> drafts,
    std::vector<LedgerReceipt>& receipts) {
  return Timed(meter_, DatabaseOperation::kLedgerAppend,
               [&] { return store_->Write(drafts, receipts); });
}

absl::StatusOr<Entry> MeteredLedgerStore::FindByRequestId(
    int municipality, absl::string_view request_id) {
  return Timed(meter_, DatabaseOperation::kLedgerFind, [&] {
    return store_->FindByRequestId(municipality, request_id);
  });
}

absl::StatusOr<Entry> MeteredLedgerStore::Latest(int municipality,
                                                 absl::string_view subject) {
  return Timed(meter_, DatabaseOperation::kLedgerLatest,
               [&] { return store_->Latest(municipality, subject); });
}

absl::StatusOr<std::vector<Entry>> MeteredLedgerStore::ListSubjects(
    int municipality, const SubjectFilter& filter, absl::string_view after,
    int limit) {
  return Timed(meter_, DatabaseOperation::kLedgerList, [&] {
    return store_->ListSubjects(municipality, filter, after, limit);
  });
}

absl::StatusOr<std::vector<Entry>> MeteredLedgerStore::Read(
    int municipality, int64_t after_position, int limit) {
  return Timed(meter_, DatabaseOperation::kLedgerRead, [&] {
    return store_->Read(municipality, after_position, limit);
  });
}

absl::Status MeteredLedgerStore::Scan(
    int municipality, int64_t after_position, int limit,
    absl::FunctionRef<void(const ledger::StoredEntry&)> take) {
  return Timed(meter_, DatabaseOperation::kLedgerScan, [&] {
    return store_->Scan(municipality, after_position, limit, take);
  });
}

absl::StatusOr<int> MeteredLedgerStore::NextMunicipality(int after) {
  return Timed(meter_, DatabaseOperation::kLedgerPosition,
               [&] { return store_->NextMunicipality(after); });
}

absl::StatusOr<int64_t> MeteredLedgerStore::LastPosition(int municipality) {
  return Timed(meter_, DatabaseOperation::kLedgerPosition,
               [&] { return store_->LastPosition(municipality); });
}

absl::StatusOr<int64_t> MeteredLedgerStore::NotedEnd(int municipality) {
  return Timed(meter_, DatabaseOperation::kLedgerPosition,
               [&] { return store_->NotedEnd(municipality); });
}

}  // namespace frikommune::stores
