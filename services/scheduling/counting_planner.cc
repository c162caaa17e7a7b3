#include "services/scheduling/counting_planner.h"

#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "core/error/error.h"
#include "core/scheduling/scheduling.h"

namespace frikommune::scheduling {
namespace {

// How many items are planned between two looks at whether anyone still wants
// the answer.
constexpr int kItemsBetweenLooks = 64;

void WriteError(const absl::Status& status, v1::ItemError& error) {
  ErrorInfo info = ErrorInfoOf(status);
  error.set_code(static_cast<int>(status.code()));
  error.set_reason(info.reason);
  error.set_field(std::move(info.field));
  // As at the edge of a unary call: what is wrong within is not told.
  error.set_message(status.code() == absl::StatusCode::kInternal
                        ? std::string("internal error")
                        : std::string(status.message()));
}

}  // namespace

int MunicipalityCode(absl::string_view name) {
  int code = -1;
  const bool written = absl::ConsumePrefix(&name, "municipalities/") &&
                       absl::SimpleAtoi(name, &code);
  return written ? code : -1;
}

absl::Status CountingPlanner::Plan(const v1::PlanContactCourseRequest& request,
                                   v1::ContactPlan& plan) {
  const PlannerPool::Lease planner = planners_.Take();
  return PlanWith(*planner, request, decision::v1::VIEW_FULL, plan);
}

void CountingPlanner::PlanItem(const v1::PlanContactCourseRequest& request,
                               v1::PlanResult& result) {
  const PlannerPool::Lease planner = planners_.Take();
  PlanItemWith(*planner, request, decision::v1::VIEW_BASIC, result);
}

absl::Status CountingPlanner::PlanBatch(
    const v1::BatchPlanContactCoursesRequest& batch,
    absl::FunctionRef<bool()> is_cancelled,
    v1::BatchPlanContactCoursesResponse& response) {
  const decision::v1::View view = batch.view() == decision::v1::VIEW_UNSPECIFIED
                                      ? decision::v1::VIEW_BASIC
                                      : batch.view();
  const PlannerPool::Lease planner = planners_.Take();
  response.mutable_results()->Reserve(batch.requests_size());
  for (int i = 0; i < batch.requests_size(); ++i) {
    if (i % kItemsBetweenLooks == 0 && is_cancelled()) {
      return absl::CancelledError("given up by the caller");
    }
    PlanItemWith(*planner, batch.requests(i), view, *response.add_results());
  }
  return absl::OkStatus();
}

absl::Status CountingPlanner::Assess(const v1::AssessMeetingRequest& request,
                                     v1::AssessMeetingResponse& response) {
  const absl::Status status = scheduling::Assess(snapshot_, request, response);
  if (!status.ok()) return status;
  const int municipality = MunicipalityCode(request.municipality());
  for (const auto& verdict : response.verdicts()) {
    decisions_.Count(verdict, municipality);
  }
  return absl::OkStatus();
}

absl::Status CountingPlanner::PlanWith(
    Planner& planner, const v1::PlanContactCourseRequest& request,
    decision::v1::View default_view, v1::ContactPlan& plan) {
  const absl::Status status =
      scheduling::Plan(planner, request, default_view, plan);
  if (!status.ok()) return status;
  const int municipality = MunicipalityCode(request.municipality());
  for (const auto& duty : plan.duties()) {
    decisions_.Count(duty.decision(), municipality);
  }
  return absl::OkStatus();
}

void CountingPlanner::PlanItemWith(Planner& planner,
                                   const v1::PlanContactCourseRequest& request,
                                   decision::v1::View default_view,
                                   v1::PlanResult& result) {
  absl::Status status = item_.Check(request);
  if (status.ok()) {
    status = PlanWith(planner, request, default_view, *result.mutable_plan());
  }
  // Setting the error takes away what there was of a plan.
  if (!status.ok()) WriteError(status, *result.mutable_error());
}

}  // namespace frikommune::scheduling
