#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <optional>
#include <string>

#include "frikommune/certificates/v1/certificates_service.grpc.pb.h"
#include "frikommune/rehab/v1/rehab_service.grpc.pb.h"
#include "tests/e2e/refusal.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

using namespace rehab::v1;
using namespace decision::v1;  // The states and the outcomes, by their names.
using grpc::StatusCode;

class RehabTest : public testing::Test {
 protected:
  RehabTest() {
    certificates_.emplace(std::vector<std::string>{},
                          "frikommune-certificates");
    certificates_at_ = certificates_->grpc_address();
    rehab_.emplace(
        std::vector<std::string>{"--certificates=" + certificates_at_},
        "frikommune-rehab");
    stub_ = RehabService::NewStub(rehab_->Connect());
  }

  void SetUp() override {
    ASSERT_TRUE(certificates_->ready());
    ASSERT_TRUE(rehab_->ready());
  }

  // The first programme, and only a labour-market effort: exempt once a leader
  // approves (AC-67).
  static RouteCaseRequest Exemptable(const std::string& case_id) {
    RouteCaseRequest request;
    request.set_municipality("municipalities/851");
    request.set_case_id(case_id);
    request.set_decision_date("2019-03-01");
    auto& facts = *request.mutable_presentation();
    facts.set_case_type(PRESENTATION_CASE_TYPE_JOB_CLARIFICATION);
    facts.set_transition_date("2019-03-01");
    facts.set_programme_ordinal(1);
    facts.set_needs_only_labour_market_effort(true);
    facts.set_citizen_asks_for_team(false);
    facts.set_individual_plan_exists(true);
    request.mutable_assessment()->set_assessor("a-1");
    return request;
  }

  grpc::Status Route(const RouteCaseRequest& request, RecordedDecision* out) {
    grpc::ClientContext context;
    RouteCaseResponse response;
    auto status = stub_->RouteCase(&context, request, &response);
    *out = response.decision();
    return status;
  }

  grpc::Status Review(const std::string& name, const std::string& reviewer,
                      Verdict verdict, RecordedDecision* out) {
    grpc::ClientContext context;
    ReviewDecisionRequest request;
    request.set_name(name);
    request.mutable_review()->set_reviewer(reviewer);
    request.mutable_review()->set_verdict(verdict);
    ReviewDecisionResponse response;
    auto status = stub_->ReviewDecision(&context, request, &response);
    *out = response.decision();
    return status;
  }

  TeamMeeting CreateDay(const std::string& date, int capacity) {
    grpc::ClientContext context;
    CreateTeamMeetingRequest request;
    request.set_municipality("municipalities/851");
    auto& day = *request.mutable_team_meeting();
    day.set_date(date);
    day.set_capacity(capacity);
    for (const TeamRole role :
         {TEAM_ROLE_EMPLOYMENT, TEAM_ROLE_HEALTH, TEAM_ROLE_SOCIAL,
          TEAM_ROLE_HEALTH_COORDINATOR}) {
      auto& member = *day.add_members();
      member.set_member("m-" + std::to_string(role));
      member.set_role(role);
    }
    CreateTeamMeetingResponse response;
    auto status = stub_->CreateTeamMeeting(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.team_meeting();
  }

  grpc::Status Book(const std::string& case_id, const std::string& day,
                    AgendaItem* out) {
    grpc::ClientContext context;
    BookAgendaItemRequest request;
    request.set_municipality("municipalities/851");
    request.mutable_waiting_case()->set_case_id(case_id);
    request.set_team_meeting(day);
    request.set_as_of("2019-03-01");
    BookAgendaItemResponse response;
    auto status = stub_->BookAgendaItem(&context, request, &response);
    *out = response.item();
    return status;
  }
  Refusal RefusalToBook(const std::string& case_id, const std::string& day) {
    AgendaItem item;
    return RefusalOf(Book(case_id, day, &item));
  }

  grpc::Status Confirm(const std::string& name, AgendaItem* out) {
    grpc::ClientContext context;
    ConfirmAgendaItemRequest request;
    request.set_name(name);
    ConfirmAgendaItemResponse response;
    auto status = stub_->ConfirmAgendaItem(&context, request, &response);
    *out = response.item();
    return status;
  }

  void ReceiveLae265(const std::string& case_id) {
    grpc::ClientContext context;
    certificates::v1::RegisterDocumentRequest request;
    request.set_municipality("municipalities/851");
    request.set_case_id(case_id);
    request.mutable_document()->set_type(
        certificates::v1::DOCUMENT_TYPE_LAE265);
    request.mutable_document()->set_date("2019-02-01");
    certificates::v1::RegisterDocumentResponse response;
    EXPECT_TRUE(
        certificates::v1::CertificatesService::NewStub(certificates_->Connect())
            ->RegisterDocument(&context, request, &response)
            .ok());
  }

  // All that is kept, so that a refusal can be seen to change nothing.
  std::string Kept() {
    grpc::ClientContext decisions_context;
    ListDecisionsRequest decisions;
    decisions.set_municipality("municipalities/851");
    ListDecisionsResponse kept;
    EXPECT_TRUE(
        stub_->ListDecisions(&decisions_context, decisions, &kept).ok());
    grpc::ClientContext agenda_context;
    ListAgendaRequest agenda;
    agenda.set_municipality("municipalities/851");
    ListAgendaResponse items;
    EXPECT_TRUE(stub_->ListAgenda(&agenda_context, agenda, &items).ok());
    return kept.SerializeAsString() + items.SerializeAsString();
  }

  std::optional<ServerProcess> certificates_;
  std::string certificates_at_;
  std::optional<ServerProcess> rehab_;
  std::unique_ptr<RehabService::Stub> stub_;
};

TEST_F(RehabTest, ALeaderExemptsOrPresents) {
  for (const auto& [verdict, outcome] :
       {std::pair(VERDICT_APPROVED, OUTCOME_EXEMPT),
        std::pair(VERDICT_REJECTED, OUTCOME_PRESENT_TO_TEAM)}) {
    RecordedDecision waiting;
    ASSERT_TRUE(Route(Exemptable("case"), &waiting).ok());
    EXPECT_EQ(waiting.state(), DECISION_STATE_NEEDS_LEADER_REVIEW);
    RecordedDecision reviewed;
    ASSERT_TRUE(Review(waiting.name(), "l-1", verdict, &reviewed).ok());
    EXPECT_EQ(reviewed.state(), DECISION_STATE_FINAL);
    EXPECT_EQ(reviewed.decision().outcome(), outcome);
  }
}

TEST_F(RehabTest, AnExtensionIsDecidedAndConfirmed) {
  grpc::ClientContext context;
  DecideExtensionRequest request;
  request.set_municipality("municipalities/849");
  request.set_decision_date("2018-07-01");
  request.set_case_id("extension");
  auto& facts = *request.mutable_extension();
  facts.set_last_day_of_grant("2018-08-31");
  facts.set_citizen_wants_extension(false);
  DecideExtensionResponse response;
  ASSERT_TRUE(stub_->DecideExtension(&context, request, &response).ok());
  const RecordedDecision& proposal = response.decision();
  EXPECT_EQ(proposal.decision().outcome(), OUTCOME_PRESENT_TO_TEAM);
  EXPECT_EQ(proposal.state(), DECISION_STATE_PROPOSED);
  RecordedDecision confirmed;
  ASSERT_TRUE(
      Review(proposal.name(), "p-1", VERDICT_APPROVED, &confirmed).ok());
  EXPECT_EQ(confirmed.state(), DECISION_STATE_FINAL);
}

TEST_F(RehabTest, BadRequestsAreRefusedAndChangeNothing) {
  const std::string kept = Kept();
  RecordedDecision out;
  RouteCaseRequest request = Exemptable("bad");
  request.mutable_presentation()->set_programme_ordinal(0);
  EXPECT_EQ(RefusalOf(Route(request, &out)),
            (Refusal{StatusCode::INVALID_ARGUMENT, "VALUE_OUT_OF_RANGE",
                     "presentation.programme_ordinal"}));
  request = Exemptable("bad");
  request.mutable_presentation()->clear_transition_date();
  EXPECT_EQ(RefusalOf(Route(request, &out)),
            (Refusal{StatusCode::INVALID_ARGUMENT, "FIELD_REQUIRED",
                     "presentation.transition_date"}));
  request = Exemptable("bad");
  request.mutable_leader_review()->set_reviewer("a-1");
  request.mutable_leader_review()->set_verdict(VERDICT_APPROVED);
  EXPECT_EQ(RefusalOf(Route(request, &out)),
            (Refusal{StatusCode::INVALID_ARGUMENT, "REVIEWER_IS_ASSESSOR",
                     "leader_review.reviewer"}));
  EXPECT_EQ(RefusalOf(Review(
                "municipalities/851/decisions/01HF7YAT000000000000000000",
                "l-1", VERDICT_APPROVED, &out)),
            (Refusal{StatusCode::NOT_FOUND, "RESOURCE_UNKNOWN", "name"}));
  EXPECT_EQ(Kept(), kept);
}

TEST_F(RehabTest, ADayThatIsFullPastOrCancelledIsRefused) {
  const TeamMeeting full = CreateDay("2019-03-13", 1);
  const TeamMeeting past = CreateDay("2019-02-28", 1);
  const TeamMeeting cancelled = CreateDay("2019-03-20", 1);
  const TeamMeeting open = CreateDay("2019-03-27", 1);
  grpc::ClientContext stale_context;
  CancelTeamMeetingRequest cancel;
  cancel.set_name(cancelled.name());
  cancel.set_etag("stale");
  CancelTeamMeetingResponse response;
  EXPECT_EQ(
      RefusalOf(stub_->CancelTeamMeeting(&stale_context, cancel, &response)),
      (Refusal{StatusCode::ABORTED, "ETAG_STALE", "etag"}));
  cancel.set_etag(cancelled.etag());
  grpc::ClientContext context;
  ASSERT_TRUE(stub_->CancelTeamMeeting(&context, cancel, &response).ok());
  AgendaItem item;
  ASSERT_TRUE(Book("first", full.name(), &item).ok());

  const std::string kept = Kept();
  const auto refused = [](const char* reason) {
    return Refusal{StatusCode::FAILED_PRECONDITION, reason, "team_meeting"};
  };
  EXPECT_EQ(RefusalToBook("second", full.name()), refused("MEETING_DAY_FULL"));
  EXPECT_EQ(RefusalToBook("second", past.name()), refused("MEETING_DAY_PAST"));
  EXPECT_EQ(RefusalToBook("second", cancelled.name()),
            refused("MEETING_DAY_CANCELLED"));
  EXPECT_EQ(RefusalToBook("first", open.name()),
            (Refusal{StatusCode::ALREADY_EXISTS, "ALREADY_ON_AGENDA",
                     "waiting_case.case_id"}));
  EXPECT_EQ(Kept(), kept);
}

TEST_F(RehabTest, AnItemIsConfirmedOnlyWhenCertificatesSaysSo) {
  CreateDay("2019-03-13", 5);
  AgendaItem item;
  ASSERT_TRUE(Book("open", "", &item).ok());
  EXPECT_EQ(item.state(), AGENDA_ITEM_STATE_CERTIFICATE_OPEN);
  EXPECT_EQ(item.date(), "2019-03-13");
  ReceiveLae265("open");
  ASSERT_TRUE(Confirm(item.name(), &item).ok());
  EXPECT_EQ(item.state(), AGENDA_ITEM_STATE_CONFIRMED);
  EXPECT_FALSE(item.certificate().empty());
}

TEST_F(RehabTest, NothingIsConfirmedOrLostWhileCertificatesIsAway) {
  CreateDay("2019-03-13", 5);
  certificates_->Signal(SIGTERM);
  EXPECT_EQ(certificates_->Wait(), 0);
  AgendaItem item;
  ASSERT_TRUE(Book("away", "", &item).ok());
  EXPECT_EQ(item.state(), AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE);
  AgendaItem out;
  EXPECT_EQ(RefusalOf(Confirm(item.name(), &out)),
            (Refusal{StatusCode::UNAVAILABLE, "CERTIFICATES_UNAVAILABLE", ""}));

  certificates_.emplace(
      std::vector<std::string>{"--listen=" + certificates_at_},
      "frikommune-certificates");
  ASSERT_TRUE(certificates_->ready()) << certificates_->errors();
  ReceiveLae265("away");
  // The connection is tried again after a while; so does a caller.
  grpc::Status status;
  for (int attempt = 0; attempt < 30; ++attempt) {
    status = Confirm(item.name(), &out);
    if (status.error_code() != StatusCode::UNAVAILABLE) break;
  }
  ASSERT_TRUE(status.ok()) << status.error_message();
  item = out;
  EXPECT_EQ(item.state(), AGENDA_ITEM_STATE_CONFIRMED);
}

}  // namespace
}  // namespace frikommune::e2e
