#ifndef FRIKOMMUNE_CORE_SCHEDULING_SCHEDULING_H_
#define FRIKOMMUNE_CORE_SCHEDULING_SCHEDULING_H_

#include "absl/status/status.h"
#include "core/catalog/snapshot.h"
#include "core/scheduling/planner.h"
#include "frikommune/decision/v1/decision.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"

namespace frikommune::scheduling {

// Plans a contact course: every duty under both laws. The request must have
// passed core/request's checks of its fields. `default_view` is taken where the
// request states no view.
//
// Errors carry a reason and a field (core/error): NOT_FOUND
// MUNICIPALITY_UNKNOWN, INVALID_ARGUMENT NAME_INVALID, DATE_ORDER,
// EVENT_BEFORE_START, FIELD_REQUIRED, VALUE_OUT_OF_RANGE, CONFLICT.
// Safe to call from many threads; each keeps a scratch sheet of facts.
absl::Status Plan(const catalog::Snapshot& snapshot,
                  const v1::PlanContactCourseRequest& request,
                  decision::v1::View default_view, v1::ContactPlan& out);

// The same with a planner kept from course to course, which one thread may use:
// for batches and streams.
absl::Status Plan(Planner& planner, const v1::PlanContactCourseRequest& request,
                  decision::v1::View default_view, v1::ContactPlan& out);

// Judges one meeting on its own day. Errors and concurrency as Plan.
absl::Status Assess(const catalog::Snapshot& snapshot,
                    const v1::AssessMeetingRequest& request,
                    v1::AssessMeetingResponse& out);

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_SCHEDULING_H_
