// Fault 5: the disk is full. What is to be kept is refused with a status that
// says when to come again, what only reads goes on, and when there is space all
// is as before without a restart. Nothing that was acknowledged is lost.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "frikommune/ledger/v1/ledger_service.grpc.pb.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/refusal.h"
#include "tests/e2e/server_process.h"
#include "tests/faults/load.h"
#include "tests/faults/report.h"
#include "tests/faults/small_disk.h"
#include "tests/faults/state.h"

namespace frikommune::faults {
namespace {

using certificates::v1::CertificatesService;
using ledger::v1::LedgerService;

constexpr absl::Duration kRecoveryMax = absl::Seconds(60);
constexpr int kRefusals = 100;
constexpr int kReads = 20;
constexpr int kRateAcknowledgements = 500;
constexpr char kHome[] = "municipalities/851";
constexpr char kControl[] = "ignore-write-errors";

class DiskFullTest : public testing::TestWithParam<Engine> {
 protected:
  static std::string Fault() { return "5 full disk, " + NameOf(GetParam()); }

  void SetUp() override {
    static const absl::Status* const kMounts =
        new absl::Status(LeaveMountsOfOthers());
    if (!kMounts->ok()) GTEST_SKIP() << kMounts->message();
    disk_ = std::make_unique<SmallDisk>(Count(256, 2048));
    state_ = std::make_unique<State>(GetParam(), std::vector<std::string>(),
                                     disk_->folder());
    if (GetParam() == Engine::kPostgres) MoveTables();
  }

  // Puts what the ledger is kept in on the small disk. The log stays where it
  // was: a server that cannot write its log ends, and that is fault 2.
  void MoveTables() const {
    const std::string folder = disk_->folder() + "/tables";
    ASSERT_EQ(mkdir(folder.c_str(), 0700), 0);
    if (const passwd* user = getpwnam("postgres"); geteuid() == 0) {
      ASSERT_EQ(chown(folder.c_str(), user->pw_uid, user->pw_gid), 0);
    }
    state_->Execute("CREATE TABLESPACE small LOCATION '" + folder + "'");
    for (const char* what : {"TABLE", "INDEX"}) {
      state_->Execute(absl::StrCat("ALTER ", what,
                                   " ALL IN TABLESPACE pg_default "
                                   "SET TABLESPACE small"));
    }
  }

  void Start(const std::vector<std::string>& flags,
             const std::string& program) {
    std::vector<std::string> all = flags;
    all.push_back("--store=" + state_->store());
    service_ = std::make_unique<e2e::ServerProcess>(all, program);
    ASSERT_TRUE(service_->ready()) << service_->errors();
    target_.MoveTo(service_->grpc_address());
    load_ = std::make_unique<Load>(Load::Options{.folder = state_->folder()},
                                   std::vector<Target*>{&target_});
    ASSERT_TRUE(load_->AwaitMore(1));
  }

  // What is kept can be listed and read, and what keeps nothing is decided.
  void ExpectReads() const {
    const auto channel = service_->Connect();
    const auto ledger = LedgerService::NewStub(channel);
    const auto certificates = CertificatesService::NewStub(channel);
    for (int i = 0; i < kReads; ++i) {
      ledger::v1::ListEntriesRequest list;
      list.set_municipality(kHome);
      list.set_page_size(5);
      ledger::v1::ListEntriesResponse listed;
      grpc::ClientContext listing;
      const auto status = ledger->ListEntries(&listing, list, &listed);
      ASSERT_TRUE(status.ok()) << status.error_message();
      ASSERT_EQ(listed.entries_size(), 5);

      certificates::v1::GetDecisionRequest get;
      get.set_name(listed.entries(i % 5).subject());
      certificates::v1::GetDecisionResponse got;
      grpc::ClientContext getting;
      const auto read = certificates->GetDecision(&getting, get, &got);
      EXPECT_TRUE(read.ok()) << read.error_message();

      auto request = e2e::CertificateCase(kHome, "unkept");
      request.set_validate_only(true);
      certificates::v1::DecideCertificateResponse decided;
      grpc::ClientContext deciding;
      const auto answered =
          certificates->DecideCertificate(&deciding, request, &decided);
      EXPECT_TRUE(answered.ok()) << answered.error_message();
    }
  }

  // Keeping is refused, and the refusal is one that a machine understands.
  void ExpectRefusal() const {
    const auto stub = CertificatesService::NewStub(service_->Connect());
    certificates::v1::DecideCertificateResponse unused;
    grpc::ClientContext context;
    // Never sent by the clients, and refused, so it is not in the end.
    const auto status = stub->DecideCertificate(
        &context, e2e::CertificateCase(kHome, "refused"), &unused);
    const e2e::Refusal refusal = e2e::RefusalOf(status);
    EXPECT_TRUE((refusal == e2e::Refusal{grpc::StatusCode::RESOURCE_EXHAUSTED,
                                         "STORE_FULL", ""}) ||
                (refusal == e2e::Refusal{grpc::StatusCode::UNAVAILABLE,
                                         "STORE_UNAVAILABLE", ""}))
        << refusal << " " << status.error_message();
  }

  std::unique_ptr<SmallDisk> disk_;
  std::unique_ptr<State> state_;
  Target target_;
  std::unique_ptr<e2e::ServerProcess> service_;
  std::unique_ptr<Load> load_;
};

TEST_P(DiskFullTest, RefusesWhatIsToBeKeptReadsOnAndRecovers) {
  Line& line = LineOf(Fault());
  Start({}, "frikommune-certificates");
  const int wanted = Count(3, 30);
  for (; line.count < wanted && !HasFailure(); ++line.count) {
    const int64_t before = load_->acknowledged().count();
    const absl::Time begun = absl::Now();
    ASSERT_TRUE(load_->acknowledged().Await(before + kRateAcknowledgements));
    const double rate =
        kRateAcknowledgements / absl::ToDoubleSeconds(absl::Now() - begun);
    EXPECT_GE(rate, kLeastRate);
    line.lowest_rate = std::min(line.lowest_rate.value_or(rate), rate);

    disk_->Fill();
    ASSERT_TRUE(load_->refused().Await(load_->refused().count() + kRefusals,
                                       absl::Seconds(60)));
    ExpectRefusal();
    ExpectReads();
    const absl::Time freed = absl::Now();
    const int64_t acknowledged = load_->acknowledged().count();
    disk_->Free();
    EXPECT_TRUE(load_->acknowledged().Await(acknowledged + 1, kRecoveryMax));
    line.worst_recovery =
        std::max(line.worst_recovery.value_or(absl::ZeroDuration()),
                 absl::Now() - freed);
  }
  EXPECT_TRUE(load_->AwaitMore(100));
  load_->Stop();
  const Verdict verdict = state_->Check();
  line.Take(verdict);
  EXPECT_TRUE(verdict.Holds()) << verdict;
  // Nothing is said but that it is to be sent again.
  EXPECT_THAT(
      state_->Codes(),
      testing::IsSubsetOf({absl::StrCat(grpc::StatusCode::RESOURCE_EXHAUSTED),
                           absl::StrCat(grpc::StatusCode::UNAVAILABLE)}));
}

TEST_P(DiskFullTest, TheCheckerFindsAStoreThatIgnoresItsErrors) {
  Line& line = LineOf(Fault());
  line.control = kControl;
  Start({kControl}, "../tests/faulty-certificates");
  disk_->Fill();
  EXPECT_TRUE(load_->AwaitMore(2000));
  disk_->Free();
  load_->Stop();
  const Verdict verdict = state_->Check();
  line.control_is_red = verdict.lost > 0;
  EXPECT_GT(verdict.lost, 0) << verdict;
}

INSTANTIATE_TEST_SUITE_P(Engines, DiskFullTest,
                         testing::Values(Engine::kSqlite, Engine::kPostgres),
                         [](const auto& engine) {
                           return NameOf(engine.param);
                         });

}  // namespace
}  // namespace frikommune::faults
