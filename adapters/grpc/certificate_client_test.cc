#include "adapters/grpc/certificate_client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "core/error/error.h"

namespace frikommune::rpc {
namespace {

namespace v1 = certificates::v1;
using Answer = absl::StatusOr<CertificateAnswer>;

// Answers each call by the next line of a script, and then by its last; no
// status is no answer at all.
class FakeCertificates final : public v1::CertificatesService::CallbackService {
 public:
  using Script = std::vector<std::optional<grpc::StatusCode>>;

  explicit FakeCertificates(Script script) : script_(std::move(script)) {}

  grpc::ServerUnaryReactor* GetCertificateStatus(
      grpc::CallbackServerContext* context,
      const v1::GetCertificateStatusRequest* request,
      v1::GetCertificateStatusResponse* response) override {
    const size_t call = static_cast<size_t>(calls++);
    const auto line = script_[std::min(call, script_.size() - 1)];
    if (!line.has_value()) {
      class Silent final : public grpc::ServerUnaryReactor {
        void OnCancel() override { Finish(grpc::Status::CANCELLED); }
        void OnDone() override { delete this; }
      };
      if (!silent.HasBeenNotified()) silent.Notify();
      return new Silent();
    }
    response->set_settled(true);
    response->set_standing(v1::CERTIFICATE_STANDING_WAIVED);
    response->set_name(
        absl::StrCat(request->municipality(), "/", request->case_id(), "/",
                     v1::DocumentType_Name(request->document())));
    auto* const reactor = context->DefaultReactor();
    reactor->Finish({*line, *line == grpc::StatusCode::OK ? "" : "scripted"});
    return reactor;
  }

  std::atomic<int> calls = 0;
  absl::Notification silent;

 private:
  const Script script_;
};

constexpr auto kOk = grpc::StatusCode::OK;
constexpr auto kAway = grpc::StatusCode::UNAVAILABLE;
constexpr auto kLate = grpc::StatusCode::DEADLINE_EXCEEDED;

// A service with a script, and a client of it that waits next to nothing.
class CertificateClientTest : public testing::Test {
 protected:
  void Serve(FakeCertificates::Script script) {
    service_ = std::make_unique<FakeCertificates>(std::move(script));
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
    channel_ = CertificateChannel(absl::StrCat("127.0.0.1:", port));
  }
  ~CertificateClientTest() override {
    if (server_ != nullptr) server_->Shutdown();
  }

  static CertificateClientOptions Fast() {
    CertificateClientOptions options;
    options.attempt_deadline = absl::Seconds(20);
    options.backoff_first = absl::Microseconds(10);
    options.backoff_max = absl::Microseconds(20);
    return options;
  }

  Answer AskWith(CertificateClientOptions options) {
    CertificateClient client(channel_, std::move(options));
    Answer answer = absl::UnknownError("not answered");
    absl::Notification done;
    client.Ask(851, "case-17", [&](Answer got) {
      answer = std::move(got);
      done.Notify();
    });
    done.WaitForNotification();
    return answer;
  }

  static void ExpectAway(const Answer& answer) {
    EXPECT_EQ(answer.status().code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(ErrorInfoOf(answer.status()).reason,
              decision::v1::ERROR_REASON_CERTIFICATES_UNAVAILABLE);
  }

  std::unique_ptr<FakeCertificates> service_;
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(CertificateClientTest, AsksAboutTheCase) {
  Serve({kOk});
  const Answer answer = AskWith(Fast());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->standing, v1::CERTIFICATE_STANDING_WAIVED);
  EXPECT_EQ(answer->name, "municipalities/851/case-17/DOCUMENT_TYPE_LAE265");
  EXPECT_EQ(service_->calls, 1);
}

TEST_F(CertificateClientTest, TriesAgainWhatMayPass) {
  Serve({kAway, kLate, kOk});
  EXPECT_TRUE(AskWith(Fast()).ok());
  EXPECT_EQ(service_->calls, 3);
}

TEST_F(CertificateClientTest, GivesUpAfterTheLastAttempt) {
  Serve({kAway, kAway, kAway, kOk});
  ExpectAway(AskWith(Fast()));
  EXPECT_EQ(service_->calls, 3);
}

TEST_F(CertificateClientTest, DoesNotRepeatWhatWillNotPass) {
  for (const auto code :
       {grpc::StatusCode::INVALID_ARGUMENT, grpc::StatusCode::NOT_FOUND,
        grpc::StatusCode::INTERNAL, grpc::StatusCode::UNIMPLEMENTED,
        grpc::StatusCode::RESOURCE_EXHAUSTED,
        grpc::StatusCode::PERMISSION_DENIED}) {
    Serve({code, kOk});
    ExpectAway(AskWith(Fast()));
    EXPECT_EQ(service_->calls, 1) << code;
    server_->Shutdown();
  }
}

TEST_F(CertificateClientTest, ASilentServiceIsAway) {
  Serve({std::nullopt});
  CertificateClientOptions options = Fast();
  options.attempt_deadline = absl::Milliseconds(20);
  const absl::Time begun = absl::Now();
  ExpectAway(AskWith(options));
  EXPECT_LT(absl::Now() - begun, absl::Seconds(10));
}

TEST_F(CertificateClientTest, NobodyThereIsAway) {
  Serve({kOk});
  server_->Shutdown();
  server_.reset();
  ExpectAway(AskWith(Fast()));
  EXPECT_EQ(service_->calls, 0);
}

TEST_F(CertificateClientTest, ItsEndGivesUpAnAttempt) {
  Serve({std::nullopt});
  CertificateClientOptions options = Fast();
  options.attempt_deadline = absl::Hours(1);
  Answer answer = absl::UnknownError("not answered");
  {
    CertificateClient client(channel_, options);
    client.Ask(851, "case-17", [&](Answer got) { answer = std::move(got); });
    service_->silent.WaitForNotification();
  }
  ExpectAway(answer);
}

TEST_F(CertificateClientTest, ItsEndGivesUpABackoff) {
  Serve({kAway});
  CertificateClientOptions options = Fast();
  options.backoff_first = options.backoff_max = absl::Hours(1);
  absl::Notification backing_off;
  options.jitter = [&backing_off] {
    backing_off.Notify();
    return 0.5;
  };
  Answer answer = absl::UnknownError("not answered");
  {
    CertificateClient client(channel_, options);
    client.Ask(851, "case-17", [&](Answer got) { answer = std::move(got); });
    backing_off.WaitForNotification();
  }
  ExpectAway(answer);
}

TEST_F(CertificateClientTest, ManyAskAtOnce) {
  constexpr int kQuestions = 200;
  Serve({kAway, kLate, kOk});
  CertificateClient client(channel_, Fast());
  std::atomic<int> settled = 0;
  absl::BlockingCounter answered(kQuestions);
  for (int i = 0; i < kQuestions; ++i) {
    client.Ask(851, absl::StrCat("case-", i), [&](Answer answer) {
      if (answer.ok() && IsSettled(answer->standing)) ++settled;
      answered.DecrementCount();
    });
  }
  answered.Wait();
  EXPECT_EQ(settled, kQuestions);
  EXPECT_EQ(service_->calls, kQuestions + 2);
}

TEST(BackoffTest, DoublesUpToItsLimitAndIsHalfLeftToChance) {
  CertificateClientOptions options;
  options.backoff_first = absl::Milliseconds(50);
  options.backoff_max = absl::Milliseconds(150);
  EXPECT_EQ(BackoffBefore(1, 1, options), absl::Milliseconds(50));
  EXPECT_EQ(BackoffBefore(1, 0, options), absl::Milliseconds(25));
  EXPECT_EQ(BackoffBefore(2, 1, options), absl::Milliseconds(100));
  EXPECT_EQ(BackoffBefore(3, 1, options), absl::Milliseconds(150));
  EXPECT_EQ(BackoffBefore(1000, 0, options), absl::Milliseconds(75));
  for (int i = 0; i < 1000; ++i) {
    EXPECT_GE(RandomJitter(), 0);
    EXPECT_LE(RandomJitter(), 1);
  }
}

TEST(IsSettledTest, OnlyThreeStandingsAre) {
  EXPECT_TRUE(IsSettled(v1::CERTIFICATE_STANDING_OBTAINED));
  EXPECT_TRUE(IsSettled(v1::CERTIFICATE_STANDING_WAIVED));
  EXPECT_TRUE(IsSettled(v1::CERTIFICATE_STANDING_NOT_REQUIRED));
  EXPECT_FALSE(IsSettled(v1::CERTIFICATE_STANDING_UNSPECIFIED));
  EXPECT_FALSE(IsSettled(v1::CERTIFICATE_STANDING_OPEN));
  EXPECT_FALSE(IsSettled(v1::CERTIFICATE_STANDING_UNKNOWN_CASE));
  EXPECT_FALSE(IsSettled(static_cast<v1::CertificateStanding>(17)));
}

}  // namespace
}  // namespace frikommune::rpc
