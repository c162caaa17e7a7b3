#ifndef FRIKOMMUNE_SERVICES_SCHEDULING_COUNTING_PLANNER_H_
#define FRIKOMMUNE_SERVICES_SCHEDULING_COUNTING_PLANNER_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/catalog/snapshot.h"
#include "core/request/validate.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"
#include "ports/decision_meter.h"

namespace frikommune::scheduling {

// The code in "municipalities/851"; -1 if it is not written so.
int MunicipalityCode(absl::string_view name);

// Plans contact courses and counts the decisions in them. Knows nothing of
// gRPC, so that it runs whole in a test. Thread-safe; what it is given outlives
// it.
class CountingPlanner {
 public:
  CountingPlanner(const catalog::Snapshot& snapshot, DecisionMeter& decisions)
      : snapshot_(snapshot), decisions_(decisions) {}

  // Plans a request whose fields are checked. Errors as scheduling::Plan.
  absl::Status Plan(const v1::PlanContactCourseRequest& request,
                    decision::v1::View default_view,
                    v1::ContactPlan& plan) const;

  // Checks and plans an item of a batch or a stream: `result` is its plan or
  // its error.
  void PlanItem(const v1::PlanContactCourseRequest& request,
                decision::v1::View default_view, v1::PlanResult& result) const;

  // Judges a meeting of a request whose fields are checked. Errors as
  // scheduling::Assess.
  absl::Status Assess(const v1::AssessMeetingRequest& request,
                      v1::AssessMeetingResponse& response) const;

 private:
  const catalog::Snapshot& snapshot_;
  DecisionMeter& decisions_;
  const request::Validator item_{v1::PlanContactCourseRequest::descriptor()};
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_SERVICES_SCHEDULING_COUNTING_PLANNER_H_
