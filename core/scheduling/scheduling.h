#ifndef FRIKOMMUNE_CORE_SCHEDULING_SCHEDULING_H_
#define FRIKOMMUNE_CORE_SCHEDULING_SCHEDULING_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "core/catalog/snapshot.h"
#include "core/scheduling/planner.h"
#include "core/wire/message_writer.h"
#include "frikommune/decision/v1/decision.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"

namespace frikommune::scheduling {

// Hears each decision of an answer, or each duty of a plan, before it is told.
using Hear = absl::FunctionRef<void(const decision::Answer&)>;
using HearDuty = absl::FunctionRef<void(const PlannedItem&)>;

// How a plan is told.
struct Telling {
  // The view that is taken where the request states none.
  decision::v1::View default_view = decision::v1::VIEW_FULL;
  // The catalog's digest is told beside the plan, as a batch does for all of
  // them: then a plan in the BASIC view leaves it out.
  bool digest_stands_beside = false;
};

// More bytes than an answer about one case usually takes.
constexpr size_t kAnswerBytes = size_t{24} * 1024;

// Plans a contact course: every duty under both laws. Writes the fields of a
// ContactPlan. The request must have passed core/request's checks of its
// fields. Each thread has its own planner, which is kept from course to course.
//
// Errors carry a reason and a field (core/error): NOT_FOUND
// MUNICIPALITY_UNKNOWN, INVALID_ARGUMENT NAME_INVALID, DATE_ORDER,
// EVENT_BEFORE_START, FIELD_REQUIRED, VALUE_OUT_OF_RANGE, CONFLICT. Nothing has
// been heard then, and nothing that is written is of use.
absl::Status Plan(Planner& planner, const v1::PlanContactCourseRequest& request,
                  const Telling& telling, HearDuty hear,
                  wire::MessageWriter& out);

// Judges one meeting on its own day. Writes the fields of an
// AssessMeetingResponse. Errors and concurrency as Plan, and INVALID_ARGUMENT
// QUESTION_UNKNOWN.
absl::Status Assess(CaseFacts& facts, const v1::AssessMeetingRequest& request,
                    Hear hear, wire::MessageWriter& out);

// The same, read as the messages that they are. Safe to call from many threads.
absl::Status Plan(const catalog::Snapshot& snapshot,
                  const v1::PlanContactCourseRequest& request,
                  decision::v1::View default_view, v1::ContactPlan& out);
absl::Status Assess(const catalog::Snapshot& snapshot,
                    const v1::AssessMeetingRequest& request,
                    v1::AssessMeetingResponse& out);

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_SCHEDULING_H_
