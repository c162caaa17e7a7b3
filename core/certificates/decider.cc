#include "core/certificates/decider.h"

#include "core/certificates/documents.h"
#include "core/certificates/substitute.h"
#include "core/certificates/vocabulary.h"
#include "core/decision/saving.h"

namespace frikommune::certificates {

Decider::Decider(const catalog::Snapshot& snapshot)
    : snapshot_(snapshot),
      fields_(v1::DecideCertificateRequest::descriptor(), FactSets(), snapshot),
      inquiry_(snapshot, kArea),
      slots_{inquiry_.SlotOf("lae265_received"),
             inquiry_.SlotOf("lae285_received"),
             inquiry_.SlotOf("health_document_count"),
             inquiry_.SlotOf("lae125_would_help"),
             inquiry_.SlotOf("lae105_would_help"),
             inquiry_.SlotOf("lae115_would_help")} {}

absl::Status Decider::Decide(const v1::DecideCertificateRequest& request,
                             decision::v1::View default_view,
                             decision::v1::Decision& out) {
  if (absl::Status begun = Begin(request); !begun.ok()) return begun;
  const auto view = inquiry_.ViewOr(default_view);
  inquiry_.Answer(view, out);
  CountSubstitute(request, view, out);
  return absl::OkStatus();
}

absl::Status Decider::Decide(const v1::DecideCertificateRequest& request,
                             decision::v1::View default_view,
                             wire::MessageWriter& out) {
  if (request.sickness().registered_substitute() !=
      v1::SUBSTITUTE_UNSPECIFIED) {
    // What is saved must be counted anew.
    decision::v1::Decision decision;
    const absl::Status status = Decide(request, default_view, decision);
    out.Encoded(decision.SerializeAsString());
    return status;
  }
  if (absl::Status begun = Begin(request); !begun.ok()) return begun;
  inquiry_.Answer(inquiry_.ViewOr(default_view), out);
  return absl::OkStatus();
}

absl::Status Decider::Begin(const v1::DecideCertificateRequest& request) {
  absl::Status status = inquiry_.Begin(inquiry::GivenBy(request), fields_);
  if (status.ok()) status = CheckDocuments(request);
  if (status.ok()) CountDocuments(request);
  return status;
}

void Decider::CountSubstitute(const v1::DecideCertificateRequest& request,
                              decision::v1::View view,
                              decision::v1::Decision& out) {
  const auto substitute = request.sickness().registered_substitute();
  if (!out.has_saving() || substitute == v1::SUBSTITUTE_UNSPECIFIED) return;
  const std::string spared = out.saving().not_obtained().document();
  decision::FillSaving(snapshot_, spared, DocumentsIn(substitute),
                       inquiry_.day(), view, *out.mutable_saving());
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
