// A server that decides nothing: what an RPC costs by itself. It is built and
// run as the scheduling server is, does not read what it is asked, and answers
// with bytes that were ready before the call: those of the answer that the
// scheduling server gives to bench/cases, so that sizes are equal. They are not
// even copied.
#include <memory>
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

grpc::ByteBuffer BytesOf(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return {&slice, 1};
}

grpc::ServerUnaryReactor* Reply(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer& ready,
                                grpc::ByteBuffer* response) {
  *response = ready;
  auto* const reactor = context->DefaultReactor();
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
    plan_ = BytesOf(planned);
    scheduling::v1::AssessMeetingResponse assessed;
    scheduling::Assess(snapshot, AssessRequest(), assessed).IgnoreError();
    assessment_ = BytesOf(assessed);
  }

  grpc::ServerUnaryReactor* PlanContactCourse(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* /*request*/,
      grpc::ByteBuffer* response) override {
    return Reply(context, plan_, response);
  }

  grpc::ServerUnaryReactor* AssessMeeting(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* /*request*/,
                                          grpc::ByteBuffer* response) override {
    return Reply(context, assessment_, response);
  }

 private:
  grpc::ByteBuffer plan_;
  grpc::ByteBuffer assessment_;
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
