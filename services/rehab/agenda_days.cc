// The days of the team: what Agenda does without a case being put on one.
#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "core/agenda/meeting_check.h"
#include "core/agenda/plan.h"
#include "core/agenda/refusals.h"
#include "core/agenda/slot.h"
#include "core/error/error.h"
#include "core/resource_id/resource_id.h"
#include "services/rehab/agenda.h"
#include "services/rehab/agenda_key.h"
#include "services/rehab/agenda_page.h"

namespace frikommune::rehab {
namespace {

absl::Status CheckCases(const v1::PlanAgendaRequest& request) {
  if (request.cases_size() > kPlanCasesMax) {
    return MakeError(absl::StatusCode::kInvalidArgument,
                     decision::v1::ERROR_REASON_BATCH_TOO_LARGE, "cases",
                     absl::StrCat("there are ", request.cases_size(),
                                  " cases, and may be ", kPlanCasesMax));
  }
  absl::flat_hash_set<absl::string_view> seen;
  for (int i = 0; i < request.cases_size(); ++i) {
    const v1::WaitingCase& waiting = request.cases(i);
    const std::string field = absl::StrCat("cases[", i, "]");
    if (absl::Status order = CheckWaitingCase(waiting, field); !order.ok()) {
      return order;
    }
    if (!seen.insert(waiting.case_id()).second) {
      return MakeError(absl::StatusCode::kInvalidArgument,
                       decision::v1::ERROR_REASON_CONFLICT, field + ".case_id",
                       "the case is there twice");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Agenda::CreateTeamMeeting(
    const v1::CreateTeamMeetingRequest& request,
    v1::CreateTeamMeetingResponse& response) {
  const auto municipality =
      names_.Municipality(request.municipality(), "municipality");
  if (!municipality.ok()) return municipality.status();
  const v1::TeamMeeting& asked = request.team_meeting();
  if (absl::Status team = CheckTeamMeeting(asked); !team.ok()) return team;
  v1::TeamMeeting meeting;
  meeting.set_name(WriteName(*municipality, kTeamMeetings, ids_.Next()));
  meeting.set_date(asked.date());
  meeting.set_place(asked.place());
  *meeting.mutable_members() = asked.members();
  meeting.set_capacity(asked.capacity());
  auto change = store_.CreateTeamMeeting(
      KeyOf(*municipality, "CreateTeamMeeting", request, ids_), meeting);
  if (!change.ok()) return change.status();
  *response.mutable_team_meeting() = std::move(change->team_meeting);
  return absl::OkStatus();
}

absl::Status Agenda::ListTeamMeetings(
    const v1::ListTeamMeetingsRequest& request,
    v1::ListTeamMeetingsResponse& response) {
  const auto municipality =
      names_.Municipality(request.municipality(), "municipality");
  if (!municipality.ok()) return municipality.status();
  const TeamMeetingFilter filter{request.from_date(), request.to_date()};
  if (!filter.to_date.empty() && filter.to_date < filter.from_date) {
    return MakeError(absl::StatusCode::kInvalidArgument,
                     decision::v1::ERROR_REASON_DATE_ORDER, "to_date",
                     "the last day lies before the first");
  }
  const std::string list = absl::StrCat(kTeamMeetings, "/", *municipality, "/",
                                        filter.from_date, "/", filter.to_date);
  const auto after = PositionOf(list, request.page_token());
  if (!after.ok()) return after.status();
  const int size = PageSizeOf(request.page_size());
  auto days = store_.ListTeamMeetings(*municipality, filter, *after, size + 1);
  if (!days.ok()) return days.status();
  if (static_cast<int>(days->size()) > size) {
    days->pop_back();
    response.set_next_page_token(
        TokenAfter(list, {days->back().date(), 0, days->back().name()}));
  }
  response.mutable_team_meetings()->Assign(days->begin(), days->end());
  return absl::OkStatus();
}

absl::Status Agenda::CancelTeamMeeting(
    const v1::CancelTeamMeetingRequest& request,
    v1::CancelTeamMeetingResponse& response) {
  const auto municipality =
      names_.MunicipalityOf(request.name(), kTeamMeetings, "name");
  if (!municipality.ok()) return municipality.status();
  auto change = store_.CancelTeamMeeting(
      KeyOf(*municipality, "CancelTeamMeeting", request, ids_), request.name(),
      request.etag());
  if (!change.ok()) return change.status();
  *response.mutable_team_meeting() = std::move(change->team_meeting);
  response.mutable_items()->Assign(change->items.begin(), change->items.end());
  return absl::OkStatus();
}

absl::Status Agenda::FindAgendaSlot(const v1::FindAgendaSlotRequest& request,
                                    v1::FindAgendaSlotResponse& response) {
  const auto municipality =
      names_.Municipality(request.municipality(), "municipality");
  if (!municipality.ok()) return municipality.status();
  const v1::WaitingCase& waiting = request.waiting_case();
  if (absl::Status order = CheckWaitingCase(waiting, "waiting_case");
      !order.ok()) {
    return order;
  }
  const std::string& from = waiting.earliest().empty()
                                ? request.as_of()
                                : std::min(waiting.earliest(), request.as_of());
  const auto days = DaysFrom(*municipality, from);
  if (!days.ok()) return days.status();
  AgendaSlot slot = FindSlot(*days, waiting, request.as_of());
  if (slot.meeting != nullptr) {
    *response.mutable_team_meeting() = *slot.meeting;
  }
  response.mutable_tried()->Assign(slot.tried.begin(), slot.tried.end());
  response.set_schedulable_from(slot.schedulable_from);
  return absl::OkStatus();
}

absl::Status Agenda::PlanAgenda(const v1::PlanAgendaRequest& request,
                                v1::PlanAgendaResponse& response) {
  const auto municipality =
      names_.Municipality(request.municipality(), "municipality");
  if (!municipality.ok()) return municipality.status();
  if (absl::Status cases = CheckCases(request); !cases.ok()) return cases;
  const auto days = DaysFrom(*municipality, request.as_of());
  if (!days.ok()) return days.status();
  rehab::PlanAgenda(*days, request.cases(), request.as_of(), response);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<v1::TeamMeeting>> Agenda::DaysFrom(
    int municipality, const std::string& from_date) {
  std::vector<v1::TeamMeeting> days;
  AgendaPosition after;
  while (true) {
    auto page = store_.ListTeamMeetings(municipality, {from_date, ""}, after,
                                        kPageSizeMax);
    if (!page.ok()) return page.status();
    const bool more = static_cast<int>(page->size()) == kPageSizeMax;
    for (v1::TeamMeeting& day : *page) days.push_back(std::move(day));
    if (!more) return days;
    after = {days.back().date(), 0, days.back().name()};
  }
}

absl::StatusOr<v1::TeamMeeting> Agenda::DayOf(int municipality,
                                              const std::string& name) {
  if (absl::Status ours = NetworkNames::CheckIsOf(
          municipality, name, kTeamMeetings, "team_meeting");
      !ours.ok()) {
    return ours;
  }
  auto day = store_.GetTeamMeeting(municipality, name);
  if (absl::IsNotFound(day.status())) return ResourceUnknown("team_meeting");
  return day;
}

}  // namespace frikommune::rehab
