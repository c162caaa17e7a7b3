// What the servers write on stderr: a line for each call, and nothing that a
// caller could say in it.

#include <csignal>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "frikommune/rehab/v1/rehab_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "nlohmann/json.hpp"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/metrics_page.h"
#include "tests/e2e/server_process.h"

namespace frikommune {
namespace {

using certificates::v1::CertificatesService;
using certificates::v1::DecideCertificateRequest;
using certificates::v1::DecideCertificateResponse;
using e2e::ServerProcess;
using nlohmann::json;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

// All calls, not each tenth of those that go well.
constexpr char kAll[] = "--log-ok-share=1";
constexpr char kTrace[] = "0af7651916cd43dd8448eb211c80319c";
constexpr char kSpan[] = "b7ad6b7169203331";
constexpr char kUuid[] = "123e4567-e89b-42d3-a456-426614174000";

// Stops a server, and gives the lines about calls that it wrote.
std::vector<json> CallsOf(ServerProcess& server) {
  server.Signal(SIGTERM);
  EXPECT_EQ(server.Wait(), 0);
  std::vector<json> calls;
  for (const absl::string_view line :
       absl::StrSplit(server.errors(), '\n', absl::SkipEmpty())) {
    const json read = json::parse(line, nullptr, false);
    EXPECT_TRUE(read.is_object()) << line;
    if (read.contains("grpc.method")) calls.push_back(read);
  }
  return calls;
}

// A call with headers of the caller's choice.
grpc::Status Decide(
    const ServerProcess& server, const DecideCertificateRequest& request,
    const std::vector<std::pair<std::string, std::string>>& headers) {
  const auto stub = CertificatesService::NewStub(server.Connect());
  grpc::ClientContext context;
  for (const auto& [name, value] : headers) context.AddMetadata(name, value);
  DecideCertificateResponse response;
  return stub->DecideCertificate(&context, request, &response);
}

std::string Traceparent() {
  return absl::StrCat("00-", kTrace, "-", kSpan, "-01");
}

TEST(LogTest, ALineForEachCall) {
  ServerProcess server({kAll}, "frikommune-certificates");
  ASSERT_TRUE(Decide(server, e2e::CertificateCase("municipalities/851", kUuid),
                     {{"traceparent", Traceparent()}})
                  .ok());
  const auto calls = CallsOf(server);
  ASSERT_EQ(calls.size(), 1);
  const json& call = calls[0];
  EXPECT_THAT(call["time"].get<std::string>(),
              MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]"
                           "{2}\\.[0-9]{9}Z"));
  EXPECT_EQ(call["severity"], "INFO");
  EXPECT_EQ(call["trace_id"], kTrace);
  EXPECT_EQ(call["span_id"], kSpan);
  EXPECT_EQ(call["grpc.method"],
            "frikommune.certificates.v1.CertificatesService/DecideCertificate");
  EXPECT_EQ(call["grpc.code"], "OK");
  EXPECT_GT(call["duration_ms"], 0);
  EXPECT_EQ(call["request_id"], kUuid);
}

// No case, no municipality, no fact, no header; whatever they hold.
TEST(LogTest, NothingOfWhatWasAsked) {
  ServerProcess server({kAll}, "frikommune-certificates");
  const std::string poison = "hemmelig";
  DecideCertificateRequest request =
      e2e::CertificateCase("municipalities/851", poison);
  request.mutable_assessment()->set_assessor(poison);
  EXPECT_TRUE(Decide(server, request, {{"traceparent", poison}}).ok());
  request.set_request_id(absl::StrCat(poison, "\r\n{\"severity\":\"ERROR\"}"));
  EXPECT_TRUE(Decide(server, request, {{"x-request-id", poison}}).ok());
  request = e2e::CertificateCase(poison, std::string(100000, 'x'));
  EXPECT_FALSE(Decide(server, request,
                      {{"traceparent", Traceparent() + std::string(4000, 'x')},
                       {"user-agent", poison}})
                   .ok());
  request = e2e::CertificateCase("municipalities/999", "r-1");
  request.set_case_id("010190-1234");
  EXPECT_FALSE(Decide(server, request, {}).ok());
  const auto calls = CallsOf(server);
  EXPECT_EQ(calls.size(), 4);
  std::set<std::string> traces;
  for (const json& call : calls) {
    EXPECT_FALSE(call.contains("request_id"));
    EXPECT_THAT(call["trace_id"].get<std::string>(),
                MatchesRegex("[0-9a-f]{32}"));
    traces.insert(call["trace_id"]);
  }
  EXPECT_EQ(traces.size(), calls.size());
  for (const char* const said :
       {"hemmelig", "xxxx", "010190", "municipalities"}) {
    EXPECT_THAT(server.errors(), Not(HasSubstr(said)));
  }
}

rehab::v1::BookAgendaItemRequest Booking(rehab::v1::RehabService::Stub& stub) {
  rehab::v1::CreateTeamMeetingRequest create;
  create.set_municipality("municipalities/851");
  auto& day = *create.mutable_team_meeting();
  day.set_date("2019-04-01");
  day.set_capacity(1);
  for (int role = rehab::v1::TEAM_ROLE_EMPLOYMENT;
       role <= rehab::v1::TEAM_ROLE_HEALTH_COORDINATOR; ++role) {
    auto& member = *day.add_members();
    member.set_member(absl::StrCat("m-", role));
    member.set_role(static_cast<rehab::v1::TeamRole>(role));
  }
  grpc::ClientContext context;
  rehab::v1::CreateTeamMeetingResponse created;
  EXPECT_TRUE(stub.CreateTeamMeeting(&context, create, &created).ok());
  rehab::v1::BookAgendaItemRequest request;
  request.set_municipality("municipalities/851");
  request.mutable_waiting_case()->set_case_id("case-1");
  request.set_team_meeting(created.team_meeting().name());
  request.set_as_of("2019-03-01");
  return request;
}

TEST(LogTest, WhatCertificatesIsAskedGoesOnWithTheTrace) {
  ServerProcess certificates({kAll}, "frikommune-certificates");
  ServerProcess rehab({kAll, "--certificates=" + certificates.grpc_address()},
                      "frikommune-rehab");
  const auto stub = rehab::v1::RehabService::NewStub(rehab.Connect());
  const auto request = Booking(*stub);
  grpc::ClientContext context;
  context.AddMetadata("traceparent", Traceparent());
  rehab::v1::BookAgendaItemResponse response;
  ASSERT_TRUE(stub->BookAgendaItem(&context, request, &response).ok());

  const auto booked = CallsOf(rehab);
  ASSERT_EQ(booked.size(), 2);
  EXPECT_EQ(booked[1]["trace_id"], kTrace);
  EXPECT_EQ(booked[1]["span_id"], kSpan);
  const auto asked = CallsOf(certificates);
  ASSERT_EQ(asked.size(), 1);
  EXPECT_EQ(asked[0]["grpc.method"],
            "frikommune.certificates.v1.CertificatesService/"
            "GetCertificateStatus");
  EXPECT_EQ(asked[0]["trace_id"], kTrace);
  EXPECT_NE(asked[0]["span_id"], kSpan);
}

TEST(LogTest, ALevelChangesNothingElse) {
  ServerProcess quiet({kAll, "--log-level=error"}, "frikommune-certificates");
  ServerProcess wordy({kAll, "--log-level=debug"}, "frikommune-certificates");
  const auto request = e2e::CertificateCase("municipalities/851", kUuid);
  EXPECT_TRUE(Decide(quiet, request, {}).ok());
  EXPECT_TRUE(Decide(wordy, request, {}).ok());
  constexpr char kDecided[] = "frikommune_ledger_append_seconds_count";
  EXPECT_EQ(e2e::MetricsPage::Get(quiet.metrics_address())[kDecided],
            e2e::MetricsPage::Get(wordy.metrics_address())[kDecided]);
  EXPECT_TRUE(CallsOf(quiet).empty());
  EXPECT_EQ(quiet.errors(), "");
  EXPECT_EQ(CallsOf(wordy).size(), 1);
}

// Nobody reads what the server writes. Calls are answered all the same, and
// lines are left out and counted.
TEST(LogTest, AReaderWhoIsAwayKeepsNobody) {
  constexpr int kCalls = 6000;
  ServerProcess server({kAll}, "frikommune-certificates");
  const auto stub = CertificatesService::NewStub(server.Connect());
  DecideCertificateRequest request =
      e2e::CertificateCase("municipalities/851", kUuid);
  request.set_validate_only(true);
  for (int i = 0; i < kCalls; ++i) {
    grpc::ClientContext context;
    DecideCertificateResponse response;
    ASSERT_TRUE(stub->DecideCertificate(&context, request, &response).ok());
  }
  EXPECT_GT(e2e::MetricsPage::Get(
                server.metrics_address())["frikommune_log_lines_dropped_total"],
            0);
  EXPECT_LT(CallsOf(server).size(), kCalls);
}

}  // namespace
}  // namespace frikommune
