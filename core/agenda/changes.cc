#include "core/agenda/changes.h"

#include <string>

#include "core/agenda/refusals.h"

namespace frikommune::rehab {
namespace {

bool Waits(v1::AgendaItemState state) {
  return state == v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN ||
         state == v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE;
}

}  // namespace

v1::TeamMeeting NewDay(const v1::TeamMeeting& asked) {
  v1::TeamMeeting day = asked;
  day.set_state(v1::TEAM_MEETING_STATE_OPEN);
  day.clear_booked();
  day.clear_etag();
  return day;
}

v1::AgendaItem NewItem(const v1::AgendaItem& asked) {
  v1::AgendaItem item;
  item.set_name(asked.name());
  *item.mutable_waiting_case() = asked.waiting_case();
  item.set_state(v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE);
  return item;
}

absl::Status CheckEtag(absl::string_view seen, absl::string_view etag) {
  if (seen.empty() || seen == etag) return absl::OkStatus();
  return EtagStale();
}

absl::Status CheckPlace(const v1::TeamMeeting& day) {
  if (day.state() == v1::TEAM_MEETING_STATE_CANCELLED) {
    return MeetingDayCancelled("team_meeting");
  }
  if (day.booked() >= day.capacity()) return MeetingDayFull("team_meeting");
  return absl::OkStatus();
}

void PutOn(const v1::TeamMeeting& day, int place, v1::AgendaItem& item) {
  item.set_team_meeting(day.name());
  item.set_date(day.date());
  item.set_place(place);
}

void TakeOff(v1::AgendaItem& item) {
  item.clear_team_meeting();
  item.clear_date();
  item.clear_place();
}

bool WaitAgain(v1::AgendaItem& item) {
  if (item.state() != v1::AGENDA_ITEM_STATE_DAY_CANCELLED) return false;
  item.set_state(v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE);
  item.clear_certificate();
  return true;
}

bool Settle(v1::AgendaItemState state, absl::string_view certificate,
            v1::AgendaItem& item) {
  const bool differs =
      item.state() != state || item.certificate() != certificate;
  if (!Waits(item.state()) || !differs) return false;
  item.set_state(state);
  item.set_certificate(std::string(certificate));
  return true;
}

}  // namespace frikommune::rehab
