#include "services/certificates/certificates_handler.h"

#include <string>
#include <utility>

namespace frikommune::certificates {
namespace {

std::string FullName() { return v1::CertificatesService::service_full_name(); }

}  // namespace

CertificatesHandler::CertificatesHandler(const decisions::KeepingMeans& means,
                                         rpc::StreamDrain& streams)
    : certificate_(FullName() + "/DecideCertificate", means, streams),
      kept_(FullName(), means, {certificate_.deciding_call()}),
      file_(means) {}

grpc::ServerUnaryReactor* CertificatesHandler::GetCertificateStatus(
    grpc::CallbackServerContext* context,
    const v1::GetCertificateStatusRequest* request,
    v1::GetCertificateStatusResponse* response) {
  return rpc::ServeUnaryLater(
      context, *request, status_, rpc::kUnaryBytesMax, [&](rpc::Done done) {
        file_.FindStatus(*request, *response, std::move(done));
      });
}

grpc::ServerUnaryReactor* CertificatesHandler::RegisterDocument(
    grpc::CallbackServerContext* context,
    const v1::RegisterDocumentRequest* request,
    v1::RegisterDocumentResponse* response) {
  return rpc::ServeUnaryLater(
      context, *request, register_, rpc::kUnaryBytesMax, [&](rpc::Done done) {
        file_.Register(*request, *response, std::move(done));
      });
}

}  // namespace frikommune::certificates
