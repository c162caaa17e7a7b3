#include "services/decisions/entry_drafts.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "core/civil_time/date.h"
#include "core/resource_id/resource_id.h"
#include "core/wire/message_writer.h"

namespace frikommune::decisions {
namespace {

using decision::v1::RecordedDecision;

void WriteIndex(const RecordedDecision& decision,
                ledger::v1::SubjectIndex& index) {
  index.set_case_id(decision.case_id());
  index.set_provision(decision.decision().provision());
  index.set_experiment(decision.decision().experiment());
  index.set_outcome(decision.decision().outcome());
  index.set_state(decision.state());
  const auto day = civil_time::ParseDate(decision.decision_date());
  if (day.ok()) index.set_day(day->days());
}

}  // namespace

const std::string& RecordedDecisionType() {
  return RecordedDecision::descriptor()->full_name();
}

void WriteTime(absl::Time time, google::protobuf::Timestamp& out) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  out.set_seconds(seconds);
  out.set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

LedgerDraft DraftOf(Call call, Ids& ids) {
  LedgerDraft draft;
  ledger::v1::Entry& entry = draft.entry;
  entry.set_name(WriteName(call.municipality, kEntryNames, ids.Next()));
  entry.set_municipality(call.municipality);
  WriteTime(call.time, *entry.mutable_time());
  entry.set_service(std::move(call.service));
  entry.set_call(std::move(call.name));
  entry.set_request_id(std::move(call.request_id));
  entry.set_request_digest(std::move(call.request_digest));
  entry.set_request(std::move(call.request));
  return draft;
}

LedgerDraft DraftOf(Call call, Ids& ids, RecordedDecision& decision) {
  LedgerDraft draft = DraftOf(std::move(call), ids);
  ledger::v1::Entry& entry = draft.entry;
  decision.set_etag(std::string(ParseName(entry.name())->id));
  *decision.mutable_update_time() = entry.time();
  entry.set_subject(decision.name());
  entry.set_subject_state(decision.SerializeAsString());
  entry.set_subject_type(RecordedDecisionType());
  entry.set_catalog_digest(decision.catalog_digest());
  WriteIndex(decision, *entry.mutable_index());
  return draft;
}

std::string EntryOfEtag(int municipality, absl::string_view etag) {
  return WriteName(municipality, kEntryNames, etag);
}

absl::StatusOr<RecordedDecision> DecisionIn(const ledger::v1::Entry& entry) {
  RecordedDecision decision;
  if (decision.ParseFromString(entry.subject_state())) return decision;
  return absl::DataLossError(
      absl::StrCat("the state in ", entry.name(), " cannot be read"));
}

std::string EncodeAnswer(const RecordedDecision& decision) {
  // A DecisionResult is encoded as those responses are.
  wire::MessageWriter answer(decision.ByteSizeLong() + 16);
  wire::WriteMessage(decision::v1::DecisionResult::kDecisionFieldNumber,
                     decision, answer);
  return std::string(answer.bytes());
}

bool DecodeAnswer(absl::string_view answer, RecordedDecision& decision) {
  decision::v1::DecisionResult read;
  if (!read.ParseFromArray(answer.data(), static_cast<int>(answer.size()))) {
    return false;
  }
  decision = std::move(*read.mutable_decision());
  return true;
}

}  // namespace frikommune::decisions
