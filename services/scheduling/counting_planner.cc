#include "services/scheduling/counting_planner.h"

#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "core/error/error.h"

namespace frikommune::scheduling {
namespace {

using decision::v1::ItemError;

// How many items are planned between two looks at whether anyone still wants
// the answer.
constexpr int kItemsBetweenLooks = 64;

void WriteError(const absl::Status& status, wire::MessageWriter& out) {
  const ErrorInfo info = ErrorInfoOf(status);
  out.Number(ItemError::kCodeFieldNumber, static_cast<int>(status.code()));
  out.Number(ItemError::kReasonFieldNumber, info.reason);
  out.Text(ItemError::kFieldFieldNumber, info.field);
  // As at the edge of a unary call: what is wrong within is not told.
  out.Text(ItemError::kMessageFieldNumber,
           status.code() == absl::StatusCode::kInternal ? "internal error"
                                                        : status.message());
}

}  // namespace

int MunicipalityCode(absl::string_view name) {
  int code = -1;
  const bool written = absl::ConsumePrefix(&name, "municipalities/") &&
                       absl::SimpleAtoi(name, &code);
  return written ? code : -1;
}

absl::Status CountingPlanner::Plan(const v1::PlanContactCourseRequest& request,
                                   wire::MessageWriter& out) {
  const auto planner = planners_.Take();
  return out.TryMessage(v1::PlanContactCourseResponse::kPlanFieldNumber, [&] {
    return PlanWith(*planner, request,
                    {.default_view = decision::v1::VIEW_FULL}, out);
  });
}

void CountingPlanner::PlanItem(const v1::PlanContactCourseRequest& request,
                               wire::MessageWriter& out) {
  const auto planner = planners_.Take();
  PlanItemWith(*planner, request, {.default_view = decision::v1::VIEW_BASIC},
               out);
}

absl::Status CountingPlanner::PlanBatch(
    const v1::BatchPlanContactCoursesRequest& batch,
    absl::FunctionRef<bool()> is_cancelled, wire::MessageWriter& out) {
  using Response = v1::BatchPlanContactCoursesResponse;
  const Telling telling = {
      .default_view = batch.view() == decision::v1::VIEW_UNSPECIFIED
                          ? decision::v1::VIEW_BASIC
                          : batch.view(),
      .digest_stands_beside = true};
  const auto planner = planners_.Take();
  for (int i = 0; i < batch.requests_size(); ++i) {
    if (i % kItemsBetweenLooks == 0 && is_cancelled()) {
      return absl::CancelledError("given up by the caller");
    }
    out.Message(Response::kResultsFieldNumber, [&] {
      PlanItemWith(*planner, batch.requests(i), telling, out);
    });
  }
  out.Text(Response::kCatalogDigestFieldNumber, snapshot_.digest());
  return absl::OkStatus();
}

absl::Status CountingPlanner::Assess(const v1::AssessMeetingRequest& request,
                                     wire::MessageWriter& out) {
  const auto planner = planners_.Take();
  const int municipality = MunicipalityCode(request.municipality());
  return scheduling::Assess(
      (*planner).facts(), request,
      [&](const decision::Answer& answer) { Count(answer, municipality); },
      out);
}

void CountingPlanner::Count(const decision::Answer& answer, int municipality) {
  decisions_.Count(
      answer.dispensation != nullptr
          ? absl::string_view(answer.dispensation->experiment->id())
          : absl::string_view(),
      answer.outcome, answer.regime, municipality);
}

absl::Status CountingPlanner::PlanWith(
    Planner& planner, const v1::PlanContactCourseRequest& request,
    const Telling& telling, wire::MessageWriter& out) {
  const int municipality = MunicipalityCode(request.municipality());
  return scheduling::Plan(
      planner, request, telling,
      [&](const decision::Answer& answer) { Count(answer, municipality); },
      out);
}

void CountingPlanner::PlanItemWith(Planner& planner,
                                   const v1::PlanContactCourseRequest& request,
                                   const Telling& telling,
                                   wire::MessageWriter& out) {
  absl::Status status = item_.Check(request);
  if (status.ok()) {
    status = out.TryMessage(v1::PlanResult::kPlanFieldNumber, [&] {
      return PlanWith(planner, request, telling, out);
    });
  }
  if (!status.ok()) {
    out.Message(v1::PlanResult::kErrorFieldNumber,
                [&] { WriteError(status, out); });
  }
}

}  // namespace frikommune::scheduling
