#include "adapters/sql/agenda_store.h"

#include <algorithm>

#include "core/agenda/changes.h"
#include "core/agenda/refusals.h"
#include "core/error/error.h"

namespace frikommune::sql {
namespace {

using Day = AgendaRows::Day;
using Item = AgendaRows::Item;

// How often others may be in the way before the caller is told to come again.
constexpr int kAttempts = 20;

// Somebody was in the way; it may be tried again. A refusal has a reason.
bool WasInTheWay(const absl::Status& status) {
  return absl::IsAborted(status) &&
         ErrorInfoOf(status).reason == decision::v1::ERROR_REASON_UNSPECIFIED;
}

// What callers are told when the database did not do its part.
absl::Status ToCaller(const absl::Status& status) {
  if (absl::IsResourceExhausted(status) &&
      ErrorInfoOf(status).reason == decision::v1::ERROR_REASON_UNSPECIFIED) {
    return MakeError(absl::StatusCode::kResourceExhausted,
                     decision::v1::ERROR_REASON_OVERLOADED, "",
                     "the store has too much to do now; come again");
  }
  if (!WasInTheWay(status) && !absl::IsUnavailable(status)) return status;
  return MakeError(absl::StatusCode::kUnavailable,
                   decision::v1::ERROR_REASON_STORE_UNAVAILABLE, "",
                   "the store cannot be reached now; to send it again is safe");
}

// Goes on if there is such a day or item, and refuses if not.
template <typename Found>
absl::Status MustBe(const absl::StatusOr<std::optional<Found>>& found,
                    absl::string_view field) {
  if (!found.ok()) return found.status();
  return found->has_value() ? absl::OkStatus() : rehab::ResourceUnknown(field);
}

// Puts an item on a day that has a place.
absl::Status PutOn(AgendaRows& rows, Locked<Day>& day, Item& item) {
  const auto place = rows.LowestFreePlace(day.message);
  if (!place.ok()) return place.status();
  absl::Status done = rows.ClaimPlace(day.message, *place, item);
  if (!done.ok()) return done;
  rehab::PutOn(day.message, *place, item);
  day.message.set_booked(day.message.booked() + 1);
  day.message.set_etag(day.next_etag);
  return rows.UpdateDay(day.message);
}

// Takes an item from the day that it is on.
absl::Status TakeOff(AgendaRows& rows, Locked<Day>& day, Item& item) {
  if (absl::Status freed = rows.FreePlace(item); !freed.ok()) return freed;
  rehab::TakeOff(item);
  day.message.set_booked(day.message.booked() - 1);
  day.message.set_etag(day.next_etag);
  return rows.UpdateDay(day.message);
}

// An item, its day if it is on one, and the day that it goes to.
struct LockedItem {
  Locked<Item> item;
  std::optional<Locked<Day>> from;
  std::optional<Locked<Day>> to;
};

// Locks an item and its day, and the day `to` unless it is empty or the item's
// own. NOT_FOUND, fields name and team_meeting; ABORTED if the item was moved
// before it was locked.
absl::StatusOr<LockedItem> LockItem(AgendaRows& rows, absl::string_view name,
                                    absl::string_view to) {
  const auto found = rows.FindItem(name);
  if (absl::Status is = MustBe(found, "name"); !is.ok()) return is;
  const std::string from = (*found)->team_meeting();
  std::vector<std::string> days;
  if (!from.empty()) days.push_back(from);
  if (!to.empty() && to != from) days.emplace_back(to);
  std::sort(days.begin(), days.end());
  LockedItem locked;
  for (const std::string& day_name : days) {
    auto day = rows.LockDay(day_name);
    if (absl::Status is = MustBe(day, "team_meeting"); !is.ok()) return is;
    (day_name == from ? locked.from : locked.to) = **std::move(day);
  }
  auto item = rows.LockItem(name);
  if (absl::Status is = MustBe(item, "name"); !is.ok()) return is;
  locked.item = **std::move(item);
  if (locked.item.message.team_meeting() != from) {
    return absl::AbortedError("the item was moved meanwhile");
  }
  return locked;
}

// The change of a request that is kept; REQUEST_ID_REUSED if it was another.
absl::StatusOr<std::optional<AgendaChange>> ChangeOf(
    AgendaRows::KeptRequest kept, const AgendaRequest& request) {
  if (kept.digest != request.digest) return rehab::RequestIdReused();
  return std::move(kept.change);
}

}  // namespace

absl::StatusOr<AgendaChange> SqlAgendaStore::Change(
    const AgendaRequest& request,
    absl::FunctionRef<bool(const AgendaChange&)> answered, Act act) {
  AgendaChange change;
  const auto once = [&](Session& session) {
    AgendaRows rows(session, request.municipality);
    auto claimed = rows.ClaimRequest(request);
    if (!claimed.ok()) return claimed.status();
    auto kept = ChangeOf(*std::move(claimed), request);
    if (!kept.ok()) return kept.status();
    if (kept->has_value() && answered(**kept)) {
      change = **std::move(kept);
      return absl::OkStatus();
    }
    change = AgendaChange();
    if (absl::Status done = act(rows, change); !done.ok()) return done;
    return rows.KeepChange(request, change);
  };
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    status = database_->Change(once);
    if (status.ok()) return change;
    if (!WasInTheWay(status)) break;
  }
  return ToCaller(status);
}

absl::StatusOr<AgendaChange> SqlAgendaStore::Change(
    const AgendaRequest& request, Act act) {
  return Change(
      request, [](const AgendaChange&) { return true; }, act);
}

absl::Status SqlAgendaStore::Read(
    int municipality, absl::FunctionRef<absl::Status(AgendaRows&)> read) {
  return ToCaller(database_->Read([&](Session& session) {
    AgendaRows rows(session, municipality);
    return read(rows);
  }));
}

absl::StatusOr<std::optional<AgendaChange>> SqlAgendaStore::Recall(
    const AgendaRequest& request) {
  std::optional<AgendaChange> change;
  absl::Status read = Read(request.municipality, [&](AgendaRows& rows) {
    auto kept = rows.FindRequest(request.id);
    if (!kept.ok() || !kept->has_value()) return kept.status();
    auto found = ChangeOf(**std::move(kept), request);
    if (!found.ok()) return found.status();
    change = *std::move(found);
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  return change;
}

absl::StatusOr<AgendaChange> SqlAgendaStore::CreateTeamMeeting(
    const AgendaRequest& request, const Day& team_meeting) {
  return Change(request, [&](AgendaRows& rows, AgendaChange& change) {
    change.team_meeting = rehab::NewDay(team_meeting);
    return rows.InsertDay(change.team_meeting);
  });
}

absl::StatusOr<AgendaChange> SqlAgendaStore::CancelTeamMeeting(
    const AgendaRequest& request, absl::string_view name,
    absl::string_view etag) {
  const auto let_go = [](AgendaRows& rows, const std::string& item_name,
                         Locked<Day>& day, AgendaChange& change) {
    auto item = rows.LockItem(item_name);
    if (absl::Status is = MustBe(item, "name"); !is.ok()) return is;
    Item& waits = (*item)->message;
    if (absl::Status off = TakeOff(rows, day, waits); !off.ok()) return off;
    waits.set_state(rehab::v1::AGENDA_ITEM_STATE_DAY_CANCELLED);
    waits.set_etag((*item)->next_etag);
    change.items.push_back(waits);
    return rows.UpdateItem(waits);
  };
  return Change(request, [&](AgendaRows& rows, AgendaChange& change) {
    auto found = rows.LockDay(name);
    if (absl::Status is = MustBe(found, "name"); !is.ok()) return is;
    Locked<Day>& locked = **found;
    Day& day = locked.message;
    if (absl::Status seen = rehab::CheckEtag(etag, day.etag()); !seen.ok()) {
      return seen;
    }
    if (day.state() == rehab::v1::TEAM_MEETING_STATE_CANCELLED) {
      return rehab::MeetingDayCancelled("name");
    }
    const auto items = rows.ItemsOn(day);
    if (!items.ok()) return items.status();
    for (const std::string& item : *items) {
      absl::Status gone = let_go(rows, item, locked, change);
      if (!gone.ok()) return gone;
    }
    day.set_state(rehab::v1::TEAM_MEETING_STATE_CANCELLED);
    day.set_etag(locked.next_etag);
    change.team_meeting = day;
    return rows.UpdateDay(day);
  });
}

absl::StatusOr<Day> SqlAgendaStore::GetTeamMeeting(int municipality,
                                                   absl::string_view name) {
  absl::StatusOr<std::optional<Day>> day;
  absl::Status read = Read(municipality, [&](AgendaRows& rows) {
    day = rows.FindDay(name);
    return MustBe(day, "name");
  });
  if (!read.ok()) return read;
  return **std::move(day);
}

absl::StatusOr<std::vector<Day>> SqlAgendaStore::ListTeamMeetings(
    int municipality, const TeamMeetingFilter& filter,
    const AgendaPosition& after, int limit) {
  absl::StatusOr<std::vector<Day>> days;
  absl::Status read = Read(municipality, [&](AgendaRows& rows) {
    days = rows.ListDays(filter, after, limit);
    return days.status();
  });
  if (!read.ok()) return read;
  return days;
}

absl::StatusOr<AgendaChange> SqlAgendaStore::TakePlace(
    const AgendaRequest& request, absl::string_view team_meeting,
    const Item& asked) {
  return Change(request, [&](AgendaRows& rows, AgendaChange& change) {
    auto day = rows.LockDay(team_meeting);
    if (absl::Status is = MustBe(day, "team_meeting"); !is.ok()) return is;
    Item item = rehab::NewItem(asked);
    const auto claimed = rows.ClaimCase(item);
    if (!claimed.ok()) return claimed.status();
    if (!*claimed) return rehab::AlreadyOnAgenda();
    absl::Status done = rehab::CheckPlace((*day)->message);
    if (done.ok()) done = PutOn(rows, **day, item);
    if (done.ok()) done = rows.InsertItem(item);
    change.items.push_back(item);
    change.open = true;
    return done;
  });
}

absl::StatusOr<AgendaChange> SqlAgendaStore::MoveItem(
    const AgendaRequest& request, absl::string_view name,
    absl::string_view etag, absl::string_view team_meeting) {
  return Change(request, [&](AgendaRows& rows, AgendaChange& change) {
    auto locked = LockItem(rows, name, team_meeting);
    if (!locked.ok()) return locked.status();
    Item& item = locked->item.message;
    absl::Status done = rehab::CheckEtag(etag, item.etag());
    if (!done.ok()) return done;
    if (item.state() == rehab::v1::AGENDA_ITEM_STATE_WITHDRAWN) {
      return rehab::StateConflict("name", "the item is withdrawn");
    }
    if (locked->to.has_value()) {
      done = rehab::CheckPlace(locked->to->message);
      if (done.ok() && locked->from.has_value()) {
        done = TakeOff(rows, *locked->from, item);
      }
      if (done.ok()) done = PutOn(rows, *locked->to, item);
      if (!done.ok()) return done;
      change.open = rehab::WaitAgain(item);
      item.set_etag(locked->item.next_etag);
      done = rows.UpdateItem(item);
    }
    change.items.push_back(item);
    return done;
  });
}

absl::StatusOr<AgendaChange> SqlAgendaStore::WithdrawItem(
    const AgendaRequest& request, absl::string_view name,
    absl::string_view etag) {
  return Change(request, [&](AgendaRows& rows, AgendaChange& change) {
    auto locked = LockItem(rows, name, "");
    if (!locked.ok()) return locked.status();
    Item& item = locked->item.message;
    absl::Status done = rehab::CheckEtag(etag, item.etag());
    if (!done.ok()) return done;
    if (item.state() == rehab::v1::AGENDA_ITEM_STATE_WITHDRAWN) {
      return rehab::StateConflict("name", "the item is withdrawn already");
    }
    if (locked->from.has_value()) done = TakeOff(rows, *locked->from, item);
    if (done.ok()) done = rows.FreeCase(item);
    if (!done.ok()) return done;
    item.set_state(rehab::v1::AGENDA_ITEM_STATE_WITHDRAWN);
    item.set_etag(locked->item.next_etag);
    change.items.push_back(item);
    return rows.UpdateItem(item);
  });
}

absl::StatusOr<AgendaChange> SqlAgendaStore::Settle(
    const AgendaRequest& request, absl::string_view name,
    rehab::v1::AgendaItemState state, absl::string_view certificate) {
  const auto closed = [](const AgendaChange& kept) { return !kept.open; };
  return Change(request, closed, [&](AgendaRows& rows, AgendaChange& change) {
    auto locked = rows.LockItem(name);
    if (absl::Status is = MustBe(locked, "name"); !is.ok()) return is;
    Item& item = (*locked)->message;
    absl::Status done;
    if (rehab::Settle(state, certificate, item)) {
      item.set_etag((*locked)->next_etag);
      done = rows.UpdateItem(item);
    }
    change.items.push_back(item);
    return done;
  });
}

absl::StatusOr<Item> SqlAgendaStore::GetItem(int municipality,
                                             absl::string_view name) {
  absl::StatusOr<std::optional<Item>> item;
  absl::Status read = Read(municipality, [&](AgendaRows& rows) {
    item = rows.FindItem(name);
    return MustBe(item, "name");
  });
  if (!read.ok()) return read;
  return **std::move(item);
}

absl::StatusOr<std::vector<Item>> SqlAgendaStore::ListItems(
    int municipality, const AgendaItemFilter& filter,
    const AgendaPosition& after, int limit) {
  absl::StatusOr<std::vector<Item>> items;
  absl::Status read = Read(municipality, [&](AgendaRows& rows) {
    items = rows.ListItems(filter, after, limit);
    return items.status();
  });
  if (!read.ok()) return read;
  return items;
}

}  // namespace frikommune::sql
