#ifndef FRIKOMMUNE_SERVICES_SCHEDULING_SCHEDULING_HANDLER_H_
#define FRIKOMMUNE_SERVICES_SCHEDULING_SCHEDULING_HANDLER_H_

#include "adapters/grpc/arena_allocator.h"
#include "adapters/grpc/stream_drain.h"
#include "core/request/validate.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "services/scheduling/counting_planner.h"

namespace frikommune::scheduling {

// The most contact courses in one batch.
constexpr int kBatchItemsMax = 1000;

// Answers SchedulingService: checks a request, lets the planner answer it, and
// replies, on the thread that brought it. Thread-safe; what it is given
// outlives it.
class SchedulingHandler final : public v1::SchedulingService::CallbackService {
 public:
  SchedulingHandler(const catalog::Snapshot& snapshot, DecisionMeter& decisions,
                    rpc::StreamDrain& streams);

  grpc::ServerUnaryReactor* PlanContactCourse(
      grpc::CallbackServerContext* context,
      const v1::PlanContactCourseRequest* request,
      v1::PlanContactCourseResponse* response) override;

  grpc::ServerUnaryReactor* AssessMeeting(
      grpc::CallbackServerContext* context,
      const v1::AssessMeetingRequest* request,
      v1::AssessMeetingResponse* response) override;

  grpc::ServerUnaryReactor* BatchPlanContactCourses(
      grpc::CallbackServerContext* context,
      const v1::BatchPlanContactCoursesRequest* request,
      v1::BatchPlanContactCoursesResponse* response) override;

  grpc::ServerBidiReactor<v1::StreamContactPlansRequest,
                          v1::StreamContactPlansResponse>*
  StreamContactPlans(grpc::CallbackServerContext* context) override;

 private:
  CountingPlanner planner_;
  rpc::StreamDrain& streams_;
  const request::Validator plan_{v1::PlanContactCourseRequest::descriptor()};
  const request::Validator assess_{v1::AssessMeetingRequest::descriptor()};
  const request::Validator batch_{
      v1::BatchPlanContactCoursesRequest::descriptor(), {"requests"}};
  rpc::UnaryArenaAllocator<v1::PlanContactCourseRequest,
                           v1::PlanContactCourseResponse>
      plan_memory_;
  rpc::UnaryArenaAllocator<v1::AssessMeetingRequest, v1::AssessMeetingResponse>
      assess_memory_;
  rpc::BatchArenaAllocator<v1::BatchPlanContactCoursesRequest,
                           v1::BatchPlanContactCoursesResponse>
      batch_memory_;
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_SERVICES_SCHEDULING_SCHEDULING_HANDLER_H_
