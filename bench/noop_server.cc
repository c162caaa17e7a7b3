// A server that decides nothing: what an RPC costs by itself. It is built and
// run as the real ones are, reads what it is asked as opaque bytes, and
// answers with bytes that were ready before the call: those of the answer that
// the real server gives to the same request, so that sizes are equal. It does
// what gRPC does for messages of one `bytes` field each way, and no more: the
// request is copied when it is read, and the response when its field is set
// and when it is sent.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/grpc/call_at_once.h"
#include "bench/cases.h"
#include "bench/deciding_cases.h"
#include "core/certificates/decider.h"
#include "core/rehab/decider.h"
#include "core/scheduling/scheduling.h"
#include "frikommune/certificates/v1/certificates_service.grpc.pb.h"
#include "frikommune/rehab/v1/rehab_service.grpc.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "services/host/run_server.h"

namespace frikommune::bench {
namespace {

using certificates::v1::CertificatesService;
using rehab::v1::RehabService;
using scheduling::v1::SchedulingService;
using UnreadService = SchedulingService::WithRawCallbackMethod_AssessMeeting<
    SchedulingService::WithRawCallbackMethod_PlanContactCourse<
        SchedulingService::Service>>;

grpc::Status Answer(const grpc::ByteBuffer& request, const std::string& ready,
                    grpc::ByteBuffer& response) {
  grpc::Slice asked;
  if (!request.DumpToSingleSlice(&asked).ok()) {
    return {grpc::StatusCode::INTERNAL, ""};
  }
  // As setting a field copies it.
  // NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
  const std::string field = ready;
  const grpc::Slice sent(field);
  response = grpc::ByteBuffer(&sent, 1);
  return grpc::Status::OK;
}

grpc::ServerUnaryReactor* Reply(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer& request,
                                const std::string& ready,
                                grpc::ByteBuffer* response) {
  auto* const reactor = context->DefaultReactor();
  reactor->Finish(Answer(request, ready, *response));
  return reactor;
}

// Likewise, watched as the real server watches what it answers at once.
grpc::ServerUnaryReactor* ReplyAtOnce(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer& request,
                                      const std::string& ready,
                                      grpc::ByteBuffer* response) {
  rpc::CallAtOnce call(*context);
  const grpc::Status status = Answer(request, ready, *response);
  call.Ends(status, response->Length());
  auto* const reactor = context->DefaultReactor();
  reactor->Finish(status);
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
    return ReplyAtOnce(context, *request, plan_, response);
  }

  grpc::ServerUnaryReactor* AssessMeeting(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return ReplyAtOnce(context, *request, assessment_, response);
  }

 private:
  std::string plan_;
  std::string assessment_;
};

// The answer to a request that keeps nothing.
template <typename Decider, typename Request>
std::string Decided(const catalog::Snapshot& snapshot, const Request& request) {
  decision::v1::DecisionResult result;
  decision::v1::RecordedDecision& decided = *result.mutable_decision();
  decided.set_case_id(request.case_id());
  decided.set_decision_date(request.decision_date());
  Decider(snapshot)
      .Decide(request, decision::v1::VIEW_FULL, *decided.mutable_decision())
      .IgnoreError();
  *decided.mutable_assessment() = request.assessment();
  if (request.has_leader_review()) {
    *decided.mutable_leader_review() = request.leader_review();
  }
  decided.set_catalog_digest(snapshot.digest());
  return result.SerializeAsString();
}

class NoopCertificates final
    : public CertificatesService::WithRawCallbackMethod_DecideCertificate<
          CertificatesService::Service> {
 public:
  explicit NoopCertificates(const catalog::Snapshot& snapshot)
      : certificate_(
            Decided<certificates::Decider>(snapshot, CertificateRequest())) {}

  grpc::ServerUnaryReactor* DecideCertificate(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    return Reply(context, *request, certificate_, response);
  }

 private:
  const std::string certificate_;
};

class NoopRehab final : public RehabService::WithRawCallbackMethod_RouteCase<
                            RehabService::WithRawCallbackMethod_DecideExtension<
                                RehabService::Service>> {
 public:
  explicit NoopRehab(const catalog::Snapshot& snapshot)
      : route_(Decided<rehab::Decider>(snapshot, RouteRequest())),
        extension_(Decided<rehab::Decider>(snapshot, ExtensionRequest())) {}

  grpc::ServerUnaryReactor* RouteCase(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return Reply(context, *request, route_, response);
  }

  grpc::ServerUnaryReactor* DecideExtension(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    return Reply(context, *request, extension_, response);
  }

 private:
  const std::string route_;
  const std::string extension_;
};

std::vector<host::Service> MakeServices(const host::Parts& parts) {
  std::vector<host::Service> services;
  services.push_back({SchedulingService::service_full_name(),
                      std::make_unique<NoopHandler>(*parts.catalog.Get())});
  services.push_back(
      {CertificatesService::service_full_name(),
       std::make_unique<NoopCertificates>(*parts.catalog.Get())});
  services.push_back({RehabService::service_full_name(),
                      std::make_unique<NoopRehab>(*parts.catalog.Get())});
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
