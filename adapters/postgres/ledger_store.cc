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

constexpr char kFindHead[] =
    "SELECT entry FROM entries WHERE municipality = $1 "
    "ORDER BY position DESC LIMIT 1";

// What is kept already of the drafts' requests, and the latest entries of the
// subjects that must be followed.
constexpr char kLookUp[] =
    "SELECT e.entry, NULL, NULL, NULL FROM unnest($1::int4[], $2::text[]) "
    "AS d (municipality, request_id) "
    "JOIN entries e USING (municipality, request_id) "
    "UNION ALL SELECT NULL, s.municipality, s.subject, s.entry_name "
    "FROM unnest($3::int4[], $4::text[]) AS d (municipality, subject) "
    "JOIN subjects s USING (municipality, subject)";

// One statement, and so one transaction: entries, and where their subjects
// stand. Of several entries of one subject the last one counts.
constexpr char kInsert[] =
    "WITH rows AS (SELECT * FROM unnest($1::int4[], $2::int8[], $3::text[], "
    "$4::text[], $5::bytea[], $6::text[], $7::text[], $8::text[], $9::text[], "
    "$10::text[], $11::text[], $12::int4[], $13::int4[], $14::int4[]) AS row "
    "(municipality, position, request_id, subject, entry, entry_name, service, "
    "subject_type, case_id, provision, experiment, outcome, state, day)), "
    "kept AS (INSERT INTO entries (municipality, position, request_id, "
    "subject, entry) SELECT municipality, position, request_id, subject, entry "
    "FROM rows) "
    "INSERT INTO subjects (municipality, subject, position, entry_name, "
    "service, subject_type, case_id, provision, experiment, outcome, state, "
    "day) SELECT DISTINCT ON (municipality, subject) municipality, subject, "
    "position, entry_name, service, subject_type, case_id, provision, "
    "experiment, outcome, state, day FROM rows "
    "ORDER BY municipality, subject, position DESC "
    "ON CONFLICT (municipality, subject) DO UPDATE SET "
    "position = excluded.position, entry_name = excluded.entry_name, "
    "case_id = excluded.case_id, provision = excluded.provision, "
    "experiment = excluded.experiment, outcome = excluded.outcome, "
    "state = excluded.state, day = excluded.day";

absl::StatusOr<Entry> Parse(absl::string_view bytes) {
  Entry entry;
  if (entry.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return entry;
  return absl::DataLossError("a stored entry cannot be read");
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
    absl::Span<const LedgerDraft* const> drafts,
    std::vector<LedgerReceipt>& receipts) {
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    receipts.assign(drafts.size(), {});
    status = WriteOnce(drafts, receipts);
    if (status.ok()) return status;
    // Whatever went wrong, the chains must be looked at again.
    heads_.clear();
    if (!absl::IsAborted(status)) return status;
    if (on_retry_) on_retry_();
    absl::SleepFor(kLetGoAhead * absl::Uniform(random_, 0.0, 1.0));
  }
  return absl::UnavailableError("other replicas were always faster");
}

absl::Status PostgresLedgerStore::WriteOnce(
    absl::Span<const LedgerDraft* const> drafts,
    std::vector<LedgerReceipt>& receipts) {
  ledger::KnownEntries known;
  // The chains' ends first: whoever writes after that makes us try again.
  for (const LedgerDraft* const draft : drafts) {
    const int municipality = draft->entry.municipality();
    if (known.heads().contains(municipality)) continue;
    auto head = HeadOf(municipality);
    if (!head.ok()) return head.status();
    known.AddHead(municipality, *std::move(head));
  }
  if (absl::Status found = LookUp(drafts, known); !found.ok()) return found;
  const std::vector<const Entry*> entries = known.Take(drafts, receipts);
  if (entries.empty()) return absl::OkStatus();
  if (absl::Status inserted = Insert(entries); !inserted.ok()) return inserted;
  for (const auto& [municipality, head] : known.heads())
    heads_[municipality] = head;
  return absl::OkStatus();
}

absl::StatusOr<ledger::ChainHead> PostgresLedgerStore::HeadOf(
    int municipality) {
  const auto remembered = heads_.find(municipality);
  if (remembered != heads_.end()) return remembered->second;
  const auto rows = writer_.Run(kFindHead, Parameters().AddInt(municipality));
  if (!rows.ok()) return rows.status();
  if (rows->size() == 0) {
    return ledger::ChainHead{0, ledger::HashBeforeFirst()};
  }
  const auto entry = Parse(rows->Bytes(0, 0));
  if (!entry.ok()) return entry.status();
  return ledger::ChainHead{entry->position(), entry->hash()};
}

absl::Status PostgresLedgerStore::LookUp(
    absl::Span<const LedgerDraft* const> drafts, ledger::KnownEntries& known) {
  std::vector<int32_t> municipalities, followed_municipalities;
  std::vector<absl::string_view> requests, followed;
  for (const LedgerDraft* const draft : drafts) {
    municipalities.push_back(draft->entry.municipality());
    requests.push_back(draft->entry.request_id());
    if (!draft->follows.has_value()) continue;
    followed_municipalities.push_back(draft->entry.municipality());
    followed.push_back(draft->entry.subject());
  }
  const auto rows = writer_.Run(kLookUp, Parameters()
                                             .AddInts(municipalities)
                                             .AddTexts(requests)
                                             .AddInts(followed_municipalities)
                                             .AddTexts(followed));
  if (!rows.ok()) return rows.status();
  for (int row = 0; row < rows->size(); ++row) {
    if (rows->IsNull(row, 0)) {
      known.AddLatest(static_cast<int>(rows->Int(row, 1)),
                      std::string(rows->Bytes(row, 2)),
                      std::string(rows->Bytes(row, 3)));
      continue;
    }
    auto entry = Parse(rows->Bytes(row, 0));
    if (!entry.ok()) return entry.status();
    known.AddKept(*std::move(entry));
  }
  return absl::OkStatus();
}

absl::Status PostgresLedgerStore::Insert(
    const std::vector<const Entry*>& entries) {
  std::vector<std::string> bytes;
  std::vector<int32_t> municipalities, outcomes, states, days;
  std::vector<int64_t> positions;
  std::vector<absl::string_view> requests, subjects, contents, names, services,
      types, cases, provisions, experiments;
  bytes.reserve(entries.size());
  for (const Entry* const entry : entries) {
    bytes.push_back(entry->SerializeAsString());
    municipalities.push_back(entry->municipality());
    positions.push_back(entry->position());
    requests.push_back(entry->request_id());
    subjects.push_back(entry->subject());
    contents.push_back(bytes.back());
    names.push_back(entry->name());
    services.push_back(entry->service());
    types.push_back(entry->subject_type());
    cases.push_back(entry->index().case_id());
    provisions.push_back(entry->index().provision());
    experiments.push_back(entry->index().experiment());
    outcomes.push_back(entry->index().outcome());
    states.push_back(entry->index().state());
    days.push_back(entry->index().day());
  }
  Parameters parameters;
  parameters.AddInts(municipalities)
      .AddBigints(positions)
      .AddTexts(requests)
      .AddTexts(subjects)
      .AddBytes(contents)
      .AddTexts(names)
      .AddTexts(services)
      .AddTexts(types)
      .AddTexts(cases)
      .AddTexts(provisions)
      .AddTexts(experiments)
      .AddInts(outcomes)
      .AddInts(states)
      .AddInts(days);
  return writer_.Run(kInsert, parameters).status();
}

absl::StatusOr<std::vector<Entry>> PostgresLedgerStore::Entries(
    const char* sql, const Parameters& parameters) {
  absl::MutexLock lock(&reading_);
  const auto rows = reader_.Run(sql, parameters);
  if (!rows.ok()) return rows.status();
  std::vector<Entry> entries;
  for (int row = 0; row < rows->size(); ++row) {
    auto entry = Parse(rows->Bytes(row, 0));
    if (!entry.ok()) return entry.status();
    entries.push_back(*std::move(entry));
  }
  return entries;
}

absl::StatusOr<Entry> PostgresLedgerStore::FindByRequestId(
    int municipality, absl::string_view request_id) {
  return Only(Entries("SELECT entry FROM entries WHERE municipality = $1 "
                      "AND request_id = $2 ORDER BY position LIMIT 1",
                      Parameters().AddInt(municipality).AddText(request_id)),
              "entry of that request id");
}

absl::StatusOr<Entry> PostgresLedgerStore::Latest(int municipality,
                                                  absl::string_view subject) {
  return Only(Entries("SELECT e.entry FROM subjects s JOIN entries e USING "
                      "(municipality, position) WHERE s.municipality = $1 "
                      "AND s.subject = $2",
                      Parameters().AddInt(municipality).AddText(subject)),
              "entry of that subject");
}

absl::StatusOr<std::vector<Entry>> PostgresLedgerStore::ListSubjects(
    int municipality, const SubjectFilter& filter, absl::string_view after,
    int limit) {
  std::string sql =
      "SELECT e.entry FROM subjects s JOIN entries e USING (municipality, "
      "position) WHERE s.municipality = $1 AND s.subject > $2";
  Parameters parameters;
  parameters.AddInt(municipality).AddText(after);
  const auto want = [&](absl::string_view condition) {
    absl::StrAppend(&sql, " AND s.", condition, " $", parameters.size());
  };
  const auto want_text = [&](const std::string& value,
                             absl::string_view condition) {
    if (value.empty()) return;
    parameters.AddText(value);
    want(condition);
  };
  const auto want_number = [&](const std::optional<int>& value,
                               absl::string_view condition) {
    if (!value.has_value()) return;
    parameters.AddInt(*value);
    want(condition);
  };
  want_text(filter.service, "service =");
  want_text(filter.subject_type, "subject_type =");
  want_text(filter.case_id, "case_id <> '' AND s.case_id =");
  want_text(filter.provision, "provision =");
  want_text(filter.experiment, "experiment =");
  want_number(filter.outcome, "outcome =");
  want_number(filter.state, "state =");
  want_number(filter.from_day, "day >=");
  want_number(filter.to_day, "day <=");
  parameters.AddInt(limit);
  // Names are compared byte by byte, whatever the database's language.
  absl::StrAppend(&sql, " ORDER BY s.subject COLLATE \"C\" LIMIT $",
                  parameters.size());
  return Entries(sql.c_str(), parameters);
}

absl::StatusOr<std::vector<Entry>> PostgresLedgerStore::Read(
    int municipality, int64_t after_position, int limit) {
  return Entries(
      "SELECT entry FROM entries WHERE municipality = $1 "
      "AND position > $2 ORDER BY position LIMIT $3",
      Parameters()
          .AddInt(municipality)
          .AddBigint(after_position)
          .AddInt(limit));
}

absl::Status PostgresLedgerStore::Scan(
    int municipality, int64_t after_position, int limit,
    absl::FunctionRef<void(const ledger::StoredEntry&)> take) {
  absl::MutexLock lock(&reading_);
  const auto rows = reader_.Run(
      "SELECT entry, position, request_id, subject FROM entries "
      "WHERE municipality = $1 AND position > $2 "
      "ORDER BY position LIMIT $3",
      Parameters()
          .AddInt(municipality)
          .AddBigint(after_position)
          .AddInt(limit));
  if (!rows.ok()) return rows.status();
  for (int row = 0; row < rows->size(); ++row) {
    take({rows->Int(row, 1), rows->Bytes(row, 2), rows->Bytes(row, 3),
          rows->Bytes(row, 0)});
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
      "SELECT min(municipality) FROM subjects WHERE municipality > $1) AS one",
      after);
  if (!next.ok()) return next.status();
  return static_cast<int>(*next);
}

absl::StatusOr<int64_t> PostgresLedgerStore::LastPosition(int municipality) {
  return Number(
      "SELECT coalesce(max(position), 0) FROM entries WHERE municipality = $1",
      municipality);
}

absl::StatusOr<int64_t> PostgresLedgerStore::LastSubjectPosition(
    int municipality) {
  return Number(
      "SELECT coalesce(max(position), 0) FROM subjects WHERE municipality = $1",
      municipality);
}

}  // namespace frikommune::postgres
