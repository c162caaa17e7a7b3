#ifndef FRIKOMMUNE_PORTS_AGENDA_STORE_H_
#define FRIKOMMUNE_PORTS_AGENDA_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "frikommune/rehab/v1/agenda.pb.h"

namespace frikommune {

// A request that changes something (AIP-155). Neither text is empty.
struct AgendaRequest {
  int municipality = 0;
  std::string id;
  // Of what is asked: equal for a request that is sent again.
  std::string digest;
};

// What a request did. It is kept, and a repeated request gets it again.
struct AgendaChange {
  // The day that was created or cancelled.
  rehab::v1::TeamMeeting team_meeting;
  // The item, or those that were on the day.
  std::vector<rehab::v1::AgendaItem> items;
  // The request's answer waits for Settle; until then it is this.
  bool open = false;
  // The request was there before, and nothing was done now.
  bool repeated = false;
};

// Days of the team from one date to another, both included; empty sets no
// limit.
struct TeamMeetingFilter {
  std::string from_date;
  std::string to_date;
};

// Items of a day, of a case, or both; empty sets no limit.
struct AgendaItemFilter {
  std::string team_meeting;
  std::string case_id;
};

// Where a list stands: after what has this date, place and name, whether that
// is there or not. A list of days has no places. The default is the beginning.
struct AgendaPosition {
  std::string date;
  int place = 0;
  std::string name;

  friend auto operator<=>(const AgendaPosition&,
                          const AgendaPosition&) = default;
};

// The days on which the rehabilitation team meets, and the places on its
// agendas.
//
// A place is a row of its own, keyed by municipality, day and number from 1 to
// the day's capacity: whoever books at once, the key gives each place once.
// Likewise, a case has one item that is not withdrawn, by a row keyed by
// municipality and case. The municipality comes first in every key, and a name
// is found under its own municipality alone.
//
// Every change happens as a whole or not at all, together with the keeping of
// its request. A request that is kept already, of the same municipality and id,
// is answered with its first result and changes nothing; if its digest is
// another, INVALID_ARGUMENT, reason REQUEST_ID_REUSED, field request_id. That
// is looked at before anything else. A request that fails is not kept.
//
// Etags are opaque. An item's changes with every change of it, a day's with its
// state and with how many places are taken.
//
// Errors of every function: UNAVAILABLE, reason STORE_UNAVAILABLE, if the store
// cannot be reached; it is then not known whether a change was made, and to
// send the request again is safe. RESOURCE_EXHAUSTED, reason OVERLOADED or
// STORE_FULL, if it has too much to do or no room left. NOT_FOUND, reason
// RESOURCE_UNKNOWN, field "name" or as stated, if there is nothing of that name
// in the municipality. ABORTED, reason ETAG_STALE, field etag, if `etag` is
// neither empty nor what is there. A refused change leaves everything as it
// was.
//
// Every implementation passes tests/contract/agenda_store_contract.h, and is
// safe to call from many threads at once. Calls may wait.
class AgendaStore {
 public:
  virtual ~AgendaStore() = default;

  // The change of a request that is kept, `repeated` set; nothing if it is not.
  // REQUEST_ID_REUSED as above.
  virtual absl::StatusOr<std::optional<AgendaChange>> Recall(
      const AgendaRequest& request) = 0;

  // Keeps a new day, OPEN and with every place free. Its name is new; state,
  // booked and etag are set here.
  virtual absl::StatusOr<AgendaChange> CreateTeamMeeting(
      const AgendaRequest& request,
      const rehab::v1::TeamMeeting& team_meeting) = 0;

  // Cancels a day. Its places are free, and its items DAY_CANCELLED and on no
  // day. They are in the change, in the order of their places.
  // FAILED_PRECONDITION, reason MEETING_DAY_CANCELLED, field name, if it is
  // cancelled already.
  virtual absl::StatusOr<AgendaChange> CancelTeamMeeting(
      const AgendaRequest& request, absl::string_view name,
      absl::string_view etag) = 0;

  virtual absl::StatusOr<rehab::v1::TeamMeeting> GetTeamMeeting(
      int municipality, absl::string_view name) = 0;

  // The days after a position, by date and name; at most `limit`.
  virtual absl::StatusOr<std::vector<rehab::v1::TeamMeeting>> ListTeamMeetings(
      int municipality, const TeamMeetingFilter& filter,
      const AgendaPosition& after, int limit) = 0;

  // Takes the lowest free place of a day. Of `item`, its name, which is new,
  // and its case are read. It is CERTIFICATES_UNAVAILABLE, and its request
  // open, until Settle says what certificates answered: a server that falls in
  // between leaves an item that waits, never one that is confirmed.
  //
  // NOT_FOUND, field team_meeting; FAILED_PRECONDITION, reason
  // MEETING_DAY_CANCELLED or MEETING_DAY_FULL, field team_meeting;
  // ALREADY_EXISTS, reason ALREADY_ON_AGENDA, field waiting_case.case_id, if
  // the case has an item that is not withdrawn. The day's limits for the case
  // are not looked at.
  virtual absl::StatusOr<AgendaChange> TakePlace(
      const AgendaRequest& request, absl::string_view team_meeting,
      const rehab::v1::AgendaItem& item) = 0;

  // Moves an item to the lowest free place of another day, and frees the place
  // it had. One that is on that day already stays as it is. One whose day was
  // cancelled becomes CERTIFICATES_UNAVAILABLE, without a certificate, and its
  // request open, as in TakePlace; others keep their state.
  //
  // As TakePlace of the day; FAILED_PRECONDITION, reason STATE_CONFLICT, field
  // name, if the item is withdrawn.
  virtual absl::StatusOr<AgendaChange> MoveItem(
      const AgendaRequest& request, absl::string_view name,
      absl::string_view etag, absl::string_view team_meeting) = 0;

  // Withdraws an item; its place and its case are free.
  // FAILED_PRECONDITION, reason STATE_CONFLICT, field name, if it is withdrawn
  // already.
  virtual absl::StatusOr<AgendaChange> WithdrawItem(
      const AgendaRequest& request, absl::string_view name,
      absl::string_view etag) = 0;

  // Gives an item that waits, CERTIFICATE_OPEN or CERTIFICATES_UNAVAILABLE, one
  // of those states or CONFIRMED, and its certificate. An item that does not
  // wait (any more) stays as it is. The request's answer is the item as it then
  // stands; an open one is closed, one that is not kept is kept.
  virtual absl::StatusOr<AgendaChange> Settle(
      const AgendaRequest& request, absl::string_view name,
      rehab::v1::AgendaItemState state, absl::string_view certificate) = 0;

  virtual absl::StatusOr<rehab::v1::AgendaItem> GetItem(
      int municipality, absl::string_view name) = 0;

  // The items after a position, by date, place and name; at most `limit`. Those
  // on no day come first, and have no date and place 0.
  virtual absl::StatusOr<std::vector<rehab::v1::AgendaItem>> ListItems(
      int municipality, const AgendaItemFilter& filter,
      const AgendaPosition& after, int limit) = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_AGENDA_STORE_H_
