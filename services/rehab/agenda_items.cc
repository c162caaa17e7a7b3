// The items on the team's agendas.
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/agenda/meeting_check.h"
#include "core/agenda/refusals.h"
#include "core/agenda/slot.h"
#include "core/error/error.h"
#include "core/resource_id/resource_id.h"
#include "services/rehab/agenda.h"
#include "services/rehab/agenda_key.h"
#include "services/rehab/agenda_page.h"

namespace frikommune::rehab {
namespace {

// A day that has just been lost to others, or cancelled: the next one may do.
bool IsLost(const absl::Status& status) {
  const decision::v1::ErrorReason reason = ErrorInfoOf(status).reason;
  return reason == decision::v1::ERROR_REASON_MEETING_DAY_FULL ||
         reason == decision::v1::ERROR_REASON_MEETING_DAY_CANCELLED;
}

absl::Status NoDayDoes(const AgendaSlot& slot) {
  if (slot.schedulable_from.empty()) return MeetingDayFull("team_meeting");
  return DeadlineMissed(
      "waiting_case.deadline",
      absl::StrCat("no day keeps the deadline; the first with a place is ",
                   slot.schedulable_from));
}

// Whether the day does for the case. What can change at any moment, its places,
// is left to the store.
absl::Status CheckDay(const v1::TeamMeeting& day,
                      const v1::WaitingCase& waiting, absl::string_view as_of) {
  const v1::DayRefusal refusal = RefusalOf(day, waiting, as_of);
  if (refusal == v1::DAY_REFUSAL_FULL) return absl::OkStatus();
  return StatusOf(refusal, "team_meeting");
}

}  // namespace

Agenda::Agenda(AgendaParts parts)
    : store_(parts.store),
      ids_(parts.ids),
      names_(std::move(parts.municipalities)),
      settlement_(parts.store, parts.certificates, parts.workers) {}

void Agenda::BookAgendaItem(const v1::BookAgendaItemRequest& request,
                            v1::BookAgendaItemResponse& response, Done done) {
  const auto municipality =
      names_.Municipality(request.municipality(), "municipality");
  if (!municipality.ok()) return std::move(done)(municipality.status());
  const AgendaRequest key =
      KeyOf(*municipality, "BookAgendaItem", request, ids_);
  Answer(key, Book(key, request), Settlement::WhenAway::kAnswer,
         *response.mutable_item(), std::move(done));
}

void Agenda::ConfirmAgendaItem(const v1::ConfirmAgendaItemRequest& request,
                               v1::ConfirmAgendaItemResponse& response,
                               Done done) {
  const auto municipality =
      names_.MunicipalityOf(request.name(), kAgendaItems, "name");
  if (!municipality.ok()) return std::move(done)(municipality.status());
  const AgendaRequest key =
      KeyOf(*municipality, "ConfirmAgendaItem", request, ids_);
  Answer(key, Confirm(key, request), Settlement::WhenAway::kRefuse,
         *response.mutable_item(), std::move(done));
}

void Agenda::MoveAgendaItem(const v1::MoveAgendaItemRequest& request,
                            v1::MoveAgendaItemResponse& response, Done done) {
  const auto municipality =
      names_.MunicipalityOf(request.name(), kAgendaItems, "name");
  if (!municipality.ok()) return std::move(done)(municipality.status());
  const AgendaRequest key =
      KeyOf(*municipality, "MoveAgendaItem", request, ids_);
  Answer(key, Move(key, request), Settlement::WhenAway::kAnswer,
         *response.mutable_item(), std::move(done));
}

absl::Status Agenda::WithdrawAgendaItem(
    const v1::WithdrawAgendaItemRequest& request,
    v1::WithdrawAgendaItemResponse& response) {
  const auto municipality =
      names_.MunicipalityOf(request.name(), kAgendaItems, "name");
  if (!municipality.ok()) return municipality.status();
  auto change = store_.WithdrawItem(
      KeyOf(*municipality, "WithdrawAgendaItem", request, ids_), request.name(),
      request.etag());
  if (!change.ok()) return change.status();
  *response.mutable_item() = std::move(change->items.at(0));
  return absl::OkStatus();
}

absl::Status Agenda::ListAgenda(const v1::ListAgendaRequest& request,
                                v1::ListAgendaResponse& response) {
  const auto municipality =
      names_.Municipality(request.municipality(), "municipality");
  if (!municipality.ok()) return municipality.status();
  const AgendaItemFilter filter{request.team_meeting(), request.case_id()};
  if (!filter.team_meeting.empty()) {
    const auto day = DayOf(*municipality, filter.team_meeting);
    if (!day.ok()) return day.status();
  }
  const std::string list =
      absl::StrCat(kAgendaItems, "/", *municipality, "/", filter.team_meeting,
                   "/", filter.case_id);
  const auto after = PositionOf(list, request.page_token());
  if (!after.ok()) return after.status();
  const int size = PageSizeOf(request.page_size());
  auto items = store_.ListItems(*municipality, filter, *after, size + 1);
  if (!items.ok()) return items.status();
  if (static_cast<int>(items->size()) > size) {
    items->pop_back();
    const v1::AgendaItem& last = items->back();
    response.set_next_page_token(
        TokenAfter(list, {last.date(), last.place(), last.name()}));
  }
  response.mutable_items()->Assign(items->begin(), items->end());
  return absl::OkStatus();
}

absl::StatusOr<AgendaChange> Agenda::Book(
    const AgendaRequest& key, const v1::BookAgendaItemRequest& request) {
  auto before = store_.Recall(key);
  if (!before.ok()) return before.status();
  if (before->has_value()) return **std::move(before);
  if (absl::Status order =
          CheckWaitingCase(request.waiting_case(), "waiting_case");
      !order.ok()) {
    return order;
  }
  v1::AgendaItem draft;
  draft.set_name(WriteName(key.municipality, kAgendaItems, ids_.Next()));
  *draft.mutable_waiting_case() = request.waiting_case();
  if (request.team_meeting().empty()) return BookFirst(key, request, draft);
  const auto day = DayOf(key.municipality, request.team_meeting());
  if (!day.ok()) return day.status();
  if (absl::Status does =
          CheckDay(*day, request.waiting_case(), request.as_of());
      !does.ok()) {
    return does;
  }
  return store_.TakePlace(key, day->name(), draft);
}

absl::StatusOr<AgendaChange> Agenda::BookFirst(
    const AgendaRequest& key, const v1::BookAgendaItemRequest& request,
    const v1::AgendaItem& draft) {
  auto days = DaysFrom(key.municipality, request.as_of());
  if (!days.ok()) return days.status();
  // Each round takes a place or a day off the list.
  while (true) {
    const AgendaSlot slot =
        FindSlot(*days, request.waiting_case(), request.as_of());
    if (slot.meeting == nullptr) return NoDayDoes(slot);
    auto change = store_.TakePlace(key, slot.meeting->name(), draft);
    if (change.ok() || !IsLost(change.status())) return change;
    days->erase(days->begin() + (slot.meeting - days->data()));
  }
}

absl::StatusOr<AgendaChange> Agenda::Confirm(
    const AgendaRequest& key, const v1::ConfirmAgendaItemRequest& request) {
  auto before = store_.Recall(key);
  if (!before.ok()) return before.status();
  if (before->has_value()) return **std::move(before);
  auto item = store_.GetItem(key.municipality, request.name());
  if (!item.ok()) return item.status();
  switch (item->state()) {
    case v1::AGENDA_ITEM_STATE_WITHDRAWN:
      return StateConflict("name", "the item is withdrawn");
    case v1::AGENDA_ITEM_STATE_DAY_CANCELLED:
      return StateConflict("name", "the item's day was cancelled; move it");
    case v1::AGENDA_ITEM_STATE_CONFIRMED:
      return store_.Settle(key, item->name(), item->state(),
                           item->certificate());
    default:
      break;
  }
  AgendaChange change;
  change.items.push_back(*std::move(item));
  change.open = true;
  return change;
}

absl::StatusOr<AgendaChange> Agenda::Move(
    const AgendaRequest& key, const v1::MoveAgendaItemRequest& request) {
  auto before = store_.Recall(key);
  if (!before.ok()) return before.status();
  if (before->has_value()) return **std::move(before);
  const auto item = store_.GetItem(key.municipality, request.name());
  if (!item.ok()) return item.status();
  const auto day = DayOf(key.municipality, request.team_meeting());
  if (!day.ok()) return day.status();
  if (absl::Status does = CheckDay(*day, item->waiting_case(), request.as_of());
      !does.ok()) {
    return does;
  }
  return store_.MoveItem(key, item->name(), request.etag(), day->name());
}

void Agenda::Answer(const AgendaRequest& key,
                    const absl::StatusOr<AgendaChange>& change,
                    Settlement::WhenAway when_away, v1::AgendaItem& item,
                    Done done) {
  if (!change.ok()) return std::move(done)(change.status());
  if (!change->open) {
    item = change->items.at(0);
    return std::move(done)(absl::OkStatus());
  }
  settlement_.Settle(key, change->items.at(0), when_away, item,
                     std::move(done));
}

}  // namespace frikommune::rehab
