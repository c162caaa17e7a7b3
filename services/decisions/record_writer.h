#ifndef FRIKOMMUNE_SERVICES_DECISIONS_RECORD_WRITER_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_RECORD_WRITER_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/wire/message_writer.h"
#include "frikommune/decision/v1/record.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace frikommune::decisions {

// What a RecordedDecision says beside its decision, as views. What is unset is
// not written.
struct Record {
  absl::string_view name = {};
  absl::string_view case_id = {};
  absl::string_view decision_date = {};
  decision::v1::DecisionState state = {};
  const decision::v1::Assessment* assessment = nullptr;
  const decision::v1::LeaderReview* leader_review = nullptr;
  absl::string_view supersedes = {};
  absl::string_view etag = {};
  // When it was first kept and when it last changed.
  const google::protobuf::Timestamp* time = nullptr;
  absl::string_view catalog_digest = {};
  absl::string_view request_id = {};
};

// Writes the fields of a RecordedDecision, whose decision's own fields are
// written by `decide()`, which returns an absl::Status. Not to be used unless
// that is OK.
template <typename Decide>
absl::Status WriteRecord(const Record& record, const Decide& decide,
                         wire::MessageWriter& out) {
  using R = decision::v1::RecordedDecision;
  const auto message = [&out](int field, const auto* part) {
    if (part != nullptr) wire::WriteMessage(field, *part, out);
  };
  out.Text(R::kNameFieldNumber, record.name);
  out.Text(R::kCaseIdFieldNumber, record.case_id);
  out.Text(R::kDecisionDateFieldNumber, record.decision_date);
  out.Number(R::kStateFieldNumber, record.state);
  absl::Status status =
      out.TryMessage(R::kDecisionFieldNumber, decide, wire::Expect::kLong);
  message(R::kAssessmentFieldNumber, record.assessment);
  message(R::kLeaderReviewFieldNumber, record.leader_review);
  out.Text(R::kSupersedesFieldNumber, record.supersedes);
  out.Text(R::kEtagFieldNumber, record.etag);
  message(R::kCreateTimeFieldNumber, record.time);
  message(R::kUpdateTimeFieldNumber, record.time);
  out.Text(R::kCatalogDigestFieldNumber, record.catalog_digest);
  out.Text(R::kRequestIdFieldNumber, record.request_id);
  return status;
}

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_RECORD_WRITER_H_
