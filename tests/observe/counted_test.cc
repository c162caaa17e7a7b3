// Counters go up by exactly what was decided.

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/metrics_page.h"
#include "tests/e2e/server_process.h"

namespace frikommune {
namespace {

using certificates::v1::CertificatesService;
using certificates::v1::DecideCertificateRequest;
using certificates::v1::DecideCertificateResponse;
using e2e::MetricsPage;
using e2e::ServerProcess;
using scheduling::v1::SchedulingService;

// The sum of every series of a name.
double Sum(const MetricsPage& page, const std::string& name) {
  double sum = 0;
  for (const auto& [series, value] : page.Of(name)) sum += value;
  return sum;
}

class CountedCertificatesTest : public testing::Test {
 protected:
  CountedCertificatesTest()
      : stub_(CertificatesService::NewStub(server_.Connect())) {}

  MetricsPage Page() const {
    return MetricsPage::Get(server_.metrics_address());
  }

  grpc::Status Decide(const DecideCertificateRequest& request) {
    grpc::ClientContext context;
    return stub_->DecideCertificate(&context, request, &response_);
  }

  const ServerProcess server_{{}, "frikommune-certificates"};
  const std::unique_ptr<CertificatesService::Stub> stub_;
  DecideCertificateResponse response_;
};

// Aalborg leaves LÆ265 out, with a leader's review.
DecideCertificateRequest Waivable(const std::string& id) {
  return e2e::CertificateCase("municipalities/851", id);
}

TEST_F(CountedCertificatesTest, AUseOnceALeaderHasApproved) {
  constexpr char kLabels[] = "{experiment=\"E02\",municipality=\"851\"";
  ASSERT_TRUE(Decide(Waivable("r-1")).ok());
  EXPECT_EQ(response_.decision().state(),
            decision::v1::DECISION_STATE_NEEDS_LEADER_REVIEW);
  EXPECT_EQ(Sum(Page(), "frikommune_experiment_uses_total"), 0);

  certificates::v1::ReviewDecisionRequest review;
  review.set_name(response_.decision().name());
  review.mutable_review()->set_reviewer("l-1");
  review.mutable_review()->set_verdict(decision::v1::VERDICT_APPROVED);
  grpc::ClientContext context;
  certificates::v1::ReviewDecisionResponse reviewed;
  ASSERT_TRUE(stub_->ReviewDecision(&context, review, &reviewed).ok());
  const decision::v1::Saving& saving = reviewed.decision().decision().saving();
  ASSERT_GT(saving.gross_kroner(), 0);
  ASSERT_GE(saving.net_kroner(), 0);

  const MetricsPage page = Page();
  EXPECT_EQ(Sum(page, "frikommune_experiment_uses_total"), 1);
  EXPECT_EQ(
      page[absl::StrCat("frikommune_experiment_uses_total", kLabels, "}")], 1);
  EXPECT_EQ(page[absl::StrCat("frikommune_certificates_not_obtained_total",
                              kLabels, "}")],
            1);
  EXPECT_EQ(page[absl::StrCat("frikommune_savings_kroner_total{experiment="
                              "\"E02\",kind=\"gross\",municipality=\"851\"}")],
            saving.gross_kroner());
  EXPECT_EQ(page[absl::StrCat("frikommune_savings_kroner_total{experiment="
                              "\"E02\",kind=\"net\",municipality=\"851\"}")],
            saving.net_kroner());
}

TEST_F(CountedCertificatesTest, HowRequestsWereTaken) {
  constexpr int kNew = 7;
  for (int i = 0; i < kNew; ++i) {
    ASSERT_TRUE(Decide(Waivable(absl::StrCat("r-", i))).ok());
  }
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Decide(Waivable("r-0")).ok());
  DecideCertificateRequest other = Waivable("r-0");
  other.set_case_id("case-other");
  EXPECT_FALSE(Decide(other).ok());
  DecideCertificateRequest refused = Waivable("r-x");
  refused.set_municipality("municipalities/999");
  EXPECT_FALSE(Decide(refused).ok());

  const MetricsPage page = Page();
  EXPECT_EQ(page["frikommune_idempotency_total{result=\"new\"}"], kNew);
  EXPECT_EQ(page["frikommune_idempotency_total{result=\"replay\"}"], 3);
  EXPECT_EQ(page["frikommune_idempotency_total{result=\"conflict\"}"], 1);
  EXPECT_EQ(Sum(page, "frikommune_decisions_total"), kNew);
  constexpr char kService[] = "frikommune.certificates.v1.CertificatesService";
  EXPECT_EQ(page[e2e::Handled("unary", kService, "DecideCertificate", "OK")],
            kNew + 3);
  EXPECT_EQ(page[absl::StrCat("grpc_server_request_bytes_count{grpc_service=\"",
                              kService, "\"}")],
            kNew + 5);
  EXPECT_EQ(
      page[absl::StrCat("grpc_server_response_bytes_count{grpc_service=\"",
                        kService, "\"}")],
      kNew + 3);
}

TEST(CountedLedgerTest, WhatWasWritten) {
  std::string folder = testing::TempDir() + "ledger-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const ServerProcess server({"--store=sqlite:" + folder + "/c.db"},
                             "frikommune-certificates");
  constexpr int kEntries = 5;
  for (int i = 0; i < kEntries; ++i) {
    ASSERT_TRUE(e2e::KeepCertificateCase(server, "municipalities/851",
                                         absl::StrCat("r-", i))
                    .ok());
  }
  const MetricsPage page = MetricsPage::Get(server.metrics_address());
  EXPECT_EQ(page["frikommune_ledger_append_seconds_count"], kEntries);
  EXPECT_EQ(page["frikommune_ledger_batch_rows_sum"], kEntries);
  EXPECT_EQ(page["frikommune_ledger_queue_depth"], 0);
  EXPECT_EQ(page["frikommune_ledger_queue_limit"], 4096);
  EXPECT_EQ(page["frikommune_ledger_oldest_waiting_seconds"], 0);
  EXPECT_EQ(
      page["db_client_operation_duration_seconds_count{db_operation_name="
           "\"ledger.append\",db_system_name=\"sqlite\",error_type=\"\"}"],
      kEntries);
  EXPECT_EQ(page["db_client_operation_duration_seconds_count{db_operation_name="
                 "\"catalog.keep\",db_system_name=\"sqlite\",error_type=\"\"}"],
            1);
  EXPECT_EQ(page["db_client_connection_max"], 6);
  EXPECT_EQ(page["db_client_connection_count{state=\"idle\"}"], 6);
  EXPECT_GT(page["frikommune_sqlite_wal_bytes"], 0);
  EXPECT_EQ(page.Of("frikommune_schema_version_info").size(), 1);
  std::filesystem::remove_all(folder);
}

class CountedSchedulingTest : public testing::Test {
 protected:
  static scheduling::v1::ContactCourse Course() {
    scheduling::v1::ContactCourse course;
    course.set_target_group(decision::v1::TARGET_GROUP_INSURED_UNEMPLOYED);
    course.set_unemployment_start("2019-01-07");
    return course;
  }

  const ServerProcess server_;
  const std::unique_ptr<SchedulingService::Stub> stub_ =
      SchedulingService::NewStub(server_.Connect());
};

TEST_F(CountedSchedulingTest, TheDutiesOfPlansAndTheMessagesOfAStream) {
  constexpr int kMessages = 4;
  scheduling::v1::StreamContactPlansRequest request;
  request.mutable_request()->set_municipality("municipalities/851");
  request.mutable_request()->set_as_of("2019-03-01");
  *request.mutable_request()->mutable_course() = Course();
  grpc::ClientContext context;
  const auto stream = stub_->StreamContactPlans(&context);
  std::map<std::string, double> expected;
  double duties = 0;
  for (int i = 0; i < kMessages; ++i) {
    ASSERT_TRUE(stream->Write(request));
    scheduling::v1::StreamContactPlansResponse response;
    ASSERT_TRUE(stream->Read(&response));
    duties += response.result().plan().duties_size();
    for (const auto& duty : response.result().plan().duties()) {
      if (duty.here().status() == scheduling::v1::DUTY_STATUS_OVERDUE) {
        ++expected["overdue"];
      }
      if (duty.here().status() == scheduling::v1::DUTY_STATUS_UPCOMING) {
        ++expected["upcoming"];
      }
    }
  }
  stream->WritesDone();
  ASSERT_TRUE(stream->Finish().ok());
  ASSERT_GT(duties, 0);

  const MetricsPage page = MetricsPage::Get(server_.metrics_address());
  EXPECT_EQ(Sum(page, "frikommune_duties_total"), duties);
  for (const auto& [status, count] : expected) {
    EXPECT_EQ(page[absl::StrCat("frikommune_duties_total{municipality=\"851\","
                                "status=\"",
                                status, "\"}")],
              count);
  }
  EXPECT_EQ(Sum(page, "grpc_server_msg_received_total"), kMessages);
  EXPECT_EQ(Sum(page, "grpc_server_msg_sent_total"), kMessages);
  EXPECT_EQ(Sum(page, "frikommune_experiment_uses_total"), 0);
}

TEST_F(CountedSchedulingTest, AUseForEachMeetingJudgedByAnExperiment) {
  scheduling::v1::AssessMeetingRequest request;
  request.set_municipality("municipalities/851");
  *request.mutable_course() = Course();
  request.mutable_meeting()->set_kind(
      scheduling::v1::MEETING_KIND_JOINT_MEETING);
  request.mutable_meeting()->set_ordinal(1);
  request.mutable_meeting()->set_date("2019-02-25");
  for (int i = 0; i < 2; ++i) {
    grpc::ClientContext context;
    scheduling::v1::AssessMeetingResponse response;
    ASSERT_TRUE(stub_->AssessMeeting(&context, request, &response).ok());
  }
  const MetricsPage page = MetricsPage::Get(server_.metrics_address());
  EXPECT_EQ(page["frikommune_experiment_uses_total{experiment=\"E01\","
                 "municipality=\"851\"}"],
            2);
  EXPECT_EQ(Sum(page, "frikommune_experiment_uses_total"), 2);
}

}  // namespace
}  // namespace frikommune
