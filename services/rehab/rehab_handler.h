#ifndef FRIKOMMUNE_SERVICES_REHAB_REHAB_HANDLER_H_
#define FRIKOMMUNE_SERVICES_REHAB_REHAB_HANDLER_H_

#include "adapters/grpc/stream_drain.h"
#include "core/rehab/decider.h"
#include "frikommune/rehab/v1/rehab_service.grpc.pb.h"
#include "services/decisions/decision_calls.h"
#include "services/decisions/kept_decision_calls.h"
#include "services/rehab/agenda_calls.h"

namespace frikommune::rehab {

// Whether a case must be presented to the team, as a question that is decided.
struct RouteQuestion {
  using Decider = rehab::Decider;
  using Request = v1::RouteCaseRequest;
  using Response = v1::RouteCaseResponse;
  using BatchRequest = v1::BatchRouteCasesRequest;
  using BatchResponse = v1::BatchRouteCasesResponse;
  using StreamRequest = v1::StreamRoutesRequest;
  using StreamResponse = v1::StreamRoutesResponse;
};

// Whether a resource programme may be extended without the team.
struct ExtensionQuestion {
  using Decider = rehab::Decider;
  using Request = v1::DecideExtensionRequest;
  using Response = v1::DecideExtensionResponse;
  using BatchRequest = v1::BatchDecideExtensionsRequest;
  using BatchResponse = v1::BatchDecideExtensionsResponse;
  using StreamRequest = v1::StreamExtensionsRequest;
  using StreamResponse = v1::StreamExtensionsResponse;
};

// The contract's messages about decisions that are kept.
struct Contract {
  using ReviewDecisionRequest = v1::ReviewDecisionRequest;
  using ReviewDecisionResponse = v1::ReviewDecisionResponse;
  using GetDecisionRequest = v1::GetDecisionRequest;
  using GetDecisionResponse = v1::GetDecisionResponse;
  using ListDecisionsRequest = v1::ListDecisionsRequest;
  using ListDecisionsResponse = v1::ListDecisionsResponse;
  using RenderReasonsRequest = v1::RenderReasonsRequest;
  using RenderReasonsResponse = v1::RenderReasonsResponse;
};

// Answers RehabService: what every service that decides does is
// services/decisions, and what is its own are the agendas of the team.
// Thread-safe; what it is given outlives it.
class RehabHandler final : public AgendaCalls {
 public:
  RehabHandler(const decisions::KeepingMeans& means, AgendaStore& agendas,
               CertificateSource& certificates, rpc::StreamDrain& streams);

  grpc::ServerUnaryReactor* RouteCase(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return route_.Decide(context, *request, *response);
  }
  grpc::ServerUnaryReactor* BatchRouteCases(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    return route_.DecideBatch(context, *request, *response);
  }
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StreamRoutes(
      grpc::CallbackServerContext*) override {
    return route_.DecideStream();
  }

  grpc::ServerUnaryReactor* DecideExtension(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    return extension_.Decide(context, *request, *response);
  }
  grpc::ServerUnaryReactor* BatchDecideExtensions(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    return extension_.DecideBatch(context, *request, *response);
  }
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StreamExtensions(
      grpc::CallbackServerContext*) override {
    return extension_.DecideStream();
  }

  grpc::ServerUnaryReactor* ReviewDecision(
      grpc::CallbackServerContext* context,
      const v1::ReviewDecisionRequest* request,
      v1::ReviewDecisionResponse* response) override {
    return kept_.Review(context, *request, *response);
  }
  grpc::ServerUnaryReactor* GetDecision(
      grpc::CallbackServerContext* context,
      const v1::GetDecisionRequest* request,
      v1::GetDecisionResponse* response) override {
    return kept_.Get(context, *request, *response);
  }
  grpc::ServerUnaryReactor* ListDecisions(
      grpc::CallbackServerContext* context,
      const v1::ListDecisionsRequest* request,
      v1::ListDecisionsResponse* response) override {
    return kept_.List(context, *request, *response);
  }
  grpc::ServerUnaryReactor* RenderReasons(
      grpc::CallbackServerContext* context,
      const v1::RenderReasonsRequest* request,
      v1::RenderReasonsResponse* response) override {
    return kept_.RenderReasons(context, *request, *response);
  }

 private:
  decisions::DecisionCalls<RouteQuestion> route_;
  decisions::DecisionCalls<ExtensionQuestion> extension_;
  decisions::KeptDecisionCalls<Contract> kept_;
};

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_SERVICES_REHAB_REHAB_HANDLER_H_
