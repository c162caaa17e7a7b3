#include "adapters/postgres/ledger_store.h"

#include <utility>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "adapters/postgres/migrations.h"
#include "core/ledger/chain.h"

namespace frikommune::postgres {
namespace {

using ledger::v1::Entry;

// How often another replica may be faster before the caller is told to come
// again, and for how long at most it is let go ahead: each time for a time of
// its own, so that two replicas do not run into each other for ever.
constexpr int kAttempts = 50;
constexpr absl::Duration kLetGoAhead = absl::Milliseconds(4);

// Where the chain ends: as its entries have it or as it is noted, whichever is
// further. What was removed behind our back stays a gap.
constexpr char kFindHead[] =
    "(SELECT position, hash FROM entries WHERE municipality = $1 "
    "ORDER BY position DESC LIMIT 1) "
    "UNION ALL SELECT position, hash FROM chains WHERE municipality = $1 "
    "ORDER BY position DESC LIMIT 1";

// What StoredIn reads, of the table entries as e.
constexpr char kSelectEntry[] =
    "SELECT e.position, e.request_id, e.subject, e.entry, e.previous_hash, "
    "e.hash FROM entries e ";
constexpr char kWhereAfter[] =
    "WHERE e.municipality = $1 AND e.position > $2 ORDER BY e.position "
    "LIMIT $3";

// What is kept already of the drafts' requests, and the latest entries of the
// subjects that must be followed; the last column tells them apart.
constexpr char kLookUp[] =
    "SELECT e.position, e.request_id, e.subject, e.entry, e.previous_hash, "
    "e.hash, 0 FROM unnest($1::int4[], $2::text[]) "
    "AS d (municipality, request_id) "
    "JOIN entries e USING (municipality, request_id) "
    "UNION ALL SELECT e.position, e.request_id, e.subject, e.entry, "
    "e.previous_hash, e.hash, 1 FROM unnest($3::int4[], $4::text[]) "
    "AS d (municipality, subject) CROSS JOIN LATERAL "
    "(SELECT * FROM entries WHERE municipality = d.municipality "
    "AND subject = d.subject ORDER BY position DESC LIMIT 1) AS e";

// One statement, and so one transaction: entries, and where their chains end
// then. The ends are locked first, in their order.
constexpr char kInsert[] =
    "WITH kept AS (INSERT INTO entries (municipality, position, request_id, "
    "subject, kind, case_id, outcome, state, day, previous_hash, hash, entry) "
    "SELECT unnest($1::int4[]), unnest($2::int8[]), unnest($3::text[]), "
    "unnest($4::text[]), unnest($5::int4[]), unnest($6::text[]), "
    "unnest($7::int4[]), unnest($8::int4[]), unnest($9::int4[]), "
    "unnest($10::bytea[]), unnest($11::bytea[]), unnest($12::bytea[])) "
    "INSERT INTO chains (municipality, position, hash) "
    "SELECT unnest($13::int4[]), unnest($14::int8[]), unnest($15::bytea[]) "
    "ON CONFLICT (municipality) DO UPDATE SET position = excluded.position, "
    "hash = excluded.hash";

// Whether it is new or not.
constexpr char kNumberOfKind[] =
    "INSERT INTO kinds (service, subject_type, provision, experiment) "
    "VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (service, subject_type, provision, experiment) "
    "DO UPDATE SET service = excluded.service RETURNING number";

ledger::StoredEntry StoredIn(const Rows& rows, int row) {
  return ledger::Unsealed(rows.Int(row, 0), rows.Bytes(row, 1),
                          rows.Bytes(row, 2), rows.Bytes(row, 3),
                          rows.Bytes(row, 4), rows.Bytes(row, 5));
}

absl::StatusOr<Entry> Only(absl::StatusOr<std::vector<Entry>> entries,
                           absl::string_view what) {
  if (!entries.ok()) return entries.status();
  if (entries->empty())
    return absl::NotFoundError(absl::StrCat("there is no ", what));
  return std::move(entries->front());
}

}  // namespace

absl::StatusOr<std::unique_ptr<PostgresLedgerStore>> PostgresLedgerStore::Open(
    const std::string& conninfo, std::function<void()> on_retry) {
  std::unique_ptr<PostgresLedgerStore> store(
      new PostgresLedgerStore(conninfo, std::move(on_retry)));
  absl::Status known = CheckSchema(store->writer_);
  if (!known.ok()) return known;
  return store;
}

absl::Status PostgresLedgerStore::Write(
    absl::Span<const ledger::SealedDraft* const> drafts,
    std::vector<LedgerReceipt>& receipts) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const bool looks_up = look_ups_.Needed(drafts);
    absl::Status status = WriteOnce(drafts, looks_up, receipts);
    if (status.ok()) return status;
    // Whatever went wrong, what was there must be looked at again.
    heads_.clear();
    kinds_.Forget();
    if (!absl::IsAborted(status)) return status;
    look_ups_.Refused();
    if (!looks_up) continue;
    if (on_retry_) on_retry_();
    absl::SleepFor(kLetGoAhead * absl::Uniform(random_, 0.0, 1.0));
  }
  return absl::UnavailableError("other replicas were always faster");
}

absl::Status PostgresLedgerStore::WriteOnce(
    absl::Span<const ledger::SealedDraft* const> drafts, bool looks_up,
    std::vector<LedgerReceipt>& receipts) {
  ledger::KnownEntries known;
  // The chains' ends first: whoever writes after that makes us try again.
  for (const ledger::SealedDraft* const draft : drafts) {
    const int municipality = draft->municipality;
    if (known.heads().contains(municipality)) continue;
    auto head = HeadOf(municipality);
    if (!head.ok()) return head.status();
    known.AddHead(municipality, *std::move(head));
  }
  if (looks_up) {
    if (absl::Status found = LookUp(drafts, known); !found.ok()) return found;
  }
  const auto linked = known.Take(drafts, receipts);
  look_ups_.Found(drafts.size(), linked.size());
  if (linked.empty()) return absl::OkStatus();
  absl::Status inserted = Insert(linked, known.MovedHeads());
  if (!inserted.ok()) return inserted;
  for (const auto& [municipality, head] : known.heads())
    heads_[municipality] = head;
  return absl::OkStatus();
}

absl::StatusOr<ledger::ChainHead> PostgresLedgerStore::HeadOf(
    int municipality) {
  const auto remembered = heads_.find(municipality);
  if (remembered != heads_.end()) return remembered->second;
  const auto rows =
      writer_.RunPrepared(kFindHead, Parameters().AddInt(municipality));
  if (!rows.ok()) return rows.status();
  if (rows->size() == 0) {
    return ledger::ChainHead{0, ledger::HashBeforeFirst()};
  }
  return ledger::ChainHead{rows->Int(0, 0), std::string(rows->Bytes(0, 1))};
}

absl::StatusOr<int64_t> PostgresLedgerStore::NumberOfKind(
    const ledger::SealedDraft& draft) {
  if (const auto known = kinds_.NumberOf(draft)) return *known;
  const auto rows =
      writer_.RunPrepared(kNumberOfKind, Parameters()
                                             .AddText(draft.service)
                                             .AddText(draft.subject_type)
                                             .AddText(draft.provision)
                                             .AddText(draft.experiment));
  if (!rows.ok()) return rows.status();
  const int64_t number = rows->Int(0, 0);
  kinds_.Add(draft, number);
  return number;
}

absl::Status PostgresLedgerStore::LookUp(
    absl::Span<const ledger::SealedDraft* const> drafts,
    ledger::KnownEntries& known) {
  std::vector<int32_t> municipalities, followed_municipalities;
  std::vector<absl::string_view> requests, followed;
  for (const ledger::SealedDraft* const draft : drafts) {
    municipalities.push_back(draft->municipality);
    requests.push_back(draft->request_id);
    if (!draft->follows.has_value()) continue;
    followed_municipalities.push_back(draft->municipality);
    followed.push_back(draft->subject);
  }
  const auto rows =
      writer_.RunPrepared(kLookUp, Parameters()
                                       .AddInts(municipalities)
                                       .AddTexts(requests)
                                       .AddInts(followed_municipalities)
                                       .AddTexts(followed));
  if (!rows.ok()) return rows.status();
  for (int row = 0; row < rows->size(); ++row) {
    auto entry = ledger::EntryIn(StoredIn(*rows, row));
    if (!entry.ok()) return entry.status();
    if (rows->Int(row, 6) == 1) {
      known.AddLatest(*entry);
    } else {
      known.AddKept(*std::move(entry));
    }
  }
  return absl::OkStatus();
}

absl::Status PostgresLedgerStore::Insert(
    const std::vector<ledger::LinkedDraft>& entries,
    const std::map<int, ledger::ChainHead>& ends) {
  std::vector<int32_t> municipalities, kinds, outcomes, states, days;
  std::vector<int64_t> positions;
  std::vector<absl::string_view> requests, subjects, cases, previous_hashes,
      hashes, contents;
  for (const ledger::LinkedDraft& linked : entries) {
    const ledger::SealedDraft& draft = *linked.draft;
    const auto kind = NumberOfKind(draft);
    if (!kind.ok()) return kind.status();
    municipalities.push_back(draft.municipality);
    positions.push_back(linked.position);
    requests.push_back(draft.request_id);
    subjects.push_back(draft.subject);
    kinds.push_back(static_cast<int32_t>(*kind));
    cases.push_back(draft.case_id);
    outcomes.push_back(draft.outcome);
    states.push_back(draft.state);
    days.push_back(draft.day);
    previous_hashes.push_back(ledger::BytesOf(linked.previous_hash));
    hashes.push_back(ledger::BytesOf(linked.hash));
    contents.push_back(draft.packed);
  }
  std::vector<int32_t> chains;
  std::vector<int64_t> end_positions;
  std::vector<absl::string_view> end_hashes;
  for (const auto& [municipality, end] : ends) {
    chains.push_back(municipality);
    end_positions.push_back(end.position);
    end_hashes.push_back(end.hash);
  }
  Parameters parameters;
  parameters.AddInts(municipalities)
      .AddBigints(positions)
      .AddTexts(requests)
      .AddTexts(subjects)
      .AddInts(kinds)
      .AddTexts(cases)
      .AddInts(outcomes)
      .AddInts(states)
      .AddInts(days)
      .AddBytes(previous_hashes)
      .AddBytes(hashes)
      .AddBytes(contents)
      .AddInts(chains)
      .AddBigints(end_positions)
      .AddBytes(end_hashes);
  return writer_.RunPrepared(kInsert, parameters).status();
}

absl::StatusOr<std::vector<Entry>> PostgresLedgerStore::Entries(
    absl::string_view where, const Parameters& parameters) {
  absl::MutexLock lock(&reading_);
  const auto rows =
      reader_.Run(absl::StrCat(kSelectEntry, where).c_str(), parameters);
  if (!rows.ok()) return rows.status();
  std::vector<Entry> entries;
  for (int row = 0; row < rows->size(); ++row) {
    auto entry = ledger::EntryIn(StoredIn(*rows, row));
    if (!entry.ok()) return entry.status();
    entries.push_back(*std::move(entry));
  }
  return entries;
}

absl::StatusOr<Entry> PostgresLedgerStore::FindByRequestId(
    int municipality, absl::string_view request_id) {
  return Only(Entries("WHERE e.municipality = $1 AND e.request_id = $2",
                      Parameters().AddInt(municipality).AddText(request_id)),
              "entry of that request id");
}

absl::StatusOr<Entry> PostgresLedgerStore::Latest(int municipality,
                                                  absl::string_view subject) {
  return Only(Entries("WHERE e.municipality = $1 AND e.subject = $2 "
                      "ORDER BY e.position DESC LIMIT 1",
                      Parameters().AddInt(municipality).AddText(subject)),
              "entry of that subject");
}

absl::StatusOr<std::vector<Entry>> PostgresLedgerStore::ListSubjects(
    int municipality, const SubjectFilter& filter, absl::string_view after,
    int limit) {
  std::string sql =
      "WHERE e.municipality = $1 AND e.subject > $2 "
      "AND NOT EXISTS (SELECT FROM entries later "
      "WHERE later.municipality = e.municipality "
      "AND later.subject = e.subject AND later.position > e.position)";
  Parameters parameters;
  parameters.AddInt(municipality).AddText(after);
  const auto want = [&](absl::string_view condition) {
    absl::StrAppend(&sql, " AND e.", condition, " $", parameters.size());
  };
  const auto want_kind = [&](const std::string& value,
                             absl::string_view column) {
    if (value.empty()) return;
    parameters.AddText(value);
    want(
        absl::StrCat("kind IN (SELECT number FROM kinds WHERE ", column, " ="));
    sql += ")";
  };
  const auto want_number = [&](const std::optional<int>& value,
                               absl::string_view condition) {
    if (!value.has_value()) return;
    parameters.AddInt(*value);
    want(condition);
  };
  want_kind(filter.service, "service");
  want_kind(filter.subject_type, "subject_type");
  want_kind(filter.provision, "provision");
  want_kind(filter.experiment, "experiment");
  if (!filter.case_id.empty()) {
    parameters.AddText(filter.case_id);
    want("case_id <> '' AND e.case_id =");
  }
  want_number(filter.outcome, "outcome =");
  want_number(filter.state, "state =");
  want_number(filter.from_day, "day >=");
  want_number(filter.to_day, "day <=");
  parameters.AddInt(limit);
  absl::StrAppend(&sql, " ORDER BY e.subject LIMIT $", parameters.size());
  return Entries(sql, parameters);
}

absl::StatusOr<std::vector<Entry>> PostgresLedgerStore::Read(
    int municipality, int64_t after_position, int limit) {
  return Entries(kWhereAfter, Parameters()
                                  .AddInt(municipality)
                                  .AddBigint(after_position)
                                  .AddInt(limit));
}

absl::Status PostgresLedgerStore::Scan(
    int municipality, int64_t after_position, int limit,
    absl::FunctionRef<void(const ledger::StoredEntry&)> take) {
  absl::MutexLock lock(&reading_);
  const auto rows = reader_.Run(absl::StrCat(kSelectEntry, kWhereAfter).c_str(),
                                Parameters()
                                    .AddInt(municipality)
                                    .AddBigint(after_position)
                                    .AddInt(limit));
  if (!rows.ok()) return rows.status();
  for (int row = 0; row < rows->size(); ++row) {
    take(StoredIn(*rows, row));
  }
  return absl::OkStatus();
}

absl::StatusOr<int64_t> PostgresLedgerStore::Number(const char* sql,
                                                    int municipality) {
  absl::MutexLock lock(&reading_);
  const auto rows = reader_.Run(sql, Parameters().AddInt(municipality));
  if (!rows.ok()) return rows.status();
  return rows->Int(0, 0);
}

absl::StatusOr<int> PostgresLedgerStore::NextMunicipality(int after) {
  const auto next = Number(
      "SELECT coalesce(min(first), 0) FROM ("
      "SELECT min(municipality) AS first FROM entries WHERE municipality > $1 "
      "UNION ALL "
      "SELECT min(municipality) FROM chains WHERE municipality > $1) AS one",
      after);
  if (!next.ok()) return next.status();
  return static_cast<int>(*next);
}

absl::StatusOr<int64_t> PostgresLedgerStore::LastPosition(int municipality) {
  return Number(
      "SELECT coalesce(max(position), 0) FROM entries WHERE municipality = $1",
      municipality);
}

absl::StatusOr<int64_t> PostgresLedgerStore::NotedEnd(int municipality) {
  return Number(
      "SELECT coalesce(max(position), 0) FROM chains WHERE municipality = $1",
      municipality);
}

}  // namespace frikommune::postgres
