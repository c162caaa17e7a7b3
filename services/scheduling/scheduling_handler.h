#ifndef FRIKOMMUNE_SERVICES_SCHEDULING_SCHEDULING_HANDLER_H_
#define FRIKOMMUNE_SERVICES_SCHEDULING_SCHEDULING_HANDLER_H_

#include "adapters/grpc/stream_drain.h"
#include "core/request/validate.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "services/in_force/editions.h"
#include "services/scheduling/counting_planner.h"

namespace frikommune::scheduling {

// The service with its messages as bytes: answers are written, not made.
using RawSchedulingService =
    v1::SchedulingService::WithRawCallbackMethod_PlanContactCourse<
        v1::SchedulingService::WithRawCallbackMethod_AssessMeeting<
            v1::SchedulingService::
                WithRawCallbackMethod_BatchPlanContactCourses<
                    v1::SchedulingService::
                        WithRawCallbackMethod_StreamContactPlans<
                            v1::SchedulingService::Service>>>>;

// Answers SchedulingService: checks a request, lets the planner answer it, and
// replies, on the thread that brought it. Thread-safe; what it is given
// outlives it.
class SchedulingHandler final : public RawSchedulingService {
 public:
  SchedulingHandler(const CatalogInForce& catalog, DecisionMeter& decisions,
                    EffectMeter& effects, rpc::StreamDrain& streams);

  grpc::ServerUnaryReactor* PlanContactCourse(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;

  grpc::ServerUnaryReactor* AssessMeeting(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;

  grpc::ServerUnaryReactor* BatchPlanContactCourses(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
  StreamContactPlans(grpc::CallbackServerContext* context) override;

 private:
  // The planner of the catalog in force, for a call that is no stream.
  Editions<CountingPlanner>::Held Planner();

  Editions<CountingPlanner> planners_;
  rpc::StreamDrain& streams_;
  const request::Validator plan_{v1::PlanContactCourseRequest::descriptor()};
  const request::Validator assess_{v1::AssessMeetingRequest::descriptor()};
  const request::Validator batch_{
      v1::BatchPlanContactCoursesRequest::descriptor(), {"requests"}};
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_SERVICES_SCHEDULING_SCHEDULING_HANDLER_H_
