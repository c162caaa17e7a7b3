#ifndef FRIKOMMUNE_SERVICES_CERTIFICATES_CERTIFICATE_FILE_H_
#define FRIKOMMUNE_SERVICES_CERTIFICATES_CERTIFICATE_FILE_H_

#include "frikommune/certificates/v1/certificates_service.pb.h"
#include "services/decisions/decision_keeper.h"

namespace frikommune::certificates {

// The documents that have been received in cases, and where a certificate
// stands by them and by the decisions. Kept in the same ledger as those.
//
// Thread-safe. Does not wait: what reads is done by a worker. What it is given
// lives until `done` is called.
class CertificateFile {
 public:
  explicit CertificateFile(const decisions::KeepingMeans& means)
      : means_(means) {}

  // Keeps a document by a request whose fields are checked.
  // MUNICIPALITY_UNKNOWN, NAME_INVALID, REQUEST_ID_REUSED, OVERLOADED,
  // STORE_UNAVAILABLE.
  void Register(const v1::RegisterDocumentRequest& request,
                v1::RegisterDocumentResponse& response, decisions::Done done);

  // Where a certificate stands in a case: by the newest document of its kind or
  // decision on it that has not been superseded. MUNICIPALITY_UNKNOWN,
  // NAME_INVALID, OVERLOADED, STORE_UNAVAILABLE.
  void FindStatus(const v1::GetCertificateStatusRequest& request,
                  v1::GetCertificateStatusResponse& response,
                  decisions::Done done);

 private:
  absl::Status ReadStatus(const v1::GetCertificateStatusRequest& request,
                          v1::GetCertificateStatusResponse& response);

  const decisions::KeepingMeans means_;
};

}  // namespace frikommune::certificates

#endif  // FRIKOMMUNE_SERVICES_CERTIFICATES_CERTIFICATE_FILE_H_
