#ifndef FRIKOMMUNE_SERVICES_SCHEDULING_COUNTING_PLANNER_H_
#define FRIKOMMUNE_SERVICES_SCHEDULING_COUNTING_PLANNER_H_

#include <memory>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/catalog/snapshot.h"
#include "core/request/validate.h"
#include "core/scheduling/planner.h"
#include "core/scheduling/scheduling.h"
#include "core/wire/message_writer.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"
#include "ports/decision_meter.h"
#include "ports/effect_meter.h"
#include "services/work/warm_pool.h"

namespace frikommune::scheduling {

// The code in "municipalities/851"; -1 if it is not written so.
int MunicipalityCode(absl::string_view name);

// Answers requests and counts the decisions in the answers, the duties of plans
// and the uses of experiments by meetings that are judged. Knows nothing of
// gRPC, so that it runs whole in a test. Thread-safe; what it is given outlives
// it.
class CountingPlanner {
 public:
  CountingPlanner(const catalog::Snapshot& snapshot, DecisionMeter& decisions,
                  EffectMeter& effects)
      : snapshot_(snapshot),
        decisions_(decisions),
        effects_(effects),
        planners_([&snapshot] { return std::make_unique<Planner>(snapshot); }) {
  }

  // Plans a request whose fields are checked, and writes the fields of a
  // PlanContactCourseResponse. Errors as scheduling::Plan.
  absl::Status Plan(const v1::PlanContactCourseRequest& request,
                    wire::MessageWriter& out);

  // Checks and plans an item of a stream, and writes the fields of a
  // PlanResult: its plan or its error.
  void PlanItem(const v1::PlanContactCourseRequest& request,
                wire::MessageWriter& out);

  // Likewise each item of a batch whose own fields are checked, as the fields
  // of a BatchPlanContactCoursesResponse. CANCELLED, with the rest left out,
  // once `is_cancelled` says that nobody wants the answer.
  absl::Status PlanBatch(const v1::BatchPlanContactCoursesRequest& batch,
                         absl::FunctionRef<bool()> is_cancelled,
                         wire::MessageWriter& out);

  // Judges a meeting of a request whose fields are checked, and writes the
  // fields of an AssessMeetingResponse. Errors as scheduling::Assess.
  absl::Status Assess(const v1::AssessMeetingRequest& request,
                      wire::MessageWriter& out);

 private:
  void CountUse(const decision::Answer& answer, int municipality);
  absl::Status PlanWith(Planner& planner,
                        const v1::PlanContactCourseRequest& request,
                        const Telling& telling, wire::MessageWriter& out);
  void PlanItemWith(Planner& planner,
                    const v1::PlanContactCourseRequest& request,
                    const Telling& telling, wire::MessageWriter& out);

  const catalog::Snapshot& snapshot_;
  DecisionMeter& decisions_;
  EffectMeter& effects_;
  work::WarmPool<Planner> planners_;
  const request::Validator item_{v1::PlanContactCourseRequest::descriptor()};
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_SERVICES_SCHEDULING_COUNTING_PLANNER_H_
