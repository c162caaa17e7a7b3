#ifndef FRIKOMMUNE_CORE_CERTIFICATES_DOCUMENTS_H_
#define FRIKOMMUNE_CORE_CERTIFICATES_DOCUMENTS_H_

#include "absl/status/status.h"
#include "frikommune/certificates/v1/certificates_service.pb.h"

namespace frikommune::certificates {

using DocumentList = google::protobuf::RepeatedPtrField<v1::HealthDocument>;

// The most documents a case may list.
inline constexpr int kMostDocuments = 200;

// The documents of the case that a request holds; none if it holds no case.
const DocumentList& DocumentsOf(const v1::DecideCertificateRequest& request);

// How many documents on file are of the type.
int CountOf(const DocumentList& documents, v1::DocumentType type);

// Whether the assessment names the certificate as one that would help.
bool WouldHelp(const v1::RehabilitationCase& rehabilitation,
               v1::DocumentType type);

// Checks what the fields of a document alone cannot say. The errors of
// Decider::Decide.
absl::Status CheckDocuments(const v1::DecideCertificateRequest& request);

}  // namespace frikommune::certificates

#endif  // FRIKOMMUNE_CORE_CERTIFICATES_DOCUMENTS_H_
