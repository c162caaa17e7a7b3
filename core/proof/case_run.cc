#include "core/proof/case_run.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/proof/question_proof.h"
#include "core/request/validate.h"
#include "core/scheduling/scheduling.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"

namespace frikommune::proof {
namespace {

using catalog::Question;
using catalog::Rule;
using catalog::Snapshot;
using google::protobuf::Message;

constexpr char kService[] = "frikommune.scheduling.v1.SchedulingService/";

// Reads the request of a case. INVALID_ARGUMENT if the contract cannot.
template <typename Request>
absl::Status ReadRequest(const nlohmann::json& json, Request& request) {
  const auto status =
      google::protobuf::util::JsonStringToMessage(json.dump(), &request);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("the request is not one of the contract: ",
                   std::string(status.message())));
}

// Checks and answers a request as the server does.
template <typename Request, typename Response, typename Serve>
absl::Status Answer(const nlohmann::json& json, Serve serve, CaseRun& run) {
  static const auto* const kValidator =
      new request::Validator(Request::descriptor());
  Request request;
  absl::Status read = ReadRequest(json, request);
  if (!read.ok()) return read;
  auto response = std::make_unique<Response>();
  run.status = kValidator->Check(request);
  if (run.status.ok()) run.status = serve(request, *response);
  if (run.status.ok()) run.response = std::move(response);
  return absl::OkStatus();
}

// False if this program does not answer the call by itself.
bool IsAnsweredHere(const std::string& call) {
  return call == absl::StrCat(kService, "PlanContactCourse") ||
         call == absl::StrCat(kService, "AssessMeeting");
}

absl::Status Call(const Snapshot& snapshot, const nlohmann::json& line,
                  CaseRun& run) {
  using scheduling::v1::AssessMeetingRequest;
  using scheduling::v1::AssessMeetingResponse;
  using scheduling::v1::PlanContactCourseRequest;
  using scheduling::v1::PlanContactCourseResponse;
  const auto& request = line.at("request");
  if (line.at("call") == absl::StrCat(kService, "AssessMeeting")) {
    return Answer<AssessMeetingRequest, AssessMeetingResponse>(
        request,
        [&](const AssessMeetingRequest& in, AssessMeetingResponse& out) {
          return scheduling::Assess(snapshot, in, out);
        },
        run);
  }
  return Answer<PlanContactCourseRequest, PlanContactCourseResponse>(
      request,
      [&](const PlanContactCourseRequest& in, PlanContactCourseResponse& out) {
        return scheduling::Plan(snapshot, in, decision::v1::VIEW_FULL,
                                *out.mutable_plan());
      },
      run);
}

// What keeps a line from being a case; empty if nothing does.
std::string FaultOf(const nlohmann::json& line) {
  if (line.is_discarded() || !line.is_object())
    return "the line is not a JSON object";
  for (const char* field : {"name", "call"}) {
    if (!line.contains(field) || !line[field].is_string()) {
      return absl::StrCat("the case has no \"", field, "\"");
    }
  }
  if (!line.contains("request")) return "the case has no \"request\"";
  if (line.contains("expect") == line.contains("expectError")) {
    return "a case has either \"expect\" or \"expectError\"";
  }
  std::string method = line["call"];
  for (char& c : method) c = c == '/' ? '.' : c;
  if (google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          method) == nullptr) {
    return absl::StrCat("no contract has the call \"",
                        std::string(line["call"]), "\"");
  }
  return "";
}

template <typename Reasons>
void AddRows(const std::string& provision, const Reasons& reasons,
             FiredRows& fired) {
  for (const auto& reason : reasons) fired.emplace(provision, reason.row());
}

void AddRowsOf(const decision::v1::Decision& decision, FiredRows& fired) {
  AddRows(decision.provision(), decision.reasons(), fired);
  AddRows(decision.provision(), decision.ordinary_law_reasons(), fired);
}

void ReportTable(const Snapshot& snapshot, const Question& question,
                 const catalog::Table& table, const FiredRows& fired,
                 std::set<const Message*>& seen,
                 std::vector<catalog::Problem>& problems) {
  for (const Rule& rule : table.rules) {
    if (fired.count({question.id, rule.id}) > 0 ||
        !seen.insert(rule.source).second) {
      continue;
    }
    problems.push_back(
        {snapshot.catalog().WhereIs(*rule.source),
         absl::StrCat("no case fires row ", rule.id, " of ", question.id), ""});
  }
}

}  // namespace

void RunCases(const Snapshot& snapshot,
              const std::function<void(const CaseRun&)>& see,
              std::vector<catalog::Problem>& problems) {
  for (const catalog::SourceFile& file : snapshot.catalog().case_files) {
    int number = 0;
    for (const absl::string_view text : absl::StrSplit(file.text, '\n')) {
      ++number;
      if (absl::StripAsciiWhitespace(text).empty()) continue;
      CaseRun run;
      run.where = {file.path, number};
      run.line = std::string(text);
      const auto line = nlohmann::json::parse(run.line, nullptr, false);
      const std::string fault = FaultOf(line);
      if (!fault.empty()) {
        problems.push_back({run.where, fault, ""});
        continue;
      }
      run.name = line["name"];
      if (!IsAnsweredHere(line["call"])) continue;
      const absl::Status called = Call(snapshot, line, run);
      if (!called.ok()) {
        problems.push_back({run.where, std::string(called.message()), ""});
        continue;
      }
      see(run);
    }
  }
}

void AddFiredRows(const CaseRun& run, FiredRows& fired) {
  if (run.response == nullptr) return;
  if (const auto* assessed =
          dynamic_cast<const scheduling::v1::AssessMeetingResponse*>(
              run.response.get())) {
    for (const auto& verdict : assessed->verdicts()) AddRowsOf(verdict, fired);
  }
  if (const auto* planned =
          dynamic_cast<const scheduling::v1::PlanContactCourseResponse*>(
              run.response.get())) {
    for (const auto& duty : planned->plan().duties())
      AddRowsOf(duty.decision(), fired);
  }
}

void ReportUnfiredRows(const Snapshot& snapshot, const FiredRows& fired,
                       std::vector<catalog::Problem>& problems) {
  for (const auto& area : snapshot.areas()) {
    for (const Question& question : area->questions) {
      std::set<const Message*> seen;
      const auto report = [&](const catalog::Table& table) {
        ReportTable(snapshot, question, table, fired, seen, problems);
      };
      for (const auto& version : question.versions) report(version.table);
      for (const auto& dispensation : question.dispensations) {
        if (!IsEverOpen(question, *dispensation)) continue;
        report(dispensation->table);
        report(dispensation->after_end);
        report(dispensation->beside);
      }
    }
  }
}

}  // namespace frikommune::proof
