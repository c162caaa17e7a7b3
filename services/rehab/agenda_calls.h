#ifndef FRIKOMMUNE_SERVICES_REHAB_AGENDA_CALLS_H_
#define FRIKOMMUNE_SERVICES_REHAB_AGENDA_CALLS_H_

#include <functional>

#include "adapters/grpc/later.h"
#include "adapters/grpc/with_methods.h"
#include "frikommune/rehab/v1/rehab_service.grpc.pb.h"
#include "services/decisions/decision_keeper.h"
#include "services/rehab/agenda.h"

namespace frikommune::rehab {

// The service; what the calls that decide read and write comes as bytes.
using RawRehabService = rpc::WithMethods<
    v1::RehabService::Service,
    v1::RehabService::WithRawCallbackMethod_RouteCase,
    v1::RehabService::WithRawCallbackMethod_BatchRouteCases,
    v1::RehabService::WithRawCallbackMethod_StreamRoutes,
    v1::RehabService::WithRawCallbackMethod_DecideExtension,
    v1::RehabService::WithRawCallbackMethod_BatchDecideExtensions,
    v1::RehabService::WithRawCallbackMethod_StreamExtensions,
    v1::RehabService::WithCallbackMethod_ReviewDecision,
    v1::RehabService::WithCallbackMethod_GetDecision,
    v1::RehabService::WithCallbackMethod_ListDecisions,
    v1::RehabService::WithCallbackMethod_RenderReasons,
    v1::RehabService::WithCallbackMethod_CreateTeamMeeting,
    v1::RehabService::WithCallbackMethod_ListTeamMeetings,
    v1::RehabService::WithCallbackMethod_CancelTeamMeeting,
    v1::RehabService::WithCallbackMethod_FindAgendaSlot,
    v1::RehabService::WithCallbackMethod_BookAgendaItem,
    v1::RehabService::WithCallbackMethod_ConfirmAgendaItem,
    v1::RehabService::WithCallbackMethod_MoveAgendaItem,
    v1::RehabService::WithCallbackMethod_WithdrawAgendaItem,
    v1::RehabService::WithCallbackMethod_ListAgenda,
    v1::RehabService::WithCallbackMethod_PlanAgenda>;

// The calls of RehabService about the team's agendas: each is checked and then
// done by a worker, for the store may keep it waiting. Thread-safe; what it is
// given outlives it.
class AgendaCalls : public RawRehabService {
 public:
  AgendaCalls(const decisions::KeepingMeans& means, AgendaStore& store,
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
