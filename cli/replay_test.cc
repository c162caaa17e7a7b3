#include "cli/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "nlohmann/json.hpp"

namespace frikommune::cli {
namespace {

namespace v1 = scheduling::v1;
using testing::HasSubstr;

grpc::Status Refuse(const std::string& reason, const std::string& field) {
  google::rpc::Status told;
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  told.add_details()->PackFrom(info);
  google::rpc::BadRequest bad;
  bad.add_field_violations()->set_field(field);
  told.add_details()->PackFrom(bad);
  return {grpc::StatusCode::INVALID_ARGUMENT, "no", told.SerializeAsString()};
}

// Answers with what it was sent: the municipality, the day and the case.
class EchoService final : public v1::SchedulingService::Service {
 public:
  grpc::Status PlanContactCourse(
      grpc::ServerContext*, const v1::PlanContactCourseRequest* request,
      v1::PlanContactCourseResponse* response) override {
    if (request->as_of().empty()) return Refuse("FIELD_REQUIRED", "as_of");
    Echo(*request, *response->mutable_plan());
    return grpc::Status::OK;
  }
  grpc::Status StreamContactPlans(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::StreamContactPlansResponse,
                               v1::StreamContactPlansRequest>* stream)
      override {
    v1::StreamContactPlansRequest request;
    while (stream->Read(&request)) {
      v1::StreamContactPlansResponse response;
      Echo(request.request(), *response.mutable_result()->mutable_plan());
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

 private:
  static void Echo(const v1::PlanContactCourseRequest& request,
                   v1::ContactPlan& plan) {
    plan.set_municipality(request.municipality());
    plan.set_as_of(request.as_of());
    plan.set_case_id(request.course().case_id());
    plan.add_duties()->set_ordinal(1);
    plan.add_duties()->mutable_decision()->set_counts(true);
  }
};

class ReplayTest : public testing::Test {
 protected:
  ReplayTest() {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    options_.targets = {absl::StrCat("127.0.0.1:", port)};
    options_.files = {"-"};
  }

  int Run(const std::string& lines) {
    std::istringstream in(lines);
    std::ostringstream out;
    const int exit_code = RunReplay(options_, in, out);
    told_ = out.str();
    return exit_code;
  }

  // A case of PlanContactCourse on a day.
  static std::string Case(const std::string& day,
                          const std::string& expectation) {
    return absl::StrCat(
        R"({"name":"the )", day,
        R"(","call":"frikommune.scheduling.v1.SchedulingService/PlanContactCourse","request":{"municipality":"municipalities/851","asOf":")",
        day, R"("},)", expectation, "}\n");
  }

  EchoService service_;
  std::unique_ptr<grpc::Server> server_;
  ReplayOptions options_;
  std::string told_;
};

TEST_F(ReplayTest, PassesWhatIsAsExpected) {
  EXPECT_EQ(
      Run(Case(
              "2018-01-01",
              R"("expect":{"plan":{"asOf":"2018-01-01","caseId":"","duties":[{"decision":{"counts":true}}]}})") +
          "\n" +
          Case(
              "",
              R"("expectError":{"code":"INVALID_ARGUMENT","reason":"FIELD_REQUIRED","field":"as_of"})")),
      0)
      << told_;
  EXPECT_THAT(told_, HasSubstr("ok   the 2018-01-01\n"));
  EXPECT_THAT(told_, HasSubstr("2 passed, 0 failed\n"));
}

TEST_F(ReplayTest, ACallGoesToTheServerOfItsService) {
  const std::string here = options_.targets[0];
  const std::string lines = Case("2018-01-01", R"("expect":{})");
  options_.targets = {absl::StrCat("scheduling=", here)};
  EXPECT_EQ(Run(lines), 0) << told_;
  options_.targets = {absl::StrCat("rehab=", here), here};
  EXPECT_EQ(Run(lines), 0) << told_;
  options_.targets = {absl::StrCat("rehab=", here)};
  EXPECT_EQ(Run(lines), 2);
  EXPECT_THAT(told_, HasSubstr("no target takes calls of "
                               "frikommune.scheduling.v1.SchedulingService"));
  options_.targets = {absl::StrCat("=", here)};
  EXPECT_EQ(Run(lines), 2);
}

TEST_F(ReplayTest, LaterCasesAskByWhatEarlierOnesKeep) {
  const std::string keeping = Case(
      "2018-01-01",
      R"("expect":{},"keep":{"first":"plan.asOf","nothing":"plan.caseId"})");
  EXPECT_EQ(Run(keeping +
                Case("${first}", R"("expect":{"plan":{"asOf":"2018-01-01"}})")),
            0)
      << told_;
  // What is not there stays as it is written.
  EXPECT_EQ(Run(keeping + Case("${nothing}",
                               R"("expect":{"plan":{"asOf":"${nothing}"}})")),
            0)
      << told_;
}

TEST_F(ReplayTest, ATimelineHoldsIn120Columns) {
  options_.timeline = true;
  EXPECT_EQ(Run(Case("2018-01-01", R"("expect":{})")), 0);
  EXPECT_THAT(told_, HasSubstr("2018-01-01"));
  std::istringstream lines(told_);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 120u) << line;
  }
}

TEST_F(ReplayTest, SaysWhatDiffersAndWhere) {
  EXPECT_EQ(
      Run(absl::StrCat(
          "\n",
          Case(
              "2018-01-01",
              R"("expect":{"plan":{"asOf":"2018-01-02","duties":[{"ordinal":1,"decision":{"counts":false}}]}})"))),
      1);
  EXPECT_THAT(told_, HasSubstr("FAIL the 2018-01-01\n     -:2\n"));
  EXPECT_THAT(told_, HasSubstr("plan.asOf: expected \"2018-01-02\", got "
                               "\"2018-01-01\"\n"));
  EXPECT_THAT(told_, HasSubstr("plan.duties[0].decision: expected "
                               "{\"counts\":false}, got nothing\n"));
  EXPECT_THAT(told_, HasSubstr("0 passed, 1 failed\n"));
}

TEST_F(ReplayTest, AnErrorIsNoAnswerAndTheOtherWayRound) {
  EXPECT_EQ(Run(Case("", R"("expect":{})")), 1);
  EXPECT_THAT(told_, HasSubstr("expected an answer, got INVALID_ARGUMENT "
                               "FIELD_REQUIRED of as_of: no\n"));
  EXPECT_EQ(Run(Case("2018-01-01", R"("expectError":{"code":"NOT_FOUND"})")),
            1);
  EXPECT_THAT(told_, HasSubstr("expected NOT_FOUND, got an answer\n"));
  EXPECT_EQ(
      Run(Case(
          "",
          R"("expectError":{"code":"INVALID_ARGUMENT","reason":"DATE_INVALID","field":"to"})")),
      1);
  EXPECT_THAT(told_, HasSubstr("error reason: expected DATE_INVALID, got "
                               "FIELD_REQUIRED\n"));
  EXPECT_THAT(told_, HasSubstr("error field: expected to, got as_of\n"));
}

TEST_F(ReplayTest, AStreamTakesAndGivesLists) {
  const std::string call =
      R"({"name":"s","call":"frikommune.scheduling.v1.SchedulingService/StreamContactPlans",)";
  EXPECT_EQ(
      Run(call +
          R"("request":[{"request":{"asOf":"2018-01-01"}},{"request":{"asOf":"2018-01-02"}},{"request":{"asOf":"2018-01-03"}}],)"
          R"("expect":[{"result":{"plan":{"asOf":"2018-01-01"}}},{"result":{"plan":{"asOf":"2018-01-03"}}}]})"),
      0)
      << told_;
  EXPECT_EQ(Run(call + R"("request":[],"expect":[]})"), 0) << told_;
  EXPECT_EQ(
      Run(call + R"("request":{"request":{"asOf":"2018-01-01"}},)"
                 R"("expect":[{"result":{"plan":{"asOf":"2018-01-02"}}}]})"),
      1);
  EXPECT_THAT(told_, HasSubstr("[0].result.plan.asOf: expected "
                               "\"2018-01-02\", got \"2018-01-01\""));
}

TEST_F(ReplayTest, ALineThatCannotBeReadIsNamed) {
  const std::string head =
      R"({"name":"x","call":"frikommune.scheduling.v1.SchedulingService/PlanContactCourse",)";
  for (
      const std::string& bad : {
          std::string("nonsense"),
          std::string("[]"),
          head + R"("request":{}})",
          head + R"("request":{},"expect":{},"expectError":{"code":"X"}})",
          head + R"("request":{},"expect":{},"comment":"x"})",
          head + R"("request":{"misspelt":1},"expect":{}})",
          head + R"("request":{},"expect":{"misspelt":false}})",
          head +
              R"("request":{},"expect":{"plan":{"duties":[{"decision":{"outcome":"OUTCOME_MISSPELT"}}]}}})",
          head + R"("request":{},"expectError":{}})",
          head + R"("request":{},"expectError":{"code":"X","fields":"y"}})",
          std::string(
              R"({"name":"x","call":"a.B/C","request":{},"expect":{}})"),
          std::string(
              R"({"name":"x","call":"PlanContactCourse","request":{},"expect":{}})"),
      }) {
    EXPECT_EQ(Run(absl::StrCat("\n\n", bad, "\n",
                               Case("2018-01-01", R"("expect":{"plan":{}})"))),
              2)
        << bad;
    EXPECT_THAT(told_, HasSubstr("-:3: ")) << bad;
    // The others are run all the same.
    EXPECT_THAT(told_, HasSubstr("1 passed, 0 failed, 1 could not be run"))
        << bad;
  }
}

TEST_F(ReplayTest, ReadsAFolder) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "replay_test_cases";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "b");
  std::ofstream(folder / "b" / "cases.jsonl")
      << Case("2018-01-02", R"("expect":{"plan":{}})");
  std::ofstream(folder / "a.jsonl")
      << Case("2018-01-01", R"("expect":{"plan":{}})");
  std::ofstream(folder / "notes.txt") << "not a case\n";
  options_.files = {folder.string()};
  EXPECT_EQ(Run(""), 0);
  EXPECT_EQ(told_,
            "ok   the 2018-01-01\nok   the 2018-01-02\n"
            "2 passed, 0 failed\n");
  std::filesystem::remove_all(folder);
}

TEST_F(ReplayTest, NoCasesAreNoSuccess) {
  EXPECT_EQ(Run("\n\n"), 2);
  EXPECT_THAT(told_, HasSubstr("there are no cases"));
  options_.files = {"no-such-file.jsonl"};
  EXPECT_EQ(Run(""), 2);
  EXPECT_THAT(told_, HasSubstr("no-such-file.jsonl: cannot be read"));
}

TEST_F(ReplayTest, WritesJson) {
  options_.json = true;
  EXPECT_EQ(
      Run(Case("2018-01-01", R"("expect":{"plan":{"asOf":"2018-01-02"}})") +
          "nonsense\n"),
      2);
  std::istringstream lines(told_);
  std::string line;
  std::getline(lines, line);
  const auto failed = nlohmann::json::parse(line);
  EXPECT_EQ(failed["name"], "the 2018-01-01");
  EXPECT_EQ(failed["ok"], false);
  EXPECT_EQ(failed["line"], 1);
  EXPECT_EQ(failed["differences"][0]["path"], "plan.asOf");
  std::getline(lines, line);
  EXPECT_EQ(nlohmann::json::parse(line)["line"], 2);
  EXPECT_FALSE(std::getline(lines, line));
}

TEST_F(ReplayTest, SaysThatTheServerIsNotThere) {
  server_->Shutdown();
  server_->Wait();
  options_.timeout = absl::Milliseconds(200);
  EXPECT_EQ(Run(Case("2018-01-01", R"("expect":{})")), 2);
  EXPECT_THAT(told_, HasSubstr("cannot reach " + options_.targets[0]));
}

}  // namespace
}  // namespace frikommune::cli
