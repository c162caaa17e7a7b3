#ifndef FRIKOMMUNE_SERVICES_REHAB_AGENDA_H_
#define FRIKOMMUNE_SERVICES_REHAB_AGENDA_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "frikommune/rehab/v1/rehab_service.pb.h"
#include "ports/agenda_store.h"
#include "ports/certificate_source.h"
#include "ports/ids.h"
#include "services/rehab/network_names.h"
#include "services/rehab/settlement.h"
#include "services/work/worker_pool.h"

namespace frikommune::rehab {

// The most cases in one plan.
constexpr int kPlanCasesMax = 10000;

// What the agenda is made of. All of it outlives the agenda.
struct AgendaParts {
  AgendaStore& store;
  CertificateSource& certificates;
  Ids& ids;
  // For what waits for the store after certificates has answered.
  work::WorkerPool& workers;
  // The codes of the municipalities in the network.
  absl::flat_hash_set<int> municipalities;
};

// The team's meeting days and agendas: what RehabService promises of them.
// Knows nothing of gRPC or of any database.
//
// Each function answers the RPC of its name. A request has passed
// request::Validator. Errors are those of the contract; a response is only to
// be read where the status is OK. Every function may wait for the store, so it
// is called on a thread that may.
//
// Those with a `Done` also ask certificates, and do not wait for that: they
// call `done` once, before they return or later on one of the workers or of
// certificates' threads. Request and response stay until then.
//
// Thread-safe. Its end waits for what is under way.
class Agenda {
 public:
  using Done = Settlement::Done;

  explicit Agenda(AgendaParts parts);

  absl::Status CreateTeamMeeting(const v1::CreateTeamMeetingRequest& request,
                                 v1::CreateTeamMeetingResponse& response);
  absl::Status ListTeamMeetings(const v1::ListTeamMeetingsRequest& request,
                                v1::ListTeamMeetingsResponse& response);
  absl::Status CancelTeamMeeting(const v1::CancelTeamMeetingRequest& request,
                                 v1::CancelTeamMeetingResponse& response);

  // The days that are tried begin at `as_of`, or at the first day of the case
  // if that is earlier.
  absl::Status FindAgendaSlot(const v1::FindAgendaSlotRequest& request,
                              v1::FindAgendaSlotResponse& response);
  // BATCH_TOO_LARGE if there are more than kPlanCasesMax cases; CONFLICT if one
  // is there twice.
  absl::Status PlanAgenda(const v1::PlanAgendaRequest& request,
                          v1::PlanAgendaResponse& response);

  // The place is kept before certificates is asked, so that nobody else gets it
  // meanwhile; what certificates says decides the state alone. A server that
  // falls in between leaves an item that waits, and the repeated request goes
  // on where the first one stopped. RESOURCE_EXHAUSTED, reason OVERLOADED, if
  // the workers have too much to do, and then it is likewise.
  //
  // A day that lies before the case's first day, or lacks the education member
  // it needs, is a CONFLICT of `team_meeting`. Where no day is named and none
  // does: DEADLINE_MISSED if a later one would, else MEETING_DAY_FULL.
  void BookAgendaItem(const v1::BookAgendaItemRequest& request,
                      v1::BookAgendaItemResponse& response, Done done);
  // An item that is confirmed stays so, and certificates is not asked.
  // STATE_CONFLICT if it is withdrawn, or its day was cancelled.
  void ConfirmAgendaItem(const v1::ConfirmAgendaItemRequest& request,
                         v1::ConfirmAgendaItemResponse& response, Done done);
  // An item keeps its state, but one whose day was cancelled is asked about
  // again, as in BookAgendaItem. STATE_CONFLICT if it is withdrawn.
  void MoveAgendaItem(const v1::MoveAgendaItemRequest& request,
                      v1::MoveAgendaItemResponse& response, Done done);
  absl::Status WithdrawAgendaItem(const v1::WithdrawAgendaItemRequest& request,
                                  v1::WithdrawAgendaItemResponse& response);
  absl::Status ListAgenda(const v1::ListAgendaRequest& request,
                          v1::ListAgendaResponse& response);

 private:
  // The days of a municipality from a date on.
  absl::StatusOr<std::vector<v1::TeamMeeting>> DaysFrom(
      int municipality, const std::string& from_date);
  // The day of that name, which must be the municipality's.
  absl::StatusOr<v1::TeamMeeting> DayOf(int municipality,
                                        const std::string& name);

  // What a request changes before certificates is asked, or has changed when it
  // was here before.
  absl::StatusOr<AgendaChange> Book(const AgendaRequest& key,
                                    const v1::BookAgendaItemRequest& request);
  absl::StatusOr<AgendaChange> BookFirst(
      const AgendaRequest& key, const v1::BookAgendaItemRequest& request,
      const v1::AgendaItem& draft);
  absl::StatusOr<AgendaChange> Confirm(
      const AgendaRequest& key, const v1::ConfirmAgendaItemRequest& request);
  absl::StatusOr<AgendaChange> Move(const AgendaRequest& key,
                                    const v1::MoveAgendaItemRequest& request);

  // Answers with the item of a change; if that is open, when it is settled.
  void Answer(const AgendaRequest& key,
              const absl::StatusOr<AgendaChange>& change,
              Settlement::WhenAway when_away, v1::AgendaItem& item, Done done);

  AgendaStore& store_;
  Ids& ids_;
  const NetworkNames names_;
  Settlement settlement_;
};

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_SERVICES_REHAB_AGENDA_H_
