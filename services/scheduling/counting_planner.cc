#include "services/scheduling/counting_planner.h"

#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "core/error/item_error.h"

namespace frikommune::scheduling {
namespace {

static_assert(v1::DutyStatus_ARRAYSIZE == DutyCounts().size());

// How many items are planned between two looks at whether anyone still wants
// the answer.
constexpr int kItemsBetweenLooks = 64;

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
  return out.TryMessage(
      v1::PlanContactCourseResponse::kPlanFieldNumber,
      [&] {
        return PlanWith(*planner, request,
                        {.default_view = decision::v1::VIEW_FULL}, out);
      },
      wire::Expect::kLong);
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
    out.Message(
        Response::kResultsFieldNumber,
        [&] { PlanItemWith(*planner, batch.requests(i), telling, out); },
        wire::Expect::kLong);
  }
  out.Text(Response::kCatalogDigestFieldNumber, snapshot_.digest());
  return absl::OkStatus();
}

absl::Status CountingPlanner::Assess(const v1::AssessMeetingRequest& request,
                                     wire::MessageWriter& out) {
  const auto planner = planners_.Take();
  const int municipality = MunicipalityCode(request.municipality());
  return scheduling::Assess((*planner).facts(), request,
                            [&](const decision::Answer& answer) {
                              decisions_.Count(answer, municipality);
                              CountUse(answer, municipality);
                            },
                            out);
}

void CountingPlanner::CountUse(const decision::Answer& answer,
                               int municipality) {
  if (!answer.counts_as_use || answer.dispensation == nullptr) return;
  effects_.Used(answer.dispensation->experiment->id(), municipality);
}

absl::Status CountingPlanner::PlanWith(
    Planner& planner, const v1::PlanContactCourseRequest& request,
    const Telling& telling, wire::MessageWriter& out) {
  const int municipality = MunicipalityCode(request.municipality());
  DutyCounts duties{};
  absl::Status status = scheduling::Plan(
      planner, request, telling,
      [&](const PlannedItem& item) {
        decisions_.Count(item.answer, municipality);
        ++duties[static_cast<size_t>(item.here.status)];
      },
      out);
  if (status.ok()) effects_.Planned(municipality, duties);
  return status;
}

void CountingPlanner::PlanItemWith(Planner& planner,
                                   const v1::PlanContactCourseRequest& request,
                                   const Telling& telling,
                                   wire::MessageWriter& out) {
  absl::Status status = item_.Check(request);
  if (status.ok()) {
    status = out.TryMessage(
        v1::PlanResult::kPlanFieldNumber,
        [&] { return PlanWith(planner, request, telling, out); },
        wire::Expect::kLong);
  }
  if (!status.ok()) {
    out.Message(v1::PlanResult::kErrorFieldNumber,
                [&] { WriteItemError(status, out); });
  }
}

}  // namespace frikommune::scheduling
