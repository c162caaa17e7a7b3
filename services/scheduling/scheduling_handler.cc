#include "services/scheduling/scheduling_handler.h"

#include <memory>
#include <utility>

#include "adapters/grpc/answer_stream.h"
#include "adapters/grpc/batch.h"
#include "adapters/grpc/call_watch.h"
#include "adapters/grpc/raw_call.h"

namespace frikommune::scheduling {
namespace {

// About what the answer to a full batch takes.
constexpr size_t kBatchAnswerBytes = size_t{2} << 20;

}  // namespace

SchedulingHandler::SchedulingHandler(const CatalogInForce& catalog,
                                     DecisionMeter& decisions,
                                     EffectMeter& effects,
                                     rpc::StreamDrain& streams)
    : planners_(catalog,
                [&decisions, &effects](const catalog::Snapshot& snapshot) {
                  return std::make_unique<CountingPlanner>(snapshot, decisions,
                                                           effects);
                }),
      streams_(streams) {}

Editions<CountingPlanner>::Held SchedulingHandler::Planner() {
  auto edition = planners_.Get();
  rpc::CallWatch::Current().AnsweredBy(edition, edition->catalog->digest());
  return edition;
}

grpc::ServerUnaryReactor* SchedulingHandler::PlanContactCourse(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return rpc::ServeRaw<v1::PlanContactCourseRequest>(
      context, *request, plan_, rpc::kUnaryBytesMax, kAnswerBytes, *response,
      [this](const v1::PlanContactCourseRequest& asked,
             wire::MessageWriter& out) {
        return (*Planner())->Plan(asked, out);
      });
}

grpc::ServerUnaryReactor* SchedulingHandler::AssessMeeting(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return rpc::ServeRaw<v1::AssessMeetingRequest>(
      context, *request, assess_, rpc::kUnaryBytesMax, kAnswerBytes, *response,
      [this](const v1::AssessMeetingRequest& asked, wire::MessageWriter& out) {
        return (*Planner())->Assess(asked, out);
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
        const absl::Status count = rpc::CheckItemCount(asked.requests_size());
        if (!count.ok()) return count;
        return (*Planner())
            ->PlanBatch(
                asked, [context] { return context->IsCancelled(); }, out);
      });
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
SchedulingHandler::StreamContactPlans(grpc::CallbackServerContext*) {
  using Stream = rpc::AnswerStream<grpc::ByteBuffer, grpc::ByteBuffer>;
  return Stream::Start(
      streams_, [this](const grpc::ByteBuffer& bytes,
                       grpc::ByteBuffer& response, Stream::Answered answered) {
        rpc::RequestArena arena;
        auto& request = arena.Make<v1::StreamContactPlansRequest>();
        const grpc::Status read =
            rpc::ReadMessage(bytes, rpc::kUnaryBytesMax, request);
        if (read.ok()) {
          wire::MessageWriter out(kAnswerBytes);
          out.Message(v1::StreamContactPlansResponse::kResultFieldNumber, [&] {
            (*planners_.Get())->PlanItem(request.request(), out);
          });
          response = rpc::TakeWritten(out);
        }
        std::move(answered)(read);
      });
}

}  // namespace frikommune::scheduling
