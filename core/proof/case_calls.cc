#include "core/proof/case_calls.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/certificates/decider.h"
#include "core/rehab/decider.h"
#include "core/request/validate.h"
#include "core/scheduling/scheduling.h"
#include "google/protobuf/util/json_util.h"

namespace frikommune::proof {
namespace {

using catalog::Snapshot;
using certificates::v1::DecideCertificateRequest;
using certificates::v1::DecideCertificateResponse;
using google::protobuf::Message;
using nlohmann::json;
using rehab::v1::DecideExtensionRequest;
using rehab::v1::DecideExtensionResponse;
using rehab::v1::RouteCaseRequest;
using rehab::v1::RouteCaseResponse;
using scheduling::v1::AssessMeetingRequest;
using scheduling::v1::AssessMeetingResponse;
using scheduling::v1::PlanContactCourseRequest;
using scheduling::v1::PlanContactCourseResponse;

absl::Status Serve(const Snapshot& snapshot, const AssessMeetingRequest& in,
                   AssessMeetingResponse& out) {
  return scheduling::Assess(snapshot, in, out);
}

absl::Status Serve(const Snapshot& snapshot, const PlanContactCourseRequest& in,
                   PlanContactCourseResponse& out) {
  return scheduling::Plan(snapshot, in, decision::v1::VIEW_FULL,
                          *out.mutable_plan());
}

// As a server that keeps nothing: all that is said of a decision that is only
// validated.
template <typename Decider, typename Request, typename Response>
absl::Status Decide(const Snapshot& snapshot, const Request& in,
                    Response& out) {
  decision::v1::RecordedDecision& recorded = *out.mutable_decision();
  recorded.set_case_id(in.case_id());
  recorded.set_decision_date(in.decision_date());
  recorded.set_catalog_digest(snapshot.digest());
  return Decider(snapshot).Decide(in, decision::v1::VIEW_FULL,
                                  *recorded.mutable_decision());
}

absl::Status Serve(const Snapshot& snapshot, const DecideCertificateRequest& in,
                   DecideCertificateResponse& out) {
  return Decide<certificates::Decider>(snapshot, in, out);
}

absl::Status Serve(const Snapshot& snapshot, const RouteCaseRequest& in,
                   RouteCaseResponse& out) {
  return Decide<rehab::Decider>(snapshot, in, out);
}

absl::Status Serve(const Snapshot& snapshot, const DecideExtensionRequest& in,
                   DecideExtensionResponse& out) {
  return Decide<rehab::Decider>(snapshot, in, out);
}

// Checks and answers a request as the server does.
template <typename Request, typename Response>
absl::Status Answer(const Snapshot& snapshot, const json& text, CaseRun& run) {
  static const auto* const kValidator =
      new request::Validator(Request::descriptor());
  Request request;
  const auto read =
      google::protobuf::util::JsonStringToMessage(text.dump(), &request);
  if (!read.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the request is not one of the contract: ",
                     std::string(read.message())));
  }
  auto response = std::make_unique<Response>();
  run.status = kValidator->Check(request);
  if (run.status.ok()) run.status = Serve(snapshot, request, *response);
  if (run.status.ok()) run.response = std::move(response);
  return absl::OkStatus();
}

struct NamedCall {
  const char* name;
  CaseCall call;
};

constexpr NamedCall kCalls[] = {
    {"frikommune.scheduling.v1.SchedulingService/PlanContactCourse",
     Answer<PlanContactCourseRequest, PlanContactCourseResponse>},
    {"frikommune.scheduling.v1.SchedulingService/AssessMeeting",
     Answer<AssessMeetingRequest, AssessMeetingResponse>},
    {"frikommune.certificates.v1.CertificatesService/DecideCertificate",
     Answer<DecideCertificateRequest, DecideCertificateResponse>},
    {"frikommune.rehab.v1.RehabService/RouteCase",
     Answer<RouteCaseRequest, RouteCaseResponse>},
    {"frikommune.rehab.v1.RehabService/DecideExtension",
     Answer<DecideExtensionRequest, DecideExtensionResponse>},
};

// Shows the decision of a response of that type; false if it is another's.
template <typename Response>
bool SeeRecorded(const Message& response,
                 absl::FunctionRef<void(const decision::v1::Decision&)> see) {
  const auto* recorded = dynamic_cast<const Response*>(&response);
  if (recorded == nullptr) return false;
  see(recorded->decision().decision());
  return true;
}

}  // namespace

CaseCall FindCaseCall(const std::string& name) {
  for (const NamedCall& call : kCalls) {
    if (name == call.name) return call.call;
  }
  return nullptr;
}

void ForEachDecision(
    const Message& response,
    absl::FunctionRef<void(const decision::v1::Decision&)> see) {
  if (const auto* assessed =
          dynamic_cast<const AssessMeetingResponse*>(&response)) {
    for (const auto& verdict : assessed->verdicts()) see(verdict);
    return;
  }
  if (const auto* planned =
          dynamic_cast<const PlanContactCourseResponse*>(&response)) {
    for (const auto& duty : planned->plan().duties()) see(duty.decision());
    return;
  }
  if (SeeRecorded<DecideCertificateResponse>(response, see)) return;
  if (SeeRecorded<RouteCaseResponse>(response, see)) return;
  SeeRecorded<DecideExtensionResponse>(response, see);
}

}  // namespace frikommune::proof
