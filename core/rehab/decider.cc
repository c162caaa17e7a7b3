#include "core/rehab/decider.h"

#include "core/error/error.h"
#include "core/rehab/vocabulary.h"

namespace frikommune::rehab {

Decider::Decider(const catalog::Snapshot& snapshot)
    : routes_(v1::RouteCaseRequest::descriptor(), FactSets(), snapshot),
      extensions_(v1::DecideExtensionRequest::descriptor(), FactSets(),
                  snapshot),
      inquiry_(snapshot, kArea),
      total_extension_months_(inquiry_.SlotOf("total_extension_months")) {}

absl::Status Decider::Begin(const v1::RouteCaseRequest& request) {
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
  return absl::OkStatus();
}

absl::Status Decider::Begin(const v1::DecideExtensionRequest& request) {
  absl::Status begun = inquiry_.Begin(inquiry::GivenBy(request), extensions_);
  if (!begun.ok()) return begun;
  const v1::ExtensionCase& extension = request.extension();
  if (extension.has_extension_months() &&
      extension.has_months_already_extended()) {
    inquiry_.Set(
        total_extension_months_,
        extension.extension_months() + extension.months_already_extended());
  }
  return absl::OkStatus();
}

template <typename Request, typename Out>
absl::Status Decider::Answer(const Request& request,
                             decision::v1::View default_view, Out& out) {
  if (absl::Status begun = Begin(request); !begun.ok()) return begun;
  inquiry_.Answer(inquiry_.ViewOr(default_view), out);
  return absl::OkStatus();
}

absl::Status Decider::Decide(const v1::RouteCaseRequest& request,
                             decision::v1::View default_view,
                             decision::v1::Decision& out) {
  return Answer(request, default_view, out);
}

absl::Status Decider::Decide(const v1::RouteCaseRequest& request,
                             decision::v1::View default_view,
                             wire::MessageWriter& out) {
  return Answer(request, default_view, out);
}

absl::Status Decider::Decide(const v1::DecideExtensionRequest& request,
                             decision::v1::View default_view,
                             decision::v1::Decision& out) {
  return Answer(request, default_view, out);
}

absl::Status Decider::Decide(const v1::DecideExtensionRequest& request,
                             decision::v1::View default_view,
                             wire::MessageWriter& out) {
  return Answer(request, default_view, out);
}

}  // namespace frikommune::rehab
