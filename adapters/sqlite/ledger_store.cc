#include "adapters/sqlite/ledger_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/sqlite/migrations.h"
#include "core/ledger/chain.h"

namespace frikommune::sqlite {
namespace {

using ledger::v1::Entry;

// What StoredIn reads, of the table entries as e.
constexpr char kSelectEntry[] =
    "SELECT e.position, e.request_id, e.subject, e.entry, e.previous_hash, "
    "e.hash FROM entries e ";
constexpr char kWhereKept[] = "WHERE e.municipality = ?1 AND e.request_id = ?2";
constexpr char kWhereLatest[] =
    "WHERE e.municipality = ?1 AND e.subject = ?2 ORDER BY e.number DESC "
    "LIMIT 1";
constexpr char kWhereAfter[] =
    "WHERE e.municipality = ?1 AND e.position > ?2 ORDER BY e.position "
    "LIMIT ?3";
// Where the chain ends: as its entries have it or as it is noted, whichever is
// further. What was removed behind our back stays a gap.
constexpr char kFindHead[] =
    "SELECT position, hash FROM (SELECT position, hash FROM entries "
    "WHERE municipality = ?1 ORDER BY position DESC LIMIT 1) "
    "UNION ALL SELECT position, hash FROM chains WHERE municipality = ?1 "
    "ORDER BY position DESC LIMIT 1";
constexpr char kInsertEntry[] =
    "INSERT INTO entries (municipality, position, request_id, subject, kind, "
    "case_id, outcome, state, day, previous_hash, hash, entry) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
// Whether it is new or not.
constexpr char kNumberOfKind[] =
    "INSERT INTO kinds (service, subject_type, provision, experiment) "
    "VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (service, subject_type, provision, experiment) "
    "DO UPDATE SET service = excluded.service RETURNING number";
constexpr char kNoteEnd[] =
    "INSERT INTO chains (municipality, position, hash) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (municipality) DO UPDATE SET position = excluded.position, "
    "hash = excluded.hash";
constexpr char kNextMunicipality[] =
    "SELECT coalesce(min(first), 0) FROM ("
    "SELECT min(municipality) AS first FROM entries WHERE municipality > ?1 "
    "UNION ALL "
    "SELECT min(municipality) FROM chains WHERE municipality > ?1)";
constexpr char kLastPosition[] =
    "SELECT coalesce(max(position), 0) FROM entries WHERE municipality = ?1";
constexpr char kNotedEnd[] =
    "SELECT coalesce(max(position), 0) FROM chains WHERE municipality = ?1";

// Good until the next step.
ledger::StoredEntry StoredIn(const Statement& row) {
  return ledger::Unsealed(row.Int(0), row.View(1), row.View(2), row.View(3),
                          row.View(4), row.View(5));
}

absl::StatusOr<Entry> EntryIn(const Statement& row) {
  return ledger::EntryIn(StoredIn(row));
}

absl::StatusOr<Entry> OneEntry(Query query, absl::string_view what) {
  const auto row = query->Step();
  if (!row.ok()) return row.status();
  if (!*row) return absl::NotFoundError(absl::StrCat("there is no ", what));
  return EntryIn(*query.operator->());
}

// The number in the only row, of a statement that was bound.
absl::StatusOr<int64_t> OneNumber(Query query) {
  const auto row = query->Step();
  if (!row.ok()) return row.status();
  return query->Int(0);
}

absl::StatusOr<std::vector<Entry>> AllEntries(Query query) {
  std::vector<Entry> entries;
  for (;;) {
    const auto row = query->Step();
    if (!row.ok()) return row.status();
    if (!*row) return entries;
    auto entry = EntryIn(*query.operator->());
    if (!entry.ok()) return entry.status();
    entries.push_back(*std::move(entry));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteLedgerStore>> SqliteLedgerStore::Open(
    const std::string& path) {
  auto writer = Connection::Open(path);
  if (!writer.ok()) return writer.status();
  if (auto migrated = Migrate(*writer, false); !migrated.ok())
    return migrated.status();
  auto reader = Connection::Open(path);
  if (!reader.ok()) return reader.status();
  std::unique_ptr<SqliteLedgerStore> store(
      new SqliteLedgerStore(*std::move(writer), *std::move(reader)));
  if (absl::Status ready = store->Prepare(); !ready.ok()) return ready;
  return store;
}

absl::Status SqliteLedgerStore::Prepare() {
  absl::MutexLock lock(&reading_);
  const auto prepare = [](Connection& connection, absl::string_view sql,
                          Statement& out) {
    auto statement = connection.Prepare(sql);
    if (!statement.ok()) return statement.status();
    out = *std::move(statement);
    return absl::OkStatus();
  };
  const auto entry_where = [](const char* condition) {
    return absl::StrCat(kSelectEntry, condition);
  };
  absl::Status status;
  status.Update(prepare(writer_, entry_where(kWhereKept), find_kept_));
  status.Update(prepare(writer_, entry_where(kWhereLatest), find_latest_));
  status.Update(prepare(writer_, kFindHead, find_head_));
  status.Update(prepare(writer_, kInsertEntry, insert_entry_));
  status.Update(prepare(writer_, kNumberOfKind, number_of_kind_));
  status.Update(prepare(writer_, kNoteEnd, note_end_));
  status.Update(prepare(reader_, entry_where(kWhereKept), read_by_request_));
  status.Update(prepare(reader_, entry_where(kWhereLatest), read_latest_));
  status.Update(prepare(reader_, entry_where(kWhereAfter), read_chain_));
  status.Update(prepare(reader_, kNextMunicipality, next_municipality_));
  status.Update(prepare(reader_, kLastPosition, last_position_));
  status.Update(prepare(reader_, kNotedEnd, noted_end_));
  return status;
}

absl::Status SqliteLedgerStore::Write(
    absl::Span<const ledger::SealedDraft* const> drafts,
    std::vector<LedgerReceipt>& receipts) {
  const bool looks_up = look_ups_.Needed(drafts);
  absl::Status status = WriteOnce(drafts, looks_up, receipts);
  if (absl::IsAborted(status) && !looks_up) {
    look_ups_.Refused();
    status = WriteOnce(drafts, true, receipts);
  }
  return status;
}

absl::Status SqliteLedgerStore::WriteOnce(
    absl::Span<const ledger::SealedDraft* const> drafts, bool looks_up,
    std::vector<LedgerReceipt>& receipts) {
  absl::Status status;
  {
    auto transaction = Transaction::Begin(writer_);
    status = transaction.status();
    ledger::KnownEntries known;
    for (const ledger::SealedDraft* const draft : drafts) {
      if (status.ok()) status = LookUpHead(draft->municipality, known);
      if (status.ok() && looks_up) status = LookUp(*draft, known);
    }
    if (status.ok()) {
      const auto linked = known.Take(drafts, receipts);
      for (const auto& one : linked) {
        if (status.ok()) status = Insert(one);
      }
      for (const auto& [municipality, head] : known.MovedHeads()) {
        if (status.ok()) status = NoteEnd(municipality, head);
      }
      look_ups_.Found(drafts.size(), linked.size());
    }
    if (status.ok()) status = transaction->Commit();
    if (status.ok()) Remember(known);
  }
  // What was rolled back must not be built upon.
  if (!status.ok()) {
    heads_.clear();
    kinds_.Forget();
  }
  return status;
}

absl::Status SqliteLedgerStore::LookUpHead(int municipality,
                                           ledger::KnownEntries& known) {
  if (known.heads().contains(municipality)) return absl::OkStatus();
  auto head = HeadOf(municipality);
  if (!head.ok()) return head.status();
  known.AddHead(municipality, *std::move(head));
  return absl::OkStatus();
}

absl::Status SqliteLedgerStore::LookUp(const ledger::SealedDraft& draft,
                                       ledger::KnownEntries& known) {
  const int municipality = draft.municipality;
  {
    Query kept(find_kept_);
    find_kept_.Bind(1, int64_t{municipality}).Bind(2, draft.request_id);
    const auto row = kept->Step();
    if (!row.ok()) return row.status();
    if (*row) {
      auto entry = EntryIn(find_kept_);
      if (!entry.ok()) return entry.status();
      known.AddKept(*std::move(entry));
    }
  }
  if (draft.follows.has_value()) {
    Query latest(find_latest_);
    find_latest_.Bind(1, int64_t{municipality}).Bind(2, draft.subject);
    const auto row = latest->Step();
    if (!row.ok()) return row.status();
    if (*row) {
      const auto entry = EntryIn(find_latest_);
      if (!entry.ok()) return entry.status();
      known.AddLatest(*entry);
    }
  }
  return absl::OkStatus();
}

void SqliteLedgerStore::Remember(const ledger::KnownEntries& known) {
  for (const auto& [municipality, head] : known.heads())
    heads_[municipality] = head;
}

absl::Status SqliteLedgerStore::Insert(const ledger::LinkedDraft& linked) {
  const ledger::SealedDraft& draft = *linked.draft;
  const auto kind = NumberOfKind(draft);
  if (!kind.ok()) return kind.status();
  insert_entry_.Bind(1, int64_t{draft.municipality})
      .Bind(2, linked.position)
      .Bind(3, draft.request_id)
      .Bind(4, draft.subject)
      .Bind(5, *kind)
      .Bind(6, draft.case_id)
      .Bind(7, int64_t{draft.outcome})
      .Bind(8, int64_t{draft.state})
      .Bind(9, int64_t{draft.day})
      .BindBlob(10, ledger::BytesOf(linked.previous_hash))
      .BindBlob(11, ledger::BytesOf(linked.hash))
      .BindBlob(12, draft.packed);
  return insert_entry_.Run();
}

absl::StatusOr<int64_t> SqliteLedgerStore::NumberOfKind(
    const ledger::SealedDraft& draft) {
  if (const auto known = kinds_.NumberOf(draft)) return *known;
  number_of_kind_.Bind(1, draft.service)
      .Bind(2, draft.subject_type)
      .Bind(3, draft.provision)
      .Bind(4, draft.experiment);
  auto number = OneNumber(Query(number_of_kind_));
  if (number.ok()) kinds_.Add(draft, *number);
  return number;
}

absl::Status SqliteLedgerStore::NoteEnd(int municipality,
                                        const ledger::ChainHead& head) {
  note_end_.Bind(1, int64_t{municipality})
      .Bind(2, head.position)
      .BindBlob(3, head.hash);
  return note_end_.Run();
}

absl::StatusOr<ledger::ChainHead> SqliteLedgerStore::HeadOf(int municipality) {
  const auto known = heads_.find(municipality);
  if (known != heads_.end()) return known->second;
  Query last(find_head_);
  find_head_.Bind(1, int64_t{municipality});
  const auto row = last->Step();
  if (!row.ok()) return row.status();
  ledger::ChainHead head{0, ledger::HashBeforeFirst()};
  if (*row) head = {last->Int(0), last->Bytes(1)};
  heads_[municipality] = head;
  return head;
}

absl::StatusOr<Entry> SqliteLedgerStore::FindByRequestId(
    int municipality, absl::string_view request_id) {
  absl::MutexLock lock(&reading_);
  read_by_request_.Bind(1, int64_t{municipality}).Bind(2, request_id);
  return OneEntry(Query(read_by_request_), "entry of that request id");
}

absl::StatusOr<Entry> SqliteLedgerStore::Latest(int municipality,
                                                absl::string_view subject) {
  absl::MutexLock lock(&reading_);
  read_latest_.Bind(1, int64_t{municipality}).Bind(2, subject);
  return OneEntry(Query(read_latest_), "entry of that subject");
}

absl::StatusOr<std::vector<Entry>> SqliteLedgerStore::ListSubjects(
    int municipality, const SubjectFilter& filter, absl::string_view after,
    int limit) {
  std::string sql = absl::StrCat(
      kSelectEntry,
      "WHERE e.municipality = ?1 AND e.subject > ?2 "
      "AND NOT EXISTS (SELECT 1 FROM entries later "
      "WHERE later.municipality = e.municipality "
      "AND later.subject = e.subject AND later.number > e.number)");
  const auto want = [&sql](bool is_set, absl::string_view condition) {
    if (is_set) absl::StrAppend(&sql, " AND e.", condition);
  };
  const auto want_kind = [&want](bool is_set, absl::string_view condition) {
    want(is_set, absl::StrCat("kind IN (SELECT number FROM kinds WHERE ",
                              condition, ")"));
  };
  want_kind(!filter.service.empty(), "service = ?4");
  want_kind(!filter.subject_type.empty(), "subject_type = ?5");
  want_kind(!filter.provision.empty(), "provision = ?7");
  want_kind(!filter.experiment.empty(), "experiment = ?8");
  want(!filter.case_id.empty(), "case_id <> '' AND e.case_id = ?6");
  want(filter.outcome.has_value(), "outcome = ?9");
  want(filter.state.has_value(), "state = ?10");
  want(filter.from_day.has_value(), "day >= ?11");
  want(filter.to_day.has_value(), "day <= ?12");
  absl::StrAppend(&sql, " ORDER BY e.subject LIMIT ?3");
  absl::MutexLock lock(&reading_);
  auto statement = reader_.Prepare(sql);
  if (!statement.ok()) return statement.status();
  statement->Bind(1, int64_t{municipality}).Bind(2, after);
  statement->Bind(3, int64_t{limit});
  statement->Bind(4, filter.service)
      .Bind(5, filter.subject_type)
      .Bind(6, filter.case_id)
      .Bind(7, filter.provision)
      .Bind(8, filter.experiment)
      .Bind(9, int64_t{filter.outcome.value_or(0)})
      .Bind(10, int64_t{filter.state.value_or(0)})
      .Bind(11, int64_t{filter.from_day.value_or(0)})
      .Bind(12, int64_t{filter.to_day.value_or(0)});
  return AllEntries(Query(*statement));
}

absl::StatusOr<std::vector<Entry>> SqliteLedgerStore::Read(
    int municipality, int64_t after_position, int limit) {
  absl::MutexLock lock(&reading_);
  read_chain_.Bind(1, int64_t{municipality})
      .Bind(2, after_position)
      .Bind(3, int64_t{limit});
  return AllEntries(Query(read_chain_));
}

absl::Status SqliteLedgerStore::Scan(
    int municipality, int64_t after_position, int limit,
    absl::FunctionRef<void(const ledger::StoredEntry&)> take) {
  absl::MutexLock lock(&reading_);
  Query query(read_chain_);
  read_chain_.Bind(1, int64_t{municipality})
      .Bind(2, after_position)
      .Bind(3, int64_t{limit});
  for (;;) {
    const auto row = query->Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
    take(StoredIn(read_chain_));
  }
}

absl::StatusOr<int> SqliteLedgerStore::NextMunicipality(int after) {
  absl::MutexLock lock(&reading_);
  next_municipality_.Bind(1, int64_t{after});
  const auto next = OneNumber(Query(next_municipality_));
  if (!next.ok()) return next.status();
  return static_cast<int>(*next);
}

absl::StatusOr<int64_t> SqliteLedgerStore::LastPosition(int municipality) {
  absl::MutexLock lock(&reading_);
  last_position_.Bind(1, int64_t{municipality});
  return OneNumber(Query(last_position_));
}

absl::StatusOr<int64_t> SqliteLedgerStore::NotedEnd(int municipality) {
  absl::MutexLock lock(&reading_);
  noted_end_.Bind(1, int64_t{municipality});
  return OneNumber(Query(noted_end_));
}

}  // namespace frikommune::sqlite
