#ifndef FRIKOMMUNE_TESTS_E2E_CERTIFICATE_CASE_H_
#define FRIKOMMUNE_TESTS_E2E_CERTIFICATE_CASE_H_

#include <string>

#include "frikommune/certificates/v1/certificates_service.grpc.pb.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {

// A request of a municipality that is decided.
inline certificates::v1::DecideCertificateRequest CertificateCase(
    const std::string& municipality, const std::string& request_id) {
  certificates::v1::DecideCertificateRequest request;
  request.set_municipality(municipality);
  request.set_case_id("case-" + request_id);
  request.set_decision_date("2019-03-01");
  request.set_request_id(request_id);
  auto& facts = *request.mutable_rehabilitation();
  facts.set_case_type(certificates::v1::REHABILITATION_CASE_TYPE_FLEXJOB);
  facts.set_sufficiency(certificates::v1::SUFFICIENCY_YES);
  auto& document = *facts.add_documents();
  document.set_type(certificates::v1::DOCUMENT_TYPE_LAE105);
  document.set_date("2019-02-01");
  request.mutable_assessment()->set_assessor("a-1");
  return request;
}

// Lets a server decide it, and keep it.
inline grpc::Status KeepCertificateCase(const ServerProcess& server,
                                        const std::string& municipality,
                                        const std::string& request_id) {
  const auto stub =
      certificates::v1::CertificatesService::NewStub(server.Connect());
  grpc::ClientContext context;
  certificates::v1::DecideCertificateResponse response;
  return stub->DecideCertificate(
      &context, CertificateCase(municipality, request_id), &response);
}

}  // namespace frikommune::e2e

#endif  // FRIKOMMUNE_TESTS_E2E_CERTIFICATE_CASE_H_
