#include "core/inquiry/check.h"

#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "core/error/error.h"

namespace frikommune::inquiry {
namespace {

absl::Status Refuse(decision::v1::ErrorReason reason, absl::string_view field,
                    absl::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, field, message);
}

// Whether `name` is "<municipality>/decisions/<id>".
bool IsDecisionOf(const std::string& municipality, absl::string_view name) {
  return absl::ConsumePrefix(&name, municipality) &&
         absl::ConsumePrefix(&name, "/decisions/") && !name.empty() &&
         name.find('/') == absl::string_view::npos;
}

}  // namespace

absl::Status CheckGiven(const Given& given) {
  if (given.assessment != nullptr && given.leader_review != nullptr &&
      given.assessment->assessor() == given.leader_review->reviewer()) {
    return Refuse(decision::v1::ERROR_REASON_REVIEWER_IS_ASSESSOR,
                  "leader_review.reviewer",
                  "the leader who reviews is another person than the assessor");
  }
  if (!given.supersedes.empty() &&
      !IsDecisionOf(given.municipality, given.supersedes)) {
    return Refuse(decision::v1::ERROR_REASON_NAME_INVALID, "supersedes",
                  "a decision is named by its municipality, /decisions/ and "
                  "its id");
  }
  return absl::OkStatus();
}

}  // namespace frikommune::inquiry
