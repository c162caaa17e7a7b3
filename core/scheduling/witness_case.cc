#include "absl/strings/str_cat.h"
#include "core/scheduling/scheduling.h"
#include "core/scheduling/witness.h"
#include "google/protobuf/util/json_util.h"

namespace frikommune::scheduling {
namespace {

std::string ToJson(const google::protobuf::Message& message) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json).ok())
    json = "{}";
  return json;
}

}  // namespace

absl::StatusOr<decision::v1::Decision> AnswerOf(
    const catalog::Snapshot& snapshot, const catalog::Question& question,
    const Witness& witness) {
  if (witness.is_plan) {
    v1::ContactPlan plan;
    const absl::Status planned =
        Plan(snapshot, witness.plan, decision::v1::VIEW_BASIC, plan);
    if (!planned.ok()) return planned;
    for (const v1::PlannedDuty& duty : plan.duties()) {
      if (duty.decision().provision() == question.id &&
          duty.ordinal() == witness.ordinal) {
        return duty.decision();
      }
    }
  } else {
    v1::AssessMeetingRequest request = witness.meeting;
    request.set_view(decision::v1::VIEW_BASIC);
    v1::AssessMeetingResponse response;
    const absl::Status assessed = Assess(snapshot, request, response);
    if (!assessed.ok()) return assessed;
    for (const auto& verdict : response.verdicts()) {
      if (verdict.provision() == question.id) return verdict;
    }
  }
  return absl::NotFoundError(absl::StrCat("no answer speaks of ", question.id));
}

std::string WriteCaseLine(const std::string& name, const Witness& witness,
                          const decision::v1::Decision& decision) {
  decision::v1::Decision expected;
  expected.set_provision(decision.provision());
  expected.set_outcome(decision.outcome());
  expected.set_ordinary_law_outcome(decision.ordinary_law_outcome());
  for (const auto& reason : decision.reasons()) {
    expected.add_reasons()->set_row(reason.row());
  }
  for (const auto& reason : decision.ordinary_law_reasons()) {
    expected.add_ordinary_law_reasons()->set_row(reason.row());
  }
  const std::string service = "frikommune.scheduling.v1.SchedulingService/";
  v1::PlanContactCourseResponse plan;
  v1::PlannedDuty& duty = *plan.mutable_plan()->add_duties();
  duty.set_ordinal(witness.ordinal);
  *duty.mutable_decision() = expected;
  v1::AssessMeetingResponse verdicts;
  *verdicts.add_verdicts() = expected;
  // The name is text: written by the same printer as everything else.
  decision::v1::Text text;
  text.set_en(name);
  const std::string quoted = ToJson(text);
  const std::string named = quoted.substr(6, quoted.size() - 7);  // {"en":...}
  return absl::StrCat(
      "{\"name\":", named, ",\"call\":\"", service,
      witness.is_plan ? "PlanContactCourse" : "AssessMeeting",
      "\",\"request\":",
      witness.is_plan ? ToJson(witness.plan) : ToJson(witness.meeting),
      ",\"expect\":", witness.is_plan ? ToJson(plan) : ToJson(verdicts), "}");
}

}  // namespace frikommune::scheduling
