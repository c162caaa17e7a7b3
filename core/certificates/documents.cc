#include "core/certificates/documents.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/error/error.h"

namespace frikommune::certificates {
namespace {

absl::Status Refuse(decision::v1::ErrorReason reason, const std::string& field,
                    absl::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, field, message);
}

// The field that holds the case.
const char* FieldOf(const v1::DecideCertificateRequest& request) {
  if (request.has_rehabilitation()) return "rehabilitation";
  return request.has_sickness() ? "sickness" : "revalidation";
}

bool MayHelp(int type) {
  return type == v1::DOCUMENT_TYPE_LAE125 || type == v1::DOCUMENT_TYPE_LAE105 ||
         type == v1::DOCUMENT_TYPE_LAE115;
}

}  // namespace

const DocumentList& DocumentsOf(const v1::DecideCertificateRequest& request) {
  if (request.has_rehabilitation()) return request.rehabilitation().documents();
  if (request.has_sickness()) return request.sickness().documents();
  return request.revalidation().documents();
}

int CountOf(const DocumentList& documents, v1::DocumentType type) {
  return static_cast<int>(std::count_if(
      documents.begin(), documents.end(),
      [type](const v1::HealthDocument& each) { return each.type() == type; }));
}

bool WouldHelp(const v1::RehabilitationCase& rehabilitation,
               v1::DocumentType type) {
  const auto& helpful = rehabilitation.helpful_certificates();
  return std::find(helpful.begin(), helpful.end(), type) != helpful.end();
}

absl::Status CheckDocuments(const v1::DecideCertificateRequest& request) {
  const DocumentList& documents = DocumentsOf(request);
  if (documents.size() > kMostDocuments) {
    return Refuse(
        decision::v1::ERROR_REASON_VALUE_OUT_OF_RANGE,
        absl::StrCat(FieldOf(request), ".documents"),
        absl::StrCat("a case lists at most ", kMostDocuments, " documents"));
  }
  for (int i = 0; i < documents.size(); ++i) {
    // Checked dates are written alike, so that they compare as they read.
    if (documents[i].date() <= request.decision_date()) continue;
    return Refuse(decision::v1::ERROR_REASON_DOCUMENT_AFTER_DECISION,
                  absl::StrCat(FieldOf(request), ".documents[", i, "].date"),
                  "the document was received after the day of the decision");
  }
  const auto& helpful = request.rehabilitation().helpful_certificates();
  for (int i = 0; i < helpful.size(); ++i) {
    if (MayHelp(helpful[i])) continue;
    return Refuse(
        decision::v1::ERROR_REASON_VALUE_OUT_OF_RANGE,
        absl::StrCat("rehabilitation.helpful_certificates[", i, "]"),
        "of other certificates only LÆ125, LÆ105 and LÆ115 are ordered");
  }
  return absl::OkStatus();
}

}  // namespace frikommune::certificates
