#include "core/rehab/decider.h"

#include "core/decision/render.h"
#include "core/error/error.h"
#include "core/rehab/vocabulary.h"

namespace frikommune::rehab {

Decider::Decider(const catalog::Snapshot& snapshot)
    : routes_(v1::RouteCaseRequest::descriptor(), FactSets(), snapshot),
      extensions_(v1::DecideExtensionRequest::descriptor(), FactSets(),
                  snapshot),
      inquiry_(snapshot, kArea),
      total_extension_months_(inquiry_.SlotOf("total_extension_months")) {}

absl::StatusOr<decision::Answer> Decider::Write(
    const v1::RouteCaseRequest& request, decision::v1::View view,
    wire::MessageWriter& out) {
  absl::Status begun = inquiry_.Begin(inquiry::GivenBy(request), routes_);
  if (!begun.ok()) return begun;
  const v1::PresentationCase& presentation = request.presentation();
  if (presentation.case_type() ==
      v1::PRESENTATION_CASE_TYPE_JOB_CLARIFICATION) {
    if (presentation.transition_date().empty()) {
      return MakeError(absl::StatusCode::kInvalidArgument,
                       decision::v1::ERROR_REASON_FIELD_REQUIRED,
                       "presentation.transition_date",
                       "a job-clarification programme begins on a day, and the "
                       "law of that day decides");
    }
    inquiry_.SetDay(presentation.transition_date());
  }
  return inquiry_.Answer(view, out);
}

absl::StatusOr<decision::Answer> Decider::Write(
    const v1::DecideExtensionRequest& request, decision::v1::View view,
    wire::MessageWriter& out) {
  absl::Status begun = inquiry_.Begin(inquiry::GivenBy(request), extensions_);
  if (!begun.ok()) return begun;
  const v1::ExtensionCase& extension = request.extension();
  if (extension.has_extension_months() &&
      extension.has_months_already_extended()) {
    inquiry_.Set(
        total_extension_months_,
        extension.extension_months() + extension.months_already_extended());
  }
  return inquiry_.Answer(view, out);
}

absl::Status Decider::Decide(const v1::RouteCaseRequest& request,
                             decision::v1::View default_view,
                             decision::v1::Decision& out) {
  return inquiry::ReadDecision(
      [&](wire::MessageWriter& bytes) {
        return Write(request, decision::ViewOr(request.view(), default_view),
                     bytes);
      },
      out);
}

absl::Status Decider::Decide(const v1::DecideExtensionRequest& request,
                             decision::v1::View default_view,
                             decision::v1::Decision& out) {
  return inquiry::ReadDecision(
      [&](wire::MessageWriter& bytes) {
        return Write(request, decision::ViewOr(request.view(), default_view),
                     bytes);
      },
      out);
}

}  // namespace frikommune::rehab
