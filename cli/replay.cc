#include "cli/replay.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <istream>
#include <map>
#include <ostream>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/answer_rows.h"
#include "cli/json_subset.h"
#include "cli/replay_call.h"
#include "cli/replay_case.h"
#include "cli/replay_report.h"
#include "cli/replay_targets.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// How long to wait for the server to answer at all.
constexpr absl::Duration kConnectTimeout = absl::Seconds(5);

// A refusal as a machine reads it.
struct Refusal {
  ExpectedError told;
  std::string message;
};

Refusal RefusalOf(const grpc::Status& status) {
  Refusal refusal;
  refusal.told.code =
      google::rpc::Code_Name(static_cast<int>(status.error_code()));
  refusal.message = status.error_message();
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  for (const auto& detail : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    if (detail.UnpackTo(&info)) refusal.told.reason = info.reason();
    if (detail.UnpackTo(&bad) && bad.field_violations_size() > 0) {
      refusal.told.field = bad.field_violations(0).field();
    }
  }
  return refusal;
}

std::string Describe(const Refusal& refusal) {
  std::string text = refusal.told.code;
  if (!refusal.told.reason.empty()) {
    absl::StrAppend(&text, " ", refusal.told.reason);
  }
  if (!refusal.told.field.empty()) {
    absl::StrAppend(&text, " of ", refusal.told.field);
  }
  return absl::StrCat(text, ": ", refusal.message);
}

std::vector<Difference> CompareRefusal(const ExpectedError& expected,
                                       const ExpectedError& actual) {
  std::vector<Difference> differences;
  const auto compare = [&](const char* path, const std::string& want,
                           const std::string& got) {
    if (want.empty() || want == got) return;
    differences.push_back({path, want, got.empty() ? "nothing" : got});
  };
  compare("error code", expected.code, actual.code);
  compare("error reason", expected.reason, actual.reason);
  compare("error field", expected.field, actual.field);
  return differences;
}

std::vector<Difference> CompareAnswer(const ReplayCase& replayed,
                                      const CallResult& result) {
  const auto* type = replayed.method->output_type();
  json answers = json::array();
  for (const std::string& bytes : result.responses) {
    auto answer = ToJson(type, bytes);
    if (!answer.ok()) {
      return {{"", "an answer", std::string(answer.status().message())}};
    }
    answers.push_back(*std::move(answer));
  }
  if (replayed.method->server_streaming()) {
    return Differences(*replayed.expect, answers, type);
  }
  if (answers.size() != 1) {
    return {{"", "one answer", absl::StrCat(answers.size())}};
  }
  return Differences(*replayed.expect, answers[0], type);
}

std::vector<Difference> Compare(const ReplayCase& replayed,
                                const CallResult& result) {
  if (replayed.expect.has_value()) {
    return result.status.ok()
               ? CompareAnswer(replayed, result)
               : std::vector<Difference>{
                     {"", "an answer", Describe(RefusalOf(result.status))}};
  }
  if (result.status.ok()) {
    return {{"", replayed.expect_error.code, "an answer"}};
  }
  return CompareRefusal(replayed.expect_error, RefusalOf(result.status).told);
}

// Replays files of cases.
class Replay {
 public:
  Replay(const ReplayOptions& options, std::istream& in, std::ostream& out)
      : options_(options), in_(in), report_(options.json, out) {}

  int Run() {
    if (Connect()) {
      for (const std::string& file : options_.files) RunFileOrFolder(file);
      if (cases_ == 0) report_.TellProblem({"replay", 0}, "there are no cases");
    }
    report_.TellSum();
    return report_.exit_code();
  }

 private:
  bool Connect() {
    const absl::Status connected = targets_.Connect(
        options_.targets, std::min(kConnectTimeout, options_.timeout));
    if (!connected.ok()) {
      report_.TellProblem({"replay", 0}, std::string(connected.message()));
    }
    return connected.ok();
  }

  void RunFileOrFolder(const std::string& path) {
    std::error_code error;
    if (path == "-") return RunLines("-", in_);
    if (!fs::is_directory(path, error)) return RunFile(path);
    std::vector<std::string> files;
    for (fs::recursive_directory_iterator at(path, error), end;
         !error && at != end; at.increment(error)) {
      if (at->path().extension() == ".jsonl") files.push_back(at->path());
    }
    if (error) report_.TellProblem({path, 0}, error.message());
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) RunFile(file);
  }

  void RunFile(const std::string& path) {
    std::ifstream file(path);
    if (!file) return report_.TellProblem({path, 0}, "cannot be read");
    RunLines(path, file);
  }

  void RunLines(const std::string& file, std::istream& lines) {
    kept_.clear();
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
      if (absl::StripAsciiWhitespace(line).empty()) continue;
      RunLine({file, number}, absl::StrReplaceAll(line, kept_));
    }
  }

  void RunLine(const CasePlace& place, const std::string& line) {
    ++cases_;
    const auto replayed = ParseReplayCase(line);
    if (!replayed.ok()) {
      return report_.TellProblem(place,
                                 std::string(replayed.status().message()));
    }
    const auto target = targets_.Of(*replayed->method);
    if (!target.ok()) {
      return report_.TellProblem(place, std::string(target.status().message()));
    }
    const std::string path =
        absl::StrCat("/", replayed->method->service()->full_name(), "/",
                     replayed->method->name());
    const CallResult result =
        MakeCall(target->channel, path, replayed->requests, options_.timeout);
    // A server that sheds a call says why; a broken connection does not.
    if (result.status.error_code() == grpc::StatusCode::UNAVAILABLE &&
        RefusalOf(result.status).told.reason.empty()) {
      return report_.TellProblem(
          place, absl::StrCat("cannot reach ", target->address, ": ",
                              result.status.error_message()));
    }
    const std::vector<Difference> differences = Compare(*replayed, result);
    Keep(*replayed, result);
    if (!options_.table && !options_.timeline) {
      return report_.Tell(place, replayed->name, differences);
    }
    const std::string refusal =
        result.status.ok()
            ? ""
            : absl::StrCat("refused: ", Describe(RefusalOf(result.status)));
    if (options_.timeline) {
      report_.TellDay(place, replayed->day, replayed->name, differences,
                      Rows(*replayed, result), refusal);
    } else {
      report_.TellRows(place, replayed->name, differences,
                       Rows(*replayed, result), refusal);
    }
  }

  // Keeps what later cases of the file ask by.
  void Keep(const ReplayCase& replayed, const CallResult& result) {
    if (!result.status.ok() || result.responses.size() != 1) return;
    const auto answer =
        ToJson(replayed.method->output_type(), result.responses[0]);
    if (!answer.ok()) return;
    for (const auto& [name, path] : replayed.keep) {
      const auto pointer = json::json_pointer(
          absl::StrCat("/", absl::StrReplaceAll(path, {{".", "/"}})));
      if (!answer->contains(pointer) || !answer->at(pointer).is_string()) {
        continue;
      }
      kept_[absl::StrCat("${", name, "}")] = answer->at(pointer);
    }
  }

  // What the answer says, in words; nothing of a refusal.
  std::vector<AnswerRow> Rows(const ReplayCase& replayed,
                              const CallResult& result) const {
    json answers = json::array();
    for (const std::string& bytes : result.responses) {
      auto answer = ToJson(replayed.method->output_type(), bytes);
      if (answer.ok()) answers.push_back(*std::move(answer));
    }
    if (!result.status.ok() || !replayed.expect.has_value()) return {};
    const bool streams = replayed.method->server_streaming();
    std::vector<AnswerRow> rows =
        AnswerRows(streams ? *replayed.expect : json::array({*replayed.expect}),
                   answers, options_.language);
    if (rows.empty() && !answers.empty()) {
      rows.push_back({AnswerLine(answers[0]), "", ""});
    }
    return rows;
  }

  const ReplayOptions& options_;
  std::istream& in_;
  ReplayReport report_;
  ReplayTargets targets_;
  // What cases of the file keep, by how it is written.
  std::map<std::string, std::string> kept_;
  int cases_ = 0;
};

}  // namespace

int RunReplay(const ReplayOptions& options, std::istream& in,
              std::ostream& out) {
  return Replay(options, in, out).Run();
}

}  // namespace frikommune::cli
