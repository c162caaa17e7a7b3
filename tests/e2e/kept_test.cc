// What a server kept in a file is there after it was killed.

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "frikommune/certificates/v1/certificates_service.grpc.pb.h"
#include "frikommune/rehab/v1/rehab_service.grpc.pb.h"
#include "tests/e2e/refusal.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

class KeptTest : public testing::Test {
 protected:
  KeptTest() {
    if (mkdtemp(folder_.data()) == nullptr) std::abort();
  }
  ~KeptTest() override { std::filesystem::remove_all(folder_); }

  std::string StoreFlag() const {
    return "--store=sqlite:" + folder_ + "/var/state.db";
  }
  static void Kill(ServerProcess& server) {
    server.Signal(SIGKILL);
    server.Wait();
  }

  std::string folder_ = testing::TempDir() + "kept-XXXXXX";
};

TEST_F(KeptTest, ADecisionHasItsFirstAnswerAfterAKill) {
  certificates::v1::DecideCertificateRequest request;
  request.set_municipality("municipalities/851");
  request.set_case_id("case-1");
  request.set_decision_date("2019-03-01");
  request.set_request_id("request-1");
  auto& facts = *request.mutable_rehabilitation();
  facts.set_case_type(certificates::v1::REHABILITATION_CASE_TYPE_FLEXJOB);
  facts.set_sufficiency(certificates::v1::SUFFICIENCY_YES);
  auto& document = *facts.add_documents();
  document.set_type(certificates::v1::DOCUMENT_TYPE_LAE105);
  document.set_date("2019-02-01");
  request.mutable_assessment()->set_assessor("a-1");
  const auto decide = [&request](const ServerProcess& server,
                                 std::string* answer) {
    const auto stub =
        certificates::v1::CertificatesService::NewStub(server.Connect());
    grpc::ClientContext context;
    certificates::v1::DecideCertificateResponse response;
    auto status = stub->DecideCertificate(&context, request, &response);
    *answer = response.SerializeAsString();
    return status;
  };

  std::string first, second;
  {
    ServerProcess server({StoreFlag()}, "frikommune-certificates");
    ASSERT_TRUE(server.ready()) << server.errors();
    const auto status = decide(server, &first);
    ASSERT_TRUE(status.ok()) << status.error_message();
    Kill(server);
  }
  ServerProcess server({StoreFlag()}, "frikommune-certificates");
  ASSERT_TRUE(server.ready()) << server.errors();
  ASSERT_TRUE(decide(server, &second).ok());
  EXPECT_EQ(second, first);
  request.set_case_id("case-2");
  EXPECT_EQ(RefusalOf(decide(server, &second)).reason, "REQUEST_ID_REUSED");
}

TEST_F(KeptTest, APlaceOnAnAgendaIsThereAfterAKill) {
  // Nobody answers there: the item waits.
  const std::string nobody = "--certificates=127.0.0.1:1";
  rehab::v1::BookAgendaItemRequest booking;
  booking.set_municipality("municipalities/851");
  booking.set_as_of("2019-03-01");
  booking.set_request_id("book-1");
  booking.mutable_waiting_case()->set_case_id("case-1");
  const auto book = [&booking](const ServerProcess& server,
                               std::string* answer) {
    const auto stub = rehab::v1::RehabService::NewStub(server.Connect());
    grpc::ClientContext context;
    rehab::v1::BookAgendaItemResponse response;
    auto status = stub->BookAgendaItem(&context, booking, &response);
    *answer = response.SerializeAsString();
    return status;
  };
  const auto create_day = [](const ServerProcess& server) {
    const auto stub = rehab::v1::RehabService::NewStub(server.Connect());
    grpc::ClientContext context;
    rehab::v1::CreateTeamMeetingRequest request;
    request.set_municipality("municipalities/851");
    auto& day = *request.mutable_team_meeting();
    day.set_date("2019-03-13");
    day.set_capacity(2);
    for (const auto role :
         {rehab::v1::TEAM_ROLE_EMPLOYMENT, rehab::v1::TEAM_ROLE_HEALTH,
          rehab::v1::TEAM_ROLE_SOCIAL,
          rehab::v1::TEAM_ROLE_HEALTH_COORDINATOR}) {
      auto& member = *day.add_members();
      member.set_member("m-" + std::to_string(role));
      member.set_role(role);
    }
    rehab::v1::CreateTeamMeetingResponse response;
    return stub->CreateTeamMeeting(&context, request, &response);
  };

  std::string first, second;
  {
    ServerProcess server({StoreFlag(), nobody}, "frikommune-rehab");
    ASSERT_TRUE(server.ready()) << server.errors();
    const auto created = create_day(server);
    ASSERT_TRUE(created.ok()) << created.error_message();
    const auto status = book(server, &first);
    ASSERT_TRUE(status.ok()) << status.error_message();
    Kill(server);
  }
  ServerProcess server({StoreFlag(), nobody}, "frikommune-rehab");
  ASSERT_TRUE(server.ready()) << server.errors();
  ASSERT_TRUE(book(server, &second).ok());
  EXPECT_EQ(second, first);
  booking.set_request_id("book-2");
  EXPECT_EQ(RefusalOf(book(server, &second)).reason, "ALREADY_ON_AGENDA");
}

TEST_F(KeptTest, AStoreThatCannotBeUsedStopsTheStart) {
  ServerProcess server({"--store=sqlite:/dev/null/state.db"},
                       "frikommune-certificates");
  EXPECT_FALSE(server.ready());
  EXPECT_EQ(server.Wait(), 1);
  EXPECT_NE(server.errors().find("/dev/null"), std::string::npos);
}

}  // namespace
}  // namespace frikommune::e2e
