#include "services/scheduling/scheduling_handler.h"

#include "absl/strings/str_cat.h"
#include "adapters/grpc/raw_call.h"
#include "core/error/error.h"
#include "services/scheduling/contact_plan_stream.h"

namespace frikommune::scheduling {
namespace {

// About what the answer to a full batch takes.
constexpr size_t kBatchAnswerBytes = size_t{2} << 20;

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
    : planner_(snapshot, decisions), streams_(streams) {}

grpc::ServerUnaryReactor* SchedulingHandler::PlanContactCourse(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return rpc::ServeRaw<v1::PlanContactCourseRequest>(
      context, *request, plan_, rpc::kUnaryBytesMax, kAnswerBytes, *response,
      [this](const v1::PlanContactCourseRequest& asked,
             wire::MessageWriter& out) { return planner_.Plan(asked, out); });
}

grpc::ServerUnaryReactor* SchedulingHandler::AssessMeeting(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return rpc::ServeRaw<v1::AssessMeetingRequest>(
      context, *request, assess_, rpc::kUnaryBytesMax, kAnswerBytes, *response,
      [this](const v1::AssessMeetingRequest& asked, wire::MessageWriter& out) {
        return planner_.Assess(asked, out);
      });
}

grpc::ServerUnaryReactor* SchedulingHandler::BatchPlanContactCourses(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return rpc::ServeRaw<v1::BatchPlanContactCoursesRequest>(
      context, *request, batch_, rpc::kBatchBytesMax, kBatchAnswerBytes,
      *response,
      [this, context](const v1::BatchPlanContactCoursesRequest& asked,
                      wire::MessageWriter& out) {
        const absl::Status count = CheckCount(asked.requests_size());
        if (!count.ok()) return count;
        return planner_.PlanBatch(
            asked, [context] { return context->IsCancelled(); }, out);
      });
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
SchedulingHandler::StreamContactPlans(grpc::CallbackServerContext*) {
  return StartContactPlanStream(planner_, streams_);
}

}  // namespace frikommune::scheduling
