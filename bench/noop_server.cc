// A server that decides nothing: what an RPC costs by itself. It is built and
// run as the scheduling server is, reads what it is asked as opaque bytes, and
// answers with bytes that were ready before the call: those of the answer that
// the scheduling server gives to bench/cases, so that sizes are equal. It does
// what gRPC does for messages of one `bytes` field each way, and no more: the
// request is copied when it is read, and the response when its field is set
// and when it is sent.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/cases.h"
#include "core/scheduling/scheduling.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "services/host/run_server.h"

namespace frikommune::bench {
namespace {

using scheduling::v1::SchedulingService;
using UnreadService = SchedulingService::WithRawCallbackMethod_AssessMeeting<
    SchedulingService::WithRawCallbackMethod_PlanContactCourse<
        SchedulingService::Service>>;

grpc::ServerUnaryReactor* Reply(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer& request,
                                const std::string& ready,
                                grpc::ByteBuffer* response) {
  grpc::Slice asked;
  auto* const reactor = context->DefaultReactor();
  if (!request.DumpToSingleSlice(&asked).ok()) {
    reactor->Finish(grpc::Status(grpc::StatusCode::INTERNAL, ""));
    return reactor;
  }
  const std::string field = ready;
  const grpc::Slice sent(field);
  *response = grpc::ByteBuffer(&sent, 1);
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

class NoopHandler final : public UnreadService {
 public:
  explicit NoopHandler(const catalog::Snapshot& snapshot) {
    scheduling::v1::PlanContactCourseResponse planned;
    scheduling::Plan(snapshot, PlanRequest(), decision::v1::VIEW_FULL,
                     *planned.mutable_plan())
        .IgnoreError();
    plan_ = planned.SerializeAsString();
    scheduling::v1::AssessMeetingResponse assessed;
    scheduling::Assess(snapshot, AssessRequest(), assessed).IgnoreError();
    assessment_ = assessed.SerializeAsString();
  }

  grpc::ServerUnaryReactor* PlanContactCourse(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    return Reply(context, *request, plan_, response);
  }

  grpc::ServerUnaryReactor* AssessMeeting(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return Reply(context, *request, assessment_, response);
  }

 private:
  std::string plan_;
  std::string assessment_;
};

std::vector<host::Service> MakeServices(const host::Parts& parts) {
  std::vector<host::Service> services;
  services.push_back({SchedulingService::service_full_name(),
                      std::make_unique<NoopHandler>(parts.snapshot)});
  return services;
}

}  // namespace
}  // namespace frikommune::bench

int main(int argc, char** argv) {
  return frikommune::host::RunServer(
      {.name = "noop_server",
       .label = "noop",
       .about = "Answers without deciding, to measure what an RPC costs.",
       .make_services = frikommune::bench::MakeServices},
      argc, argv);
}
