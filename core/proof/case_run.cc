#include "core/proof/case_run.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/proof/case_calls.h"
#include "core/proof/question_proof.h"
#include "nlohmann/json.hpp"

namespace frikommune::proof {
namespace {

using catalog::Question;
using catalog::Rule;
using catalog::Snapshot;
using google::protobuf::Message;

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
      const CaseCall call = FindCaseCall(line["call"]);
      if (call == nullptr) continue;
      const absl::Status called = call(snapshot, line["request"], run);
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
  ForEachDecision(*run.response, [&fired](const decision::v1::Decision& each) {
    AddRowsOf(each, fired);
  });
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
        report(dispensation->restatements);
      }
    }
  }
}

}  // namespace frikommune::proof
