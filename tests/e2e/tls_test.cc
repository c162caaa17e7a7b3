#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "frikommune/catalog/v1/catalog_service.grpc.pb.h"
#include "frikommune/rehab/v1/rehab_service.grpc.pb.h"
#include "tests/e2e/metrics_page.h"
#include "tests/e2e/server_health.h"
#include "tests/e2e/server_process.h"
#include "tests/tls/certificate_maker.h"

namespace frikommune::e2e {
namespace {

using grpc::health::v1::HealthCheckResponse;
using testing::HasSubstr;
using tests::CertificateMaker;
using tests::Issued;

// How long a server may take to see that a file was exchanged.
constexpr absl::Duration kPatience = absl::Seconds(20);
// Longer than from one look to the next.
constexpr absl::Duration kTwoLooks = absl::Milliseconds(2200);

class TlsTest : public testing::Test {
 protected:
  TlsTest() { std::filesystem::create_directories(folder_); }
  ~TlsTest() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const {
    return absl::StrCat(folder_, "/", name);
  }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name) + ".new") << text;
    std::filesystem::rename(Path(name) + ".new", Path(name));
  }
  void Write(const Issued& issued) const {
    Write("cert", issued.certificate);
    Write("key", issued.key);
  }
  std::vector<std::string> Flags(bool mutual) const {
    std::vector<std::string> flags = {"--tls-certificate=" + Path("cert"),
                                      "--tls-key=" + Path("key")};
    if (mutual) flags.push_back("--tls-client-ca=" + Path("client-ca"));
    return flags;
  }

  // Whether a new connection is answered: of who believes `believed` and shows
  // `shown`.
  static bool Answers(const ServerProcess& server, const std::string& believed,
                      const Issued& shown = {}) {
    grpc::ChannelArguments own;
    own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return Answers(grpc::CreateCustomChannel(
        server.grpc_address(),
        grpc::SslCredentials({believed, shown.key, shown.certificate}), own));
  }
  static bool Answers(const std::shared_ptr<grpc::Channel>& channel) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(10));
    catalog::v1::GetCatalogResponse response;
    return catalog::v1::CatalogService::NewStub(channel)
        ->GetCatalog(&context, {}, &response)
        .ok();
  }

  const std::string folder_ =
      absl::StrCat(testing::TempDir(), "tls-", getpid());
  const CertificateMaker ours_{"ours"};
  const CertificateMaker theirs_{"theirs"};
};

TEST_F(TlsTest, AnswersWhoBelievesIt) {
  const Issued issued = ours_.Issue("server");
  Write(issued);
  const ServerProcess server(Flags(false));
  ASSERT_TRUE(server.ready());
  EXPECT_TRUE(Answers(server, ours_.certificate()));
  EXPECT_FALSE(Answers(server, theirs_.certificate()));
  // Plaintext is for operators alone.
  EXPECT_FALSE(Answers(server.Connect()));
  EXPECT_EQ(HealthOf(server.admin_address(), "readiness"),
            HealthCheckResponse::SERVING);
}

TEST_F(TlsTest, MutuallyOnlyWhoIsVouchedFor) {
  Write(ours_.Issue("server"));
  Write("client-ca", theirs_.certificate());
  const ServerProcess server(Flags(true));
  ASSERT_TRUE(server.ready());
  const std::string& believed = ours_.certificate();
  EXPECT_TRUE(Answers(server, believed, theirs_.Issue("caller")));
  EXPECT_FALSE(Answers(server, believed));
  EXPECT_FALSE(Answers(server, believed, ours_.Issue("caller")));
  EXPECT_FALSE(Answers(server, believed,
                       theirs_.Issue("late", absl::Now() - absl::Hours(2),
                                     absl::Now() - absl::Hours(1))));
}

TEST_F(TlsTest, ExchangesItsCertificateWithoutARestart) {
  const absl::Time soon =
      absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()) + 3600);
  constexpr char kUntil[] =
      "frikommune_x509_not_after_timestamp_seconds{use=\"server\"}";
  Write(ours_.Issue("first", absl::Now() - absl::Hours(1), soon));
  const ServerProcess server(Flags(false));
  ASSERT_TRUE(server.ready());
  EXPECT_EQ(WaitFor(server.metrics_address(), kUntil,
                    static_cast<double>(absl::ToUnixSeconds(soon))),
            absl::ToUnixSeconds(soon));
  const auto connected =
      grpc::CreateChannel(server.grpc_address(),
                          grpc::SslCredentials({ours_.certificate(), "", ""}));
  ASSERT_TRUE(Answers(connected));

  // Nonsense is not taken, however often it is looked at.
  Write("cert", "nonsense");
  const absl::Time looked = absl::Now() + kTwoLooks;
  do {
    EXPECT_TRUE(Answers(server, ours_.certificate()));
  } while (absl::Now() < looked);

  // One by another authority is, and who is connected stays so.
  const absl::Time later = soon + absl::Hours(1);
  Write(theirs_.Issue("second", absl::Now() - absl::Hours(1), later));
  const absl::Time end = absl::Now() + kPatience;
  while (!Answers(server, theirs_.certificate()) && absl::Now() < end) {
  }
  EXPECT_TRUE(Answers(server, theirs_.certificate()));
  EXPECT_FALSE(Answers(server, ours_.certificate()));
  EXPECT_TRUE(Answers(connected));
  EXPECT_EQ(WaitFor(server.metrics_address(), kUntil,
                    static_cast<double>(absl::ToUnixSeconds(later))),
            absl::ToUnixSeconds(later));
}

TEST_F(TlsTest, DoesNotStartWithWhatIsBad) {
  const auto errors_of_start = [this] {
    ServerProcess server(Flags(false));
    EXPECT_FALSE(server.ready());
    EXPECT_EQ(server.Wait(), 1);
    return server.errors();
  };
  EXPECT_THAT(errors_of_start(), HasSubstr(Path("cert")));
  Write(ours_.Issue("late", absl::Now() - absl::Hours(2),
                    absl::Now() - absl::Hours(1)));
  EXPECT_THAT(errors_of_start(), HasSubstr("expired"));
  Write("key", ours_.Issue("other").key);
  EXPECT_THAT(errors_of_start(), HasSubstr("key"));
}

// Rehab asks certificates over mutual TLS, and goes on when both change.
TEST_F(TlsTest, RehabAsksCertificatesSo) {
  namespace v1 = rehab::v1;
  Write(ours_.Issue("certificates"));
  Write("client-ca", theirs_.certificate());
  const ServerProcess certificates(Flags(true), "frikommune-certificates");
  ASSERT_TRUE(certificates.ready());
  const Issued shown = theirs_.Issue("rehab");
  Write("rehab-cert", shown.certificate);
  Write("rehab-key", shown.key);
  Write("ca", ours_.certificate());
  const ServerProcess rehab(
      {"--certificates=" + certificates.grpc_address(),
       "--certificates-ca=" + Path("ca"),
       "--certificates-client-certificate=" + Path("rehab-cert"),
       "--certificates-client-key=" + Path("rehab-key")},
      "frikommune-rehab");
  ASSERT_TRUE(rehab.ready());
  const auto stub = v1::RehabService::NewStub(rehab.Connect());

  v1::CreateTeamMeetingRequest create;
  create.set_municipality("municipalities/851");
  create.mutable_team_meeting()->set_date("2019-03-13");
  create.mutable_team_meeting()->set_capacity(100);
  for (const v1::TeamRole role :
       {v1::TEAM_ROLE_EMPLOYMENT, v1::TEAM_ROLE_HEALTH, v1::TEAM_ROLE_SOCIAL,
        v1::TEAM_ROLE_HEALTH_COORDINATOR}) {
    auto& member = *create.mutable_team_meeting()->add_members();
    member.set_member(absl::StrCat("m-", role));
    member.set_role(role);
  }
  grpc::ClientContext creating;
  v1::CreateTeamMeetingResponse created;
  ASSERT_TRUE(stub->CreateTeamMeeting(&creating, create, &created).ok());

  v1::BookAgendaItemRequest book;
  book.set_municipality("municipalities/851");
  book.mutable_waiting_case()->set_case_id("case");
  book.set_as_of("2019-03-01");
  grpc::ClientContext booking;
  v1::BookAgendaItemResponse booked;
  ASSERT_TRUE(stub->BookAgendaItem(&booking, book, &booked).ok());
  // It was asked, and says that nothing is settled.
  EXPECT_EQ(booked.item().state(), v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN);

  // The next certificate is by another authority, which rehab learns of.
  Write(theirs_.Issue("certificates"));
  Write("ca", theirs_.certificate());
  const auto asks_again = [&] {
    v1::ConfirmAgendaItemRequest request;
    request.set_name(booked.item().name());
    grpc::ClientContext context;
    v1::ConfirmAgendaItemResponse response;
    return stub->ConfirmAgendaItem(&context, request, &response).error_code() !=
           grpc::StatusCode::UNAVAILABLE;
  };
  const absl::Time begun = absl::Now();
  bool asked = asks_again();
  while (absl::Now() < begun + kTwoLooks ||
         (!asked && absl::Now() < begun + kPatience)) {
    asked = asks_again();
  }
  EXPECT_TRUE(asked);
}

TEST_F(TlsTest, WhoShowsACertificateKnowsWhomToBelieve) {
  ServerProcess rehab({"--certificates=127.0.0.1:1",
                       "--certificates-client-certificate=" + Path("cert")},
                      "frikommune-rehab");
  EXPECT_EQ(rehab.Wait(), 2);
  EXPECT_THAT(rehab.errors(), HasSubstr("--certificates-ca"));
}

}  // namespace
}  // namespace frikommune::e2e
