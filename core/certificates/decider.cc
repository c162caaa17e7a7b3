#include "core/certificates/decider.h"

#include "core/certificates/documents.h"
#include "core/certificates/substitute.h"
#include "core/certificates/vocabulary.h"
#include "core/decision/render.h"

namespace frikommune::certificates {

Decider::Decider(const catalog::Snapshot& snapshot)
    : fields_(v1::DecideCertificateRequest::descriptor(), FactSets(), snapshot),
      inquiry_(snapshot, kArea),
      slots_{inquiry_.SlotOf("lae265_received"),
             inquiry_.SlotOf("lae285_received"),
             inquiry_.SlotOf("health_document_count"),
             inquiry_.SlotOf("lae125_would_help"),
             inquiry_.SlotOf("lae105_would_help"),
             inquiry_.SlotOf("lae115_would_help")} {}

absl::StatusOr<decision::Answer> Decider::Write(
    const v1::DecideCertificateRequest& request, decision::v1::View view,
    wire::MessageWriter& out) {
  absl::Status status = inquiry_.Begin(inquiry::GivenBy(request), fields_);
  if (status.ok()) status = CheckDocuments(request);
  if (!status.ok()) return status;
  CountDocuments(request);
  // What was ordered in place of the certificate, where that is registered,
  // counts instead of what the row orders.
  const auto substitute = request.sickness().registered_substitute();
  if (substitute == v1::SUBSTITUTE_UNSPECIFIED) {
    return inquiry_.Answer(view, out);
  }
  const decision::Documents registered = DocumentsIn(substitute);
  return inquiry_.Answer(view, out, &registered);
}

absl::Status Decider::Decide(const v1::DecideCertificateRequest& request,
                             decision::v1::View default_view,
                             decision::v1::Decision& out) {
  return inquiry::ReadDecision(
      [&](wire::MessageWriter& bytes) {
        return Write(request, decision::ViewOr(request.view(), default_view),
                     bytes);
      },
      out);
}

// Lists are complete: what is not listed is not on file, and would not help.
void Decider::CountDocuments(const v1::DecideCertificateRequest& request) {
  const DocumentList& documents = DocumentsOf(request);
  const int lae265 = CountOf(documents, v1::DOCUMENT_TYPE_LAE265);
  const int lae285 = CountOf(documents, v1::DOCUMENT_TYPE_LAE285);
  inquiry_.Set(slots_.lae265_received, lae265 > 0 ? 1 : 0);
  inquiry_.Set(slots_.lae285_received, lae285 > 0 ? 1 : 0);
  inquiry_.Set(slots_.health_document_count, documents.size() - lae265);
  const auto help = [&](catalog::Slot slot, v1::DocumentType type) {
    inquiry_.Set(slot, WouldHelp(request.rehabilitation(), type) ? 1 : 0);
  };
  help(slots_.lae125_would_help, v1::DOCUMENT_TYPE_LAE125);
  help(slots_.lae105_would_help, v1::DOCUMENT_TYPE_LAE105);
  help(slots_.lae115_would_help, v1::DOCUMENT_TYPE_LAE115);
}

}  // namespace frikommune::certificates
