#include "services/rehab/agenda_calls.h"

#include <utility>

#include "core/request/validate.h"

namespace frikommune::rehab {
namespace {

absl::flat_hash_set<int> MunicipalitiesOf(const catalog::Snapshot& snapshot) {
  absl::flat_hash_set<int> codes;
  for (const auto& one : snapshot.catalog().network.municipalities()) {
    codes.insert(one.code());
  }
  return codes;
}

// The validator of a type of request, made when it is first needed.
template <typename Request>
const request::Validator& ValidatorOf() {
  static const auto* const kValidator =
      new request::Validator(Request::descriptor());
  return *kValidator;
}

}  // namespace

AgendaCalls::AgendaCalls(const decisions::KeepingMeans& means,
                         AgendaStore& store, CertificateSource& certificates)
    : workers_(means.workers),
      agenda_({store, certificates, means.ids, means.workers,
               MunicipalitiesOf(*means.catalog.Get())}) {}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* AgendaCalls::Serve(
    grpc::CallbackServerContext* context, const Request& request,
    Response& response,
    absl::Status (Agenda::*answer)(const Request&, Response&),
    size_t bytes_max) {
  return rpc::ServeUnaryLater(
      context, request, ValidatorOf<Request>(), bytes_max, [&](rpc::Done done) {
        decisions::OnWorker(
            workers_, std::move(done),
            [this, &request, &response, answer](rpc::Done end) {
              std::move(end)((agenda_.*answer)(request, response));
            });
      });
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* AgendaCalls::ServeLater(
    grpc::CallbackServerContext* context, const Request& request,
    Response& response,
    void (Agenda::*answer)(const Request&, Response&, Agenda::Done)) {
  return rpc::ServeUnaryLater(
      context, request, ValidatorOf<Request>(), rpc::kUnaryBytesMax,
      [&](rpc::Done done) {
        // What certificates is asked goes on with the trace of the call.
        decisions::OnWorker(
            workers_, std::move(done),
            [this, &request, &response, answer,
             &watch = rpc::CallWatch::Current()](rpc::Done end) {
              const rpc::CallWatch::Entered entered(watch);
              (agenda_.*answer)(request, response, std::move(end));
            });
      });
}

grpc::ServerUnaryReactor* AgendaCalls::CreateTeamMeeting(
    grpc::CallbackServerContext* context,
    const v1::CreateTeamMeetingRequest* request,
    v1::CreateTeamMeetingResponse* response) {
  return Serve(context, *request, *response, &Agenda::CreateTeamMeeting);
}

grpc::ServerUnaryReactor* AgendaCalls::ListTeamMeetings(
    grpc::CallbackServerContext* context,
    const v1::ListTeamMeetingsRequest* request,
    v1::ListTeamMeetingsResponse* response) {
  return Serve(context, *request, *response, &Agenda::ListTeamMeetings);
}

grpc::ServerUnaryReactor* AgendaCalls::CancelTeamMeeting(
    grpc::CallbackServerContext* context,
    const v1::CancelTeamMeetingRequest* request,
    v1::CancelTeamMeetingResponse* response) {
  return Serve(context, *request, *response, &Agenda::CancelTeamMeeting);
}

grpc::ServerUnaryReactor* AgendaCalls::FindAgendaSlot(
    grpc::CallbackServerContext* context,
    const v1::FindAgendaSlotRequest* request,
    v1::FindAgendaSlotResponse* response) {
  return Serve(context, *request, *response, &Agenda::FindAgendaSlot);
}

grpc::ServerUnaryReactor* AgendaCalls::BookAgendaItem(
    grpc::CallbackServerContext* context,
    const v1::BookAgendaItemRequest* request,
    v1::BookAgendaItemResponse* response) {
  return ServeLater(context, *request, *response, &Agenda::BookAgendaItem);
}

grpc::ServerUnaryReactor* AgendaCalls::ConfirmAgendaItem(
    grpc::CallbackServerContext* context,
    const v1::ConfirmAgendaItemRequest* request,
    v1::ConfirmAgendaItemResponse* response) {
  return ServeLater(context, *request, *response, &Agenda::ConfirmAgendaItem);
}

grpc::ServerUnaryReactor* AgendaCalls::MoveAgendaItem(
    grpc::CallbackServerContext* context,
    const v1::MoveAgendaItemRequest* request,
    v1::MoveAgendaItemResponse* response) {
  return ServeLater(context, *request, *response, &Agenda::MoveAgendaItem);
}

grpc::ServerUnaryReactor* AgendaCalls::WithdrawAgendaItem(
    grpc::CallbackServerContext* context,
    const v1::WithdrawAgendaItemRequest* request,
    v1::WithdrawAgendaItemResponse* response) {
  return Serve(context, *request, *response, &Agenda::WithdrawAgendaItem);
}

grpc::ServerUnaryReactor* AgendaCalls::ListAgenda(
    grpc::CallbackServerContext* context, const v1::ListAgendaRequest* request,
    v1::ListAgendaResponse* response) {
  return Serve(context, *request, *response, &Agenda::ListAgenda);
}

grpc::ServerUnaryReactor* AgendaCalls::PlanAgenda(
    grpc::CallbackServerContext* context, const v1::PlanAgendaRequest* request,
    v1::PlanAgendaResponse* response) {
  return Serve(context, *request, *response, &Agenda::PlanAgenda,
               rpc::kBatchBytesMax);
}

}  // namespace frikommune::rehab
