#include "cli/probe/probe.h"

#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "adapters/http/http_client.h"
#include "frikommune/certificates/v1/certificates_service.grpc.pb.h"
#include "frikommune/rehab/v1/rehab_service.grpc.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace frikommune::cli {
namespace {

using Channel = std::shared_ptr<grpc::Channel>;
using grpc::health::v1::HealthCheckResponse;

// A case that was decided when the experiments ran, of nobody.
constexpr char kMunicipality[] = "municipalities/851";
constexpr char kDay[] = "2019-03-01";
constexpr char kAssessor[] = "probe";

grpc::Status Plan(const Channel& channel, grpc::ClientContext& context) {
  scheduling::v1::PlanContactCourseRequest request;
  request.set_municipality(kMunicipality);
  request.set_as_of(kDay);
  request.mutable_course()->set_unemployment_start("2019-01-07");
  scheduling::v1::PlanContactCourseResponse response;
  return scheduling::v1::SchedulingService::NewStub(channel)->PlanContactCourse(
      &context, request, &response);
}

grpc::Status Certificate(const Channel& channel, grpc::ClientContext& context) {
  certificates::v1::DecideCertificateRequest request;
  request.set_municipality(kMunicipality);
  request.set_decision_date(kDay);
  auto& facts = *request.mutable_rehabilitation();
  facts.set_case_type(certificates::v1::REHABILITATION_CASE_TYPE_FLEXJOB);
  facts.set_sufficiency(certificates::v1::SUFFICIENCY_YES);
  request.mutable_assessment()->set_assessor(kAssessor);
  request.set_validate_only(true);
  certificates::v1::DecideCertificateResponse response;
  return certificates::v1::CertificatesService::NewStub(channel)
      ->DecideCertificate(&context, request, &response);
}

grpc::Status Route(const Channel& channel, grpc::ClientContext& context) {
  rehab::v1::RouteCaseRequest request;
  request.set_municipality(kMunicipality);
  request.set_decision_date(kDay);
  auto& facts = *request.mutable_presentation();
  facts.set_case_type(rehab::v1::PRESENTATION_CASE_TYPE_JOB_CLARIFICATION);
  facts.set_transition_date(kDay);
  facts.set_programme_ordinal(1);
  request.mutable_assessment()->set_assessor(kAssessor);
  request.set_validate_only(true);
  rehab::v1::RouteCaseResponse response;
  return rehab::v1::RehabService::NewStub(channel)->RouteCase(&context, request,
                                                              &response);
}

struct Question {
  const char* name;
  grpc::Status (*ask)(const Channel&, grpc::ClientContext&);
};
constexpr Question kQuestions[] = {
    {"a plan", Plan}, {"a certificate", Certificate}, {"a route", Route}};

void WaitUntil(absl::Time end, grpc::ClientContext& context) {
  context.set_wait_for_ready(true);
  context.set_deadline(absl::ToChronoTime(end));
}

absl::Status Wrong(const grpc::Status& status) {
  return absl::UnavailableError(
      absl::StrCat("code ", status.error_code(), ", ", status.error_message()));
}

}  // namespace

absl::StatusOr<std::string> ProbeHealth(const std::string& admin,
                                        absl::Duration timeout) {
  const auto stub = grpc::health::v1::Health::NewStub(
      grpc::CreateChannel(admin, grpc::InsecureChannelCredentials()));
  grpc::health::v1::HealthCheckRequest request;
  request.set_service("readiness");
  grpc::ClientContext context;
  WaitUntil(absl::Now() + timeout, context);
  HealthCheckResponse response;
  const grpc::Status status = stub->Check(&context, request, &response);
  if (!status.ok()) return Wrong(status);
  if (response.status() != HealthCheckResponse::SERVING) {
    return absl::UnavailableError("it says that it is not ready");
  }
  return "it is ready";
}

absl::StatusOr<std::string> ProbeDecision(const Channel& server,
                                          absl::Duration timeout) {
  const absl::Time end = absl::Now() + timeout;
  for (const Question& question : kQuestions) {
    grpc::ClientContext context;
    WaitUntil(end, context);
    const grpc::Status status = question.ask(server, context);
    if (status.ok()) return absl::StrCat(question.name, " was answered");
    if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED) continue;
    return Wrong(status);
  }
  return absl::NotFoundError("it is none of the services");
}

absl::StatusOr<std::string> ProbeMetrics(const std::string& metrics) {
  const auto page = http::Get(metrics, "/metrics");
  if (!page.ok()) return page.status();
  if (page->status != 200) {
    return absl::UnavailableError(absl::StrCat("status ", page->status));
  }
  const auto lines = std::count(page->body.begin(), page->body.end(), '\n');
  if (page->body.find("frikommune_build_info{") == std::string::npos) {
    return absl::NotFoundError("these are another program's metrics");
  }
  return absl::StrCat(lines, " lines");
}

}  // namespace frikommune::cli
