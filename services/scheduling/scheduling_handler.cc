#include "services/scheduling/scheduling_handler.h"

#include "absl/strings/str_cat.h"
#include "adapters/grpc/unary.h"
#include "core/error/error.h"
#include "services/scheduling/contact_plan_stream.h"

namespace frikommune::scheduling {
namespace {

absl::Status CheckCount(int count) {
  if (count <= kBatchItemsMax) return absl::OkStatus();
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_BATCH_TOO_LARGE, "requests",
                   absl::StrCat("requests holds ", count,
                                " items, and may hold ", kBatchItemsMax));
}

}  // namespace

SchedulingHandler::SchedulingHandler(const catalog::Snapshot& snapshot,
                                     DecisionMeter& decisions,
                                     rpc::StreamDrain& streams)
    : planner_(snapshot, decisions), streams_(streams) {
  SetMessageAllocatorFor_PlanContactCourse(&plan_memory_);
  SetMessageAllocatorFor_AssessMeeting(&assess_memory_);
  SetMessageAllocatorFor_BatchPlanContactCourses(&batch_memory_);
}

grpc::ServerUnaryReactor* SchedulingHandler::PlanContactCourse(
    grpc::CallbackServerContext* context,
    const v1::PlanContactCourseRequest* request,
    v1::PlanContactCourseResponse* response) {
  return rpc::ServeUnary(context, *request, plan_, rpc::kUnaryBytesMax, [&] {
    return planner_.Plan(*request, *response->mutable_plan());
  });
}

grpc::ServerUnaryReactor* SchedulingHandler::AssessMeeting(
    grpc::CallbackServerContext* context,
    const v1::AssessMeetingRequest* request,
    v1::AssessMeetingResponse* response) {
  return rpc::ServeUnary(context, *request, assess_, rpc::kUnaryBytesMax,
                         [&] { return planner_.Assess(*request, *response); });
}

grpc::ServerUnaryReactor* SchedulingHandler::BatchPlanContactCourses(
    grpc::CallbackServerContext* context,
    const v1::BatchPlanContactCoursesRequest* request,
    v1::BatchPlanContactCoursesResponse* response) {
  return rpc::ServeUnary(context, *request, batch_, rpc::kBatchBytesMax, [&] {
    const absl::Status count = CheckCount(request->requests_size());
    if (!count.ok()) return count;
    return planner_.PlanBatch(
        *request, [context] { return context->IsCancelled(); }, *response);
  });
}

grpc::ServerBidiReactor<v1::StreamContactPlansRequest,
                        v1::StreamContactPlansResponse>*
SchedulingHandler::StreamContactPlans(grpc::CallbackServerContext*) {
  return StartContactPlanStream(planner_, streams_);
}

}  // namespace frikommune::scheduling
