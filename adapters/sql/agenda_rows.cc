#include "adapters/sql/agenda_rows.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace frikommune::sql {
namespace {

namespace v1 = rehab::v1;

constexpr char kFindRequest[] =
    "SELECT digest, open, answer FROM agenda_requests "
    "WHERE municipality = $1 AND request_id = $2";
// The update changes nothing: it locks a row that is there, and makes RETURNING
// speak of it. Only in the transaction that makes it is an answer empty.
constexpr char kClaimRequest[] =
    "INSERT INTO agenda_requests (municipality, request_id, digest, open, "
    "answer) VALUES ($1, $2, $3, 1, $4) "
    "ON CONFLICT (municipality, request_id) "
    "DO UPDATE SET digest = agenda_requests.digest "
    "RETURNING digest, open, answer";
constexpr char kKeepChange[] =
    "UPDATE agenda_requests SET open = $3, answer = $4 "
    "WHERE municipality = $1 AND request_id = $2";

constexpr char kFindDay[] =
    "SELECT team_meeting FROM team_meetings "
    "WHERE municipality = $1 AND name = $2";
constexpr char kLockDay[] =
    "UPDATE team_meetings SET version = version + 1 "
    "WHERE municipality = $1 AND name = $2 RETURNING team_meeting, version";
constexpr char kInsertDay[] =
    "INSERT INTO team_meetings (municipality, name, date, version, "
    "team_meeting) VALUES ($1, $2, $3, 1, $4)";
constexpr char kUpdateDay[] =
    "UPDATE team_meetings SET team_meeting = $3 "
    "WHERE municipality = $1 AND name = $2";

constexpr char kFindItem[] =
    "SELECT item FROM agenda_items WHERE municipality = $1 AND name = $2";
constexpr char kLockItem[] =
    "UPDATE agenda_items SET version = version + 1 "
    "WHERE municipality = $1 AND name = $2 RETURNING item, version";
constexpr char kInsertItem[] =
    "INSERT INTO agenda_items (municipality, name, case_id, team_meeting, "
    "date, place, version, item) VALUES ($1, $2, $3, $4, $5, $6, 1, $7)";
constexpr char kUpdateItem[] =
    "UPDATE agenda_items SET team_meeting = $3, date = $4, place = $5, "
    "item = $6 WHERE municipality = $1 AND name = $2";

constexpr char kItemsOn[] =
    "SELECT item FROM agenda_places "
    "WHERE municipality = $1 AND team_meeting = $2 ORDER BY number";
constexpr char kTakenPlaces[] =
    "SELECT number FROM agenda_places "
    "WHERE municipality = $1 AND team_meeting = $2 ORDER BY number";
constexpr char kClaimPlace[] =
    "INSERT INTO agenda_places (municipality, team_meeting, number, item) "
    "VALUES ($1, $2, $3, $4)";
constexpr char kFreePlace[] =
    "DELETE FROM agenda_places "
    "WHERE municipality = $1 AND team_meeting = $2 AND number = $3";

constexpr char kClaimCase[] =
    "INSERT INTO agenda_cases (municipality, case_id, item) "
    "VALUES ($1, $2, $3) ON CONFLICT (municipality, case_id) DO NOTHING "
    "RETURNING item";
constexpr char kFreeCase[] =
    "DELETE FROM agenda_cases WHERE municipality = $1 AND case_id = $2";

constexpr char kFirstEtag[] = "1";

template <typename Message>
absl::Status Parse(const std::string& bytes, Message& out) {
  if (out.ParseFromString(bytes)) return absl::OkStatus();
  return absl::DataLossError("a stored agenda cannot be read");
}

// A change is kept as the answer that has all of one: what CancelTeamMeeting
// returns.
std::string WriteChange(const AgendaChange& change) {
  v1::CancelTeamMeetingResponse answer;
  *answer.mutable_team_meeting() = change.team_meeting;
  answer.mutable_items()->Assign(change.items.begin(), change.items.end());
  return answer.SerializeAsString();
}

absl::Status ReadRequest(const Row& row, AgendaRows::KeptRequest& out) {
  out.digest = row.Bytes(0);
  const std::string bytes = row.Bytes(2);
  if (bytes.empty()) return absl::OkStatus();
  v1::CancelTeamMeetingResponse answer;
  if (absl::Status read = Parse(bytes, answer); !read.ok()) return read;
  AgendaChange& change = out.change.emplace();
  change.team_meeting = std::move(*answer.mutable_team_meeting());
  change.items.assign(answer.items().begin(), answer.items().end());
  change.open = row.Int(1) != 0;
  change.repeated = true;
  return absl::OkStatus();
}

// The messages in the first column.
template <typename Message>
absl::StatusOr<std::vector<Message>> Messages(Session& session,
                                              const std::string& statement,
                                              absl::Span<const Value> values) {
  std::vector<Message> messages;
  absl::Status ran = session.Run(statement, values, [&](const Row& row) {
    return Parse(row.Bytes(0), messages.emplace_back());
  });
  if (!ran.ok()) return ran;
  return messages;
}

template <typename Message>
absl::StatusOr<std::optional<Message>> Find(Session& session,
                                            const std::string& statement,
                                            absl::Span<const Value> values) {
  auto found = Messages<Message>(session, statement, values);
  if (!found.ok()) return found.status();
  if (found->empty()) return std::optional<Message>();
  return std::optional<Message>(std::move(found->front()));
}

template <typename Message>
absl::StatusOr<std::optional<Locked<Message>>> Lock(
    Session& session, const std::string& statement,
    absl::Span<const Value> values) {
  std::optional<Locked<Message>> locked;
  absl::Status ran = session.Run(statement, values, [&](const Row& row) {
    locked.emplace().next_etag = absl::StrCat(row.Int(1));
    return Parse(row.Bytes(0), locked->message);
  });
  if (!ran.ok()) return ran;
  return locked;
}

}  // namespace

absl::Status AgendaRows::Run(const std::string& statement,
                             absl::Span<const Value> values) {
  return session_.Run(statement, values,
                      [](const Row&) { return absl::OkStatus(); });
}

absl::StatusOr<std::optional<AgendaRows::KeptRequest>> AgendaRows::FindRequest(
    const std::string& id) {
  std::optional<KeptRequest> kept;
  absl::Status ran = session_.Run(
      kFindRequest, {municipality_, id},
      [&](const Row& row) { return ReadRequest(row, kept.emplace()); });
  if (!ran.ok()) return ran;
  return kept;
}

absl::StatusOr<AgendaRows::KeptRequest> AgendaRows::ClaimRequest(
    const AgendaRequest& request) {
  KeptRequest kept;
  absl::Status ran =
      session_.Run(kClaimRequest,
                   {municipality_, request.id, Blob{request.digest}, Blob{""}},
                   [&](const Row& row) { return ReadRequest(row, kept); });
  if (!ran.ok()) return ran;
  return kept;
}

absl::Status AgendaRows::KeepChange(const AgendaRequest& request,
                                    const AgendaChange& change) {
  const std::string bytes = WriteChange(change);
  return Run(kKeepChange, {municipality_, request.id,
                           int64_t{change.open ? 1 : 0}, Blob{bytes}});
}

absl::StatusOr<std::optional<AgendaRows::Day>> AgendaRows::FindDay(
    absl::string_view name) {
  return Find<Day>(session_, kFindDay, {municipality_, name});
}

absl::StatusOr<std::optional<Locked<AgendaRows::Day>>> AgendaRows::LockDay(
    absl::string_view name) {
  return Lock<Day>(session_, kLockDay, {municipality_, name});
}

absl::Status AgendaRows::InsertDay(Day& day) {
  day.set_etag(kFirstEtag);
  const std::string bytes = day.SerializeAsString();
  return Run(kInsertDay, {municipality_, day.name(), day.date(), Blob{bytes}});
}

absl::Status AgendaRows::UpdateDay(const Day& day) {
  const std::string bytes = day.SerializeAsString();
  return Run(kUpdateDay, {municipality_, day.name(), Blob{bytes}});
}

absl::StatusOr<std::vector<AgendaRows::Day>> AgendaRows::ListDays(
    const TeamMeetingFilter& filter, const AgendaPosition& after, int limit) {
  std::string statement =
      "SELECT team_meeting FROM team_meetings WHERE municipality = $1 "
      "AND (date, name) > ($2, $3) AND date >= $4";
  std::vector<Value> values = {municipality_, after.date, after.name,
                               filter.from_date, int64_t{limit}};
  if (!filter.to_date.empty()) {
    absl::StrAppend(&statement, " AND date <= $6");
    values.push_back(filter.to_date);
  }
  absl::StrAppend(&statement, " ORDER BY date, name LIMIT $5");
  return Messages<Day>(session_, statement, values);
}

absl::StatusOr<std::optional<AgendaRows::Item>> AgendaRows::FindItem(
    absl::string_view name) {
  return Find<Item>(session_, kFindItem, {municipality_, name});
}

absl::StatusOr<std::optional<Locked<AgendaRows::Item>>> AgendaRows::LockItem(
    absl::string_view name) {
  return Lock<Item>(session_, kLockItem, {municipality_, name});
}

absl::Status AgendaRows::InsertItem(Item& item) {
  item.set_etag(kFirstEtag);
  const std::string bytes = item.SerializeAsString();
  return Run(kInsertItem, {municipality_, item.name(),
                           item.waiting_case().case_id(), item.team_meeting(),
                           item.date(), int64_t{item.place()}, Blob{bytes}});
}

absl::Status AgendaRows::UpdateItem(const Item& item) {
  const std::string bytes = item.SerializeAsString();
  return Run(kUpdateItem, {municipality_, item.name(), item.team_meeting(),
                           item.date(), int64_t{item.place()}, Blob{bytes}});
}

absl::StatusOr<std::vector<AgendaRows::Item>> AgendaRows::ListItems(
    const AgendaItemFilter& filter, const AgendaPosition& after, int limit) {
  std::string statement =
      "SELECT item FROM agenda_items WHERE municipality = $1 "
      "AND (date, place, name) > ($2, $3, $4)";
  std::vector<Value> values = {municipality_, after.date, int64_t{after.place},
                               after.name, int64_t{limit}};
  const auto want = [&](absl::string_view column, const std::string& value) {
    if (value.empty()) return;
    values.push_back(value);
    absl::StrAppend(&statement, " AND ", column, " = $", values.size());
  };
  want("team_meeting", filter.team_meeting);
  want("case_id", filter.case_id);
  absl::StrAppend(&statement, " ORDER BY date, place, name LIMIT $5");
  return Messages<Item>(session_, statement, values);
}

absl::StatusOr<std::vector<std::string>> AgendaRows::ItemsOn(const Day& day) {
  std::vector<std::string> names;
  absl::Status ran =
      session_.Run(kItemsOn, {municipality_, day.name()}, [&](const Row& row) {
        names.push_back(row.Bytes(0));
        return absl::OkStatus();
      });
  if (!ran.ok()) return ran;
  return names;
}

absl::StatusOr<int> AgendaRows::LowestFreePlace(const Day& day) {
  int free = 1;
  absl::Status ran = session_.Run(kTakenPlaces, {municipality_, day.name()},
                                  [&](const Row& row) {
                                    if (row.Int(0) == free) ++free;
                                    return absl::OkStatus();
                                  });
  if (!ran.ok()) return ran;
  return free;
}

absl::Status AgendaRows::ClaimPlace(const Day& day, int place,
                                    const Item& item) {
  return Run(kClaimPlace,
             {municipality_, day.name(), int64_t{place}, item.name()});
}

absl::Status AgendaRows::FreePlace(const Item& item) {
  return Run(kFreePlace,
             {municipality_, item.team_meeting(), int64_t{item.place()}});
}

absl::StatusOr<bool> AgendaRows::ClaimCase(const Item& item) {
  bool claimed = false;
  absl::Status ran = session_.Run(
      kClaimCase, {municipality_, item.waiting_case().case_id(), item.name()},
      [&claimed](const Row&) {
        claimed = true;
        return absl::OkStatus();
      });
  if (!ran.ok()) return ran;
  return claimed;
}

absl::Status AgendaRows::FreeCase(const Item& item) {
  return Run(kFreeCase, {municipality_, item.waiting_case().case_id()});
}

}  // namespace frikommune::sql
