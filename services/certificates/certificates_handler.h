#ifndef FRIKOMMUNE_SERVICES_CERTIFICATES_CERTIFICATES_HANDLER_H_
#define FRIKOMMUNE_SERVICES_CERTIFICATES_CERTIFICATES_HANDLER_H_

#include "adapters/grpc/stream_drain.h"
#include "adapters/grpc/with_methods.h"
#include "core/certificates/decider.h"
#include "core/request/validate.h"
#include "frikommune/certificates/v1/certificates_service.grpc.pb.h"
#include "services/certificates/certificate_file.h"
#include "services/decisions/decision_calls.h"
#include "services/decisions/kept_decision_calls.h"

namespace frikommune::certificates {

// The service; what the calls that decide read and write comes as bytes.
using RawCertificatesService = rpc::WithMethods<
    v1::CertificatesService::Service,
    v1::CertificatesService::WithRawCallbackMethod_DecideCertificate,
    v1::CertificatesService::WithRawCallbackMethod_BatchDecideCertificates,
    v1::CertificatesService::WithRawCallbackMethod_StreamDecisions,
    v1::CertificatesService::WithCallbackMethod_ReviewDecision,
    v1::CertificatesService::WithCallbackMethod_GetDecision,
    v1::CertificatesService::WithCallbackMethod_ListDecisions,
    v1::CertificatesService::WithCallbackMethod_RenderReasons,
    v1::CertificatesService::WithCallbackMethod_GetCertificateStatus,
    v1::CertificatesService::WithCallbackMethod_RegisterDocument>;

// Whether a certificate must be obtained, as a question that is decided.
struct CertificateQuestion {
  using Decider = certificates::Decider;
  using Request = v1::DecideCertificateRequest;
  using Response = v1::DecideCertificateResponse;
  using BatchRequest = v1::BatchDecideCertificatesRequest;
  using BatchResponse = v1::BatchDecideCertificatesResponse;
  using StreamRequest = v1::StreamDecisionsRequest;
  using StreamResponse = v1::StreamDecisionsResponse;
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

// Answers CertificatesService: what every service that decides does is
// services/decisions, and what is its own is the file of documents.
// Thread-safe; what it is given outlives it.
class CertificatesHandler final : public RawCertificatesService {
 public:
  CertificatesHandler(const decisions::KeepingMeans& means,
                      rpc::StreamDrain& streams);

  grpc::ServerUnaryReactor* DecideCertificate(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    return certificate_.Decide(context, *request, *response);
  }
  grpc::ServerUnaryReactor* BatchDecideCertificates(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    return certificate_.DecideBatch(context, *request, *response);
  }
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StreamDecisions(
      grpc::CallbackServerContext*) override {
    return certificate_.DecideStream();
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

  grpc::ServerUnaryReactor* GetCertificateStatus(
      grpc::CallbackServerContext* context,
      const v1::GetCertificateStatusRequest* request,
      v1::GetCertificateStatusResponse* response) override;
  grpc::ServerUnaryReactor* RegisterDocument(
      grpc::CallbackServerContext* context,
      const v1::RegisterDocumentRequest* request,
      v1::RegisterDocumentResponse* response) override;

 private:
  decisions::DecisionCalls<CertificateQuestion> certificate_;
  decisions::KeptDecisionCalls<Contract> kept_;
  CertificateFile file_;
  const request::Validator status_{
      v1::GetCertificateStatusRequest::descriptor()};
  const request::Validator register_{v1::RegisterDocumentRequest::descriptor()};
};

}  // namespace frikommune::certificates

#endif  // FRIKOMMUNE_SERVICES_CERTIFICATES_CERTIFICATES_HANDLER_H_
