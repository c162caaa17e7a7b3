#include "adapters/memory/agenda_store.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/agenda/changes.h"
#include "core/agenda/refusals.h"

namespace frikommune {
namespace {

namespace v1 = rehab::v1;

AgendaPosition PositionOf(const v1::TeamMeeting& meeting) {
  return {meeting.date(), 0, meeting.name()};
}

AgendaPosition PositionOf(const v1::AgendaItem& item) {
  return {item.date(), item.place(), item.name()};
}

// The first `limit` of those after a position.
template <typename Message>
std::vector<Message> PageOf(std::vector<const Message*> found,
                            const AgendaPosition& after, int limit) {
  std::erase_if(found, [&after](const Message* one) {
    return PositionOf(*one) <= after;
  });
  std::sort(found.begin(), found.end(), [](const Message* a, const Message* b) {
    return PositionOf(*a) < PositionOf(*b);
  });
  std::vector<Message> page;
  for (const Message* one : found) {
    if (static_cast<int>(page.size()) == limit) break;
    page.push_back(*one);
  }
  return page;
}

}  // namespace

MemoryAgendaStore::Day* MemoryAgendaStore::Book::FindDay(
    absl::string_view name) {
  const auto found = days.find(name);
  return found == days.end() ? nullptr : &found->second;
}

v1::AgendaItem* MemoryAgendaStore::Book::FindItem(absl::string_view name) {
  const auto found = items.find(name);
  return found == items.end() ? nullptr : &found->second;
}

std::string MemoryAgendaStore::Book::NextEtag() {
  return absl::StrCat(++changes);
}

void MemoryAgendaStore::Book::PutOn(Day& day, v1::AgendaItem& item) {
  int place = 1;
  while (day.places.contains(place)) ++place;
  day.places[place] = item.name();
  day.meeting.set_booked(static_cast<int>(day.places.size()));
  day.meeting.set_etag(NextEtag());
  rehab::PutOn(day.meeting, place, item);
}

void MemoryAgendaStore::Book::TakeOff(v1::AgendaItem& item) {
  if (Day* const day = FindDay(item.team_meeting()); day != nullptr) {
    day->places.erase(item.place());
    day->meeting.set_booked(static_cast<int>(day->places.size()));
    day->meeting.set_etag(NextEtag());
  }
  rehab::TakeOff(item);
}

absl::StatusOr<std::optional<AgendaChange>> MemoryAgendaStore::Find(
    const Book& book, const AgendaRequest& request) {
  const auto found = book.requests.find(request.id);
  if (found == book.requests.end()) return std::nullopt;
  if (found->second.digest != request.digest) return rehab::RequestIdReused();
  AgendaChange change = found->second.change;
  change.repeated = true;
  return change;
}

absl::StatusOr<AgendaChange> MemoryAgendaStore::Change(
    const AgendaRequest& request, Act act) {
  absl::MutexLock lock(&mutex_);
  Book& book = books_[request.municipality];
  auto kept = Find(book, request);
  if (!kept.ok()) return kept.status();
  if (kept->has_value()) return **std::move(kept);
  AgendaChange change;
  if (absl::Status done = act(book, change); !done.ok()) return done;
  book.requests[request.id] = {request.digest, change};
  return change;
}

absl::StatusOr<std::optional<AgendaChange>> MemoryAgendaStore::Recall(
    const AgendaRequest& request) {
  absl::MutexLock lock(&mutex_);
  return Find(books_[request.municipality], request);
}

absl::StatusOr<AgendaChange> MemoryAgendaStore::CreateTeamMeeting(
    const AgendaRequest& request, const v1::TeamMeeting& team_meeting) {
  return Change(request, [&](Book& book, AgendaChange& change) {
    v1::TeamMeeting& meeting = book.days[team_meeting.name()].meeting;
    meeting = rehab::NewDay(team_meeting);
    meeting.set_etag(book.NextEtag());
    change.team_meeting = meeting;
    return absl::OkStatus();
  });
}

absl::StatusOr<AgendaChange> MemoryAgendaStore::CancelTeamMeeting(
    const AgendaRequest& request, absl::string_view name,
    absl::string_view etag) {
  return Change(request, [&](Book& book, AgendaChange& change) -> absl::Status {
    Day* const day = book.FindDay(name);
    if (day == nullptr) return rehab::ResourceUnknown("name");
    if (absl::Status seen = rehab::CheckEtag(etag, day->meeting.etag());
        !seen.ok()) {
      return seen;
    }
    if (day->meeting.state() == v1::TEAM_MEETING_STATE_CANCELLED) {
      return rehab::MeetingDayCancelled("name");
    }
    const auto places = day->places;
    for (const auto& [place, item_name] : places) {
      v1::AgendaItem& item = book.items[item_name];
      book.TakeOff(item);
      item.set_state(v1::AGENDA_ITEM_STATE_DAY_CANCELLED);
      item.set_etag(book.NextEtag());
      change.items.push_back(item);
    }
    day->meeting.set_state(v1::TEAM_MEETING_STATE_CANCELLED);
    day->meeting.set_etag(book.NextEtag());
    change.team_meeting = day->meeting;
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::TeamMeeting> MemoryAgendaStore::GetTeamMeeting(
    int municipality, absl::string_view name) {
  absl::MutexLock lock(&mutex_);
  const Day* const day = books_[municipality].FindDay(name);
  if (day == nullptr) return rehab::ResourceUnknown("name");
  return day->meeting;
}

absl::StatusOr<std::vector<v1::TeamMeeting>>
MemoryAgendaStore::ListTeamMeetings(int municipality,
                                    const TeamMeetingFilter& filter,
                                    const AgendaPosition& after, int limit) {
  absl::MutexLock lock(&mutex_);
  std::vector<const v1::TeamMeeting*> found;
  for (const auto& [name, day] : books_[municipality].days) {
    const std::string& date = day.meeting.date();
    if (date < filter.from_date) continue;
    if (!filter.to_date.empty() && date > filter.to_date) continue;
    found.push_back(&day.meeting);
  }
  return PageOf(std::move(found), after, limit);
}

absl::StatusOr<AgendaChange> MemoryAgendaStore::TakePlace(
    const AgendaRequest& request, absl::string_view team_meeting,
    const v1::AgendaItem& item) {
  return Change(request, [&](Book& book, AgendaChange& change) -> absl::Status {
    Day* const day = book.FindDay(team_meeting);
    if (day == nullptr) return rehab::ResourceUnknown("team_meeting");
    const std::string& case_id = item.waiting_case().case_id();
    if (book.item_of_case.contains(case_id)) return rehab::AlreadyOnAgenda();
    if (absl::Status place = rehab::CheckPlace(day->meeting); !place.ok()) {
      return place;
    }
    v1::AgendaItem& kept = book.items[item.name()];
    kept = rehab::NewItem(item);
    book.PutOn(*day, kept);
    kept.set_etag(book.NextEtag());
    book.item_of_case[case_id] = item.name();
    change.items.push_back(kept);
    change.open = true;
    return absl::OkStatus();
  });
}

absl::StatusOr<AgendaChange> MemoryAgendaStore::MoveItem(
    const AgendaRequest& request, absl::string_view name,
    absl::string_view etag, absl::string_view team_meeting) {
  return Change(request, [&](Book& book, AgendaChange& change) -> absl::Status {
    v1::AgendaItem* const item = book.FindItem(name);
    if (item == nullptr) return rehab::ResourceUnknown("name");
    Day* const day = book.FindDay(team_meeting);
    if (day == nullptr) return rehab::ResourceUnknown("team_meeting");
    if (absl::Status seen = rehab::CheckEtag(etag, item->etag()); !seen.ok()) {
      return seen;
    }
    if (item->state() == v1::AGENDA_ITEM_STATE_WITHDRAWN) {
      return rehab::StateConflict("name", "the item is withdrawn");
    }
    if (item->team_meeting() != team_meeting) {
      if (absl::Status place = rehab::CheckPlace(day->meeting); !place.ok()) {
        return place;
      }
      book.TakeOff(*item);
      book.PutOn(*day, *item);
      item->set_etag(book.NextEtag());
      change.open = rehab::WaitAgain(*item);
    }
    change.items.push_back(*item);
    return absl::OkStatus();
  });
}

absl::StatusOr<AgendaChange> MemoryAgendaStore::WithdrawItem(
    const AgendaRequest& request, absl::string_view name,
    absl::string_view etag) {
  return Change(request, [&](Book& book, AgendaChange& change) -> absl::Status {
    v1::AgendaItem* const item = book.FindItem(name);
    if (item == nullptr) return rehab::ResourceUnknown("name");
    if (absl::Status seen = rehab::CheckEtag(etag, item->etag()); !seen.ok()) {
      return seen;
    }
    if (item->state() == v1::AGENDA_ITEM_STATE_WITHDRAWN) {
      return rehab::StateConflict("name", "the item is withdrawn already");
    }
    book.TakeOff(*item);
    book.item_of_case.erase(item->waiting_case().case_id());
    item->set_state(v1::AGENDA_ITEM_STATE_WITHDRAWN);
    item->set_etag(book.NextEtag());
    change.items.push_back(*item);
    return absl::OkStatus();
  });
}

absl::StatusOr<AgendaChange> MemoryAgendaStore::Settle(
    const AgendaRequest& request, absl::string_view name,
    v1::AgendaItemState state, absl::string_view certificate) {
  absl::MutexLock lock(&mutex_);
  Book& book = books_[request.municipality];
  auto kept = Find(book, request);
  if (!kept.ok()) return kept.status();
  if (kept->has_value() && !(*kept)->open) return **std::move(kept);
  v1::AgendaItem* const item = book.FindItem(name);
  if (item == nullptr) return rehab::ResourceUnknown("name");
  if (rehab::Settle(state, certificate, *item)) {
    item->set_etag(book.NextEtag());
  }
  AgendaChange change;
  change.items.push_back(*item);
  book.requests[request.id] = {request.digest, change};
  return change;
}

absl::StatusOr<v1::AgendaItem> MemoryAgendaStore::GetItem(
    int municipality, absl::string_view name) {
  absl::MutexLock lock(&mutex_);
  const v1::AgendaItem* const item = books_[municipality].FindItem(name);
  if (item == nullptr) return rehab::ResourceUnknown("name");
  return *item;
}

absl::StatusOr<std::vector<v1::AgendaItem>> MemoryAgendaStore::ListItems(
    int municipality, const AgendaItemFilter& filter,
    const AgendaPosition& after, int limit) {
  absl::MutexLock lock(&mutex_);
  std::vector<const v1::AgendaItem*> found;
  for (const auto& [name, item] : books_[municipality].items) {
    if (!filter.team_meeting.empty() &&
        item.team_meeting() != filter.team_meeting) {
      continue;
    }
    if (!filter.case_id.empty() &&
        item.waiting_case().case_id() != filter.case_id) {
      continue;
    }
    found.push_back(&item);
  }
  return PageOf(std::move(found), after, limit);
}

}  // namespace frikommune
