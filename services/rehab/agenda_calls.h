#ifndef FRIKOMMUNE_SERVICES_REHAB_AGENDA_CALLS_H_
#define FRIKOMMUNE_SERVICES_REHAB_AGENDA_CALLS_H_

#include <functional>

#include "adapters/grpc/later.h"
#include "frikommune/rehab/v1/rehab_service.grpc.pb.h"
#include "services/decisions/decision_keeper.h"
#include "services/rehab/agenda.h"

namespace frikommune::rehab {

// The calls of RehabService about the team's agendas: each is checked and then
// done by a worker, for the store may keep it waiting. Thread-safe; what it is
// given outlives it.
class AgendaCalls : public v1::RehabService::CallbackService {
 public:
  AgendaCalls(const decisions::Means& means, AgendaStore& store,
              CertificateSource& certificates);

  grpc::ServerUnaryReactor* CreateTeamMeeting(
      grpc::CallbackServerContext* context,
      const v1::CreateTeamMeetingRequest* request,
      v1::CreateTeamMeetingResponse* response) override;
  grpc::ServerUnaryReactor* ListTeamMeetings(
      grpc::CallbackServerContext* context,
      const v1::ListTeamMeetingsRequest* request,
      v1::ListTeamMeetingsResponse* response) override;
  grpc::ServerUnaryReactor* CancelTeamMeeting(
      grpc::CallbackServerContext* context,
      const v1::CancelTeamMeetingRequest* request,
      v1::CancelTeamMeetingResponse* response) override;
  grpc::ServerUnaryReactor* FindAgendaSlot(
      grpc::CallbackServerContext* context,
      const v1::FindAgendaSlotRequest* request,
      v1::FindAgendaSlotResponse* response) override;
  grpc::ServerUnaryReactor* BookAgendaItem(
      grpc::CallbackServerContext* context,
      const v1::BookAgendaItemRequest* request,
      v1::BookAgendaItemResponse* response) override;
  grpc::ServerUnaryReactor* ConfirmAgendaItem(
      grpc::CallbackServerContext* context,
      const v1::ConfirmAgendaItemRequest* request,
      v1::ConfirmAgendaItemResponse* response) override;
  grpc::ServerUnaryReactor* MoveAgendaItem(
      grpc::CallbackServerContext* context,
      const v1::MoveAgendaItemRequest* request,
      v1::MoveAgendaItemResponse* response) override;
  grpc::ServerUnaryReactor* WithdrawAgendaItem(
      grpc::CallbackServerContext* context,
      const v1::WithdrawAgendaItemRequest* request,
      v1::WithdrawAgendaItemResponse* response) override;
  grpc::ServerUnaryReactor* ListAgenda(
      grpc::CallbackServerContext* context,
      const v1::ListAgendaRequest* request,
      v1::ListAgendaResponse* response) override;
  grpc::ServerUnaryReactor* PlanAgenda(
      grpc::CallbackServerContext* context,
      const v1::PlanAgendaRequest* request,
      v1::PlanAgendaResponse* response) override;

 private:
  // Lets a worker answer by a function that returns when it has.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Serve(grpc::CallbackServerContext* context,
                                  const Request& request, Response& response,
                                  absl::Status (Agenda::*answer)(const Request&,
                                                                 Response&),
                                  size_t bytes_max = rpc::kUnaryBytesMax);
  // The same by one that says when it has.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* ServeLater(
      grpc::CallbackServerContext* context, const Request& request,
      Response& response,
      void (Agenda::*answer)(const Request&, Response&, Agenda::Done));

  work::WorkerPool& workers_;
  Agenda agenda_;
};

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_SERVICES_REHAB_AGENDA_CALLS_H_
