#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "frikommune/certificates/v1/certificates_service.grpc.pb.h"
#include "tests/e2e/refusal.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

using namespace certificates::v1;
using namespace decision::v1;  // The states and the outcomes, by their names.
using grpc::StatusCode;

class CertificatesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    server_ = new ServerProcess({}, "frikommune-certificates");
    ASSERT_TRUE(server_->ready());
    stub_ = CertificatesService::NewStub(server_->Connect()).release();
  }
  static void TearDownTestSuite() {
    delete stub_;
    delete server_;
  }

  // A case that is waived once a leader approves (AC-55).
  static DecideCertificateRequest Waivable(const std::string& case_id) {
    DecideCertificateRequest request;
    request.set_municipality("municipalities/851");
    request.set_case_id(case_id);
    request.set_decision_date("2019-03-01");
    auto& facts = *request.mutable_rehabilitation();
    facts.set_case_type(REHABILITATION_CASE_TYPE_FLEXJOB);
    facts.set_sufficiency(SUFFICIENCY_YES);
    auto& document = *facts.add_documents();
    document.set_type(DOCUMENT_TYPE_LAE105);
    document.set_date("2019-02-01");
    request.mutable_assessment()->set_assessor("a-1");
    return request;
  }

  static grpc::Status Decide(const DecideCertificateRequest& request,
                             RecordedDecision* out) {
    grpc::ClientContext context;
    DecideCertificateResponse response;
    auto status = stub_->DecideCertificate(&context, request, &response);
    *out = response.decision();
    return status;
  }
  static Refusal RefusalTo(const DecideCertificateRequest& request) {
    RecordedDecision out;
    return RefusalOf(Decide(request, &out));
  }
  static RecordedDecision Decided(const DecideCertificateRequest& request) {
    RecordedDecision decision;
    const auto status = Decide(request, &decision);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return decision;
  }

  static grpc::Status Review(const std::string& name,
                             const std::string& reviewer, Verdict verdict,
                             const std::string& etag, RecordedDecision* out) {
    grpc::ClientContext context;
    ReviewDecisionRequest request;
    request.set_name(name);
    request.mutable_review()->set_reviewer(reviewer);
    request.mutable_review()->set_verdict(verdict);
    request.set_etag(etag);
    ReviewDecisionResponse response;
    auto status = stub_->ReviewDecision(&context, request, &response);
    *out = response.decision();
    return status;
  }
  static Refusal RefusalToReview(const std::string& name,
                                 const std::string& reviewer = "l-1",
                                 const std::string& etag = "") {
    RecordedDecision out;
    return RefusalOf(Review(name, reviewer, VERDICT_APPROVED, etag, &out));
  }

  // All that is kept, so that a refusal can be seen to change nothing.
  static std::string Kept() {
    grpc::ClientContext context;
    ListDecisionsRequest request;
    request.set_municipality("municipalities/851");
    request.set_page_size(1000);
    ListDecisionsResponse response;
    EXPECT_TRUE(stub_->ListDecisions(&context, request, &response).ok());
    return response.SerializeAsString();
  }

  static GetCertificateStatusResponse StatusOf(const std::string& case_id) {
    grpc::ClientContext context;
    GetCertificateStatusRequest request;
    request.set_municipality("municipalities/851");
    request.set_case_id(case_id);
    request.set_document(DOCUMENT_TYPE_LAE265);
    GetCertificateStatusResponse response;
    EXPECT_TRUE(stub_->GetCertificateStatus(&context, request, &response).ok());
    return response;
  }

  static ServerProcess* server_;
  static CertificatesService::Stub* stub_;
};

ServerProcess* CertificatesTest::server_;
CertificatesService::Stub* CertificatesTest::stub_;

TEST_F(CertificatesTest, ALeaderMakesAWaiverFinal) {
  const RecordedDecision waiting = Decided(Waivable("approve"));
  EXPECT_EQ(waiting.state(), DECISION_STATE_NEEDS_LEADER_REVIEW);
  EXPECT_EQ(waiting.decision().outcome(), OUTCOME_NEEDS_LEADER_REVIEW);
  EXPECT_FALSE(StatusOf("approve").settled());
  RecordedDecision reviewed;
  ASSERT_TRUE(
      Review(waiting.name(), "l-1", VERDICT_APPROVED, waiting.etag(), &reviewed)
          .ok());
  EXPECT_EQ(reviewed.state(), DECISION_STATE_FINAL);
  EXPECT_EQ(reviewed.decision().outcome(), OUTCOME_WAIVE_LAE265);
  EXPECT_TRUE(reviewed.decision().counts_as_experiment_use());
  EXPECT_GT(reviewed.decision().saving().gross_kroner(), 0);
  const auto status = StatusOf("approve");
  EXPECT_TRUE(status.settled());
  EXPECT_EQ(status.standing(), CERTIFICATE_STANDING_WAIVED);
  EXPECT_EQ(status.name(), waiting.name());

  grpc::ClientContext context;
  RenderReasonsRequest request;
  request.set_name(waiting.name());
  RenderReasonsResponse response;
  ASSERT_TRUE(stub_->RenderReasons(&context, request, &response).ok());
  EXPECT_NE(response.text().da().find("1. marts 2019"), std::string::npos);
}

TEST_F(CertificatesTest, ALeadersRejectionTurnsIt) {
  const RecordedDecision waiting = Decided(Waivable("reject"));
  RecordedDecision reviewed;
  ASSERT_TRUE(
      Review(waiting.name(), "l-1", VERDICT_REJECTED, "", &reviewed).ok());
  EXPECT_EQ(reviewed.state(), DECISION_STATE_FINAL);
  EXPECT_EQ(reviewed.decision().outcome(), OUTCOME_OBTAIN_LAE265);
  EXPECT_EQ(StatusOf("reject").standing(), CERTIFICATE_STANDING_OPEN);
}

TEST_F(CertificatesTest, AReceivedDocumentSettlesACase) {
  EXPECT_EQ(StatusOf("document").standing(), CERTIFICATE_STANDING_UNKNOWN_CASE);
  std::string first;
  for (int i = 0; i < 2; ++i) {
    grpc::ClientContext context;
    RegisterDocumentRequest request;
    request.set_municipality("municipalities/851");
    request.set_case_id("document");
    request.mutable_document()->set_type(DOCUMENT_TYPE_LAE265);
    request.mutable_document()->set_date("2019-02-01");
    request.set_request_id("one document");
    RegisterDocumentResponse response;
    ASSERT_TRUE(stub_->RegisterDocument(&context, request, &response).ok());
    if (i == 0) first = response.SerializeAsString();
    EXPECT_EQ(response.SerializeAsString(), first);
  }
  EXPECT_EQ(StatusOf("document").standing(), CERTIFICATE_STANDING_OBTAINED);
}

TEST_F(CertificatesTest, ALaterDecisionTakesThePlaceOfAnEarlier) {
  const RecordedDecision old = Decided(Waivable("supersede"));
  auto request = Waivable("supersede");
  request.set_supersedes(old.name());
  request.mutable_leader_review()->set_reviewer("l-1");
  request.mutable_leader_review()->set_verdict(VERDICT_APPROVED);
  const RecordedDecision decision = Decided(request);
  EXPECT_EQ(decision.state(), DECISION_STATE_FINAL);
  EXPECT_EQ(StatusOf("supersede").name(), decision.name());
  EXPECT_EQ(
      RefusalToReview(old.name()),
      (Refusal{StatusCode::FAILED_PRECONDITION, "STATE_CONFLICT", "name"}));
}

TEST_F(CertificatesTest, ARepeatedRequestIsAnsweredByteForByte) {
  auto request = Waivable("repeat");
  request.set_request_id("repeat");
  const std::string first = Decided(request).SerializeAsString();
  EXPECT_EQ(Decided(request).SerializeAsString(), first);
  request.set_case_id("another");
  EXPECT_EQ(RefusalTo(request), (Refusal{StatusCode::INVALID_ARGUMENT,
                                         "REQUEST_ID_REUSED", "request_id"}));
}

TEST_F(CertificatesTest, BadRequestsAreRefusedAndChangeNothing) {
  const std::string kept = Kept();
  auto request = Waivable("bad");
  request.mutable_sickness()->set_expected_weeks(10);
  EXPECT_EQ(RefusalTo(request),
            (Refusal{StatusCode::INVALID_ARGUMENT, "CONFLICT", "sickness"}));
  request = Waivable("bad");
  request.clear_rehabilitation();
  EXPECT_EQ(RefusalTo(request), (Refusal{StatusCode::INVALID_ARGUMENT,
                                         "FIELD_REQUIRED", "rehabilitation"}));
  request = Waivable("bad");
  request.mutable_rehabilitation()->mutable_documents(0)->set_date(
      "2019-03-02");
  EXPECT_EQ(RefusalTo(request),
            (Refusal{StatusCode::INVALID_ARGUMENT, "DOCUMENT_AFTER_DECISION",
                     "rehabilitation.documents[0].date"}));
  request = Waivable("bad");
  request.mutable_leader_review()->set_reviewer("a-1");
  request.mutable_leader_review()->set_verdict(VERDICT_APPROVED);
  EXPECT_EQ(RefusalTo(request),
            (Refusal{StatusCode::INVALID_ARGUMENT, "REVIEWER_IS_ASSESSOR",
                     "leader_review.reviewer"}));
  request = Waivable("010190-1234");
  EXPECT_EQ(RefusalTo(request), (Refusal{StatusCode::INVALID_ARGUMENT,
                                         "CPR_NOT_ALLOWED", "case_id"}));
  EXPECT_EQ(Kept(), kept);
}

TEST_F(CertificatesTest, ReviewsThatMayNotBeChangeNothing) {
  const RecordedDecision waiting = Decided(Waivable("review"));
  RecordedDecision final;
  const RecordedDecision other = Decided(Waivable("final"));
  ASSERT_TRUE(Review(other.name(), "l-1", VERDICT_APPROVED, "", &final).ok());
  const std::string kept = Kept();
  EXPECT_EQ(RefusalToReview(waiting.name(), "a-1"),
            (Refusal{StatusCode::INVALID_ARGUMENT, "REVIEWER_IS_ASSESSOR",
                     "review.reviewer"}));
  EXPECT_EQ(
      RefusalToReview(final.name()),
      (Refusal{StatusCode::FAILED_PRECONDITION, "STATE_CONFLICT", "name"}));
  EXPECT_EQ(RefusalToReview(final.name(), "l-1", other.etag()),
            (Refusal{StatusCode::ABORTED, "ETAG_STALE", "etag"}));
  EXPECT_EQ(RefusalToReview(
                "municipalities/851/decisions/01HF7YAT000000000000000000"),
            (Refusal{StatusCode::NOT_FOUND, "RESOURCE_UNKNOWN", "name"}));
  EXPECT_EQ(RefusalToReview("decisions/1"),
            (Refusal{StatusCode::INVALID_ARGUMENT, "NAME_INVALID", "name"}));
  std::string elsewhere = waiting.name();
  elsewhere.replace(elsewhere.find("851"), 3, "840");
  EXPECT_EQ(RefusalToReview(elsewhere),
            (Refusal{StatusCode::NOT_FOUND, "RESOURCE_UNKNOWN", "name"}));
  EXPECT_EQ(Kept(), kept);
}

TEST_F(CertificatesTest, WhatIsTooLargeIsRefused) {
  auto request = Waivable("large");
  request.set_request_id(std::string(1 << 20, 'x'));
  EXPECT_EQ(RefusalTo(request),
            (Refusal{StatusCode::RESOURCE_EXHAUSTED, "MESSAGE_TOO_LARGE", ""}));
  BatchDecideCertificatesRequest batch;
  for (int i = 0; i < 1001; ++i) *batch.add_requests() = Waivable("many");
  grpc::ClientContext context;
  BatchDecideCertificatesResponse response;
  EXPECT_EQ(
      RefusalOf(stub_->BatchDecideCertificates(&context, batch, &response)),
      (Refusal{StatusCode::INVALID_ARGUMENT, "BATCH_TOO_LARGE", "requests"}));
}

TEST_F(CertificatesTest, ABatchKeepsSomeAndOnlyDecidesOthers) {
  const std::string kept = Kept();
  BatchDecideCertificatesRequest batch;
  for (int i = 0; i < 6; ++i) {
    auto& request = *batch.add_requests();
    request = Waivable("mixed-" + std::to_string(i));
    request.set_validate_only(i % 2 == 0);
    if (i > 3) request.set_decision_date("never");
  }
  grpc::ClientContext context;
  BatchDecideCertificatesResponse response;
  ASSERT_TRUE(stub_->BatchDecideCertificates(&context, batch, &response).ok());
  ASSERT_EQ(response.results_size(), 6);
  for (int i = 0; i < 4; ++i) {
    const RecordedDecision& decision = response.results(i).decision();
    EXPECT_EQ(decision.case_id(), "mixed-" + std::to_string(i));
    EXPECT_EQ(decision.name().empty(), i % 2 == 0);
  }
  EXPECT_EQ(response.results(4).error().reason(), ERROR_REASON_DATE_INVALID);
  EXPECT_EQ(response.results(5).error().reason(), ERROR_REASON_DATE_INVALID);
  EXPECT_FALSE(response.catalog_digest().empty());
  EXPECT_NE(Kept(), kept);
}

TEST_F(CertificatesTest, ABatchAndAStreamAnswerAlike) {
  BatchDecideCertificatesRequest batch;
  batch.set_validate_only(true);
  for (int i = 0; i < 50; ++i) {
    *batch.add_requests() = Waivable(std::to_string(i));
    batch.mutable_requests(i)->set_validate_only(true);
  }
  batch.mutable_requests(7)->set_decision_date("never");
  grpc::ClientContext batch_context;
  BatchDecideCertificatesResponse response;
  ASSERT_TRUE(
      stub_->BatchDecideCertificates(&batch_context, batch, &response).ok());
  ASSERT_EQ(response.results_size(), 50);
  EXPECT_EQ(response.results(7).error().reason(), ERROR_REASON_DATE_INVALID);

  grpc::ClientContext context;
  auto stream = stub_->StreamDecisions(&context);
  for (int i = 0; i < 50; ++i) {
    StreamDecisionsRequest item;
    *item.mutable_request() = batch.requests(i);
    ASSERT_TRUE(stream->Write(item));
    StreamDecisionsResponse answer;
    ASSERT_TRUE(stream->Read(&answer));
    auto expected = response.results(i);
    if (i != 7) {
      EXPECT_EQ(answer.result().decision().case_id(), std::to_string(i));
      // A batch says its digest once.
      expected.mutable_decision()->set_catalog_digest(
          response.catalog_digest());
    }
    EXPECT_EQ(answer.result().SerializeAsString(),
              expected.SerializeAsString());
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

}  // namespace
}  // namespace frikommune::e2e
