#ifndef FRIKOMMUNE_SERVICES_REHAB_AGENDA_FIXTURE_TEST_H_
#define FRIKOMMUNE_SERVICES_REHAB_AGENDA_FIXTURE_TEST_H_

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "adapters/clock/settable_clock.h"
#include "adapters/memory/agenda_store.h"
#include "adapters/random/random_ids.h"
#include "core/error/error.h"
#include "services/rehab/agenda.h"

namespace frikommune::rehab {

using absl::StatusCode;

inline constexpr auto kSettled = certificates::v1::CERTIFICATE_STANDING_WAIVED;
inline constexpr auto kOpen = certificates::v1::CERTIFICATE_STANDING_OPEN;

// Says the same of every case, or that it cannot be asked; can hold back its
// answers.
class FakeCertificates final : public CertificateSource {
 public:
  void Ask(int municipality, absl::string_view case_id, Done done) override {
    std::optional<CertificateAnswer> answer;
    {
      absl::MutexLock lock(&mutex_);
      asked_.push_back(absl::StrCat(municipality, "/", case_id));
      if (holds_) {
        held_.push_back(std::move(done));
        return;
      }
      answer = answer_;
    }
    Tell(std::move(done), answer);
  }

  void Say(certificates::v1::CertificateStanding standing) {
    absl::MutexLock lock(&mutex_);
    answer_ = CertificateAnswer{standing, "municipalities/851/decisions/d"};
  }
  void BeAway() {
    absl::MutexLock lock(&mutex_);
    answer_.reset();
  }
  void Hold() {
    absl::MutexLock lock(&mutex_);
    holds_ = true;
  }
  void Release() {
    std::vector<Done> held;
    std::optional<CertificateAnswer> answer;
    {
      absl::MutexLock lock(&mutex_);
      holds_ = false;
      held = std::move(held_);
      answer = answer_;
    }
    for (Done& done : held) Tell(std::move(done), answer);
  }
  std::vector<std::string> asked() {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }

 private:
  static void Tell(Done done, const std::optional<CertificateAnswer>& answer) {
    if (answer.has_value()) return std::move(done)(*answer);
    std::move(done)(MakeError(
        StatusCode::kUnavailable,
        decision::v1::ERROR_REASON_CERTIFICATES_UNAVAILABLE, "", "away"));
  }

  absl::Mutex mutex_;
  std::optional<CertificateAnswer> answer_ ABSL_GUARDED_BY(mutex_) =
      CertificateAnswer{kSettled, "municipalities/851/decisions/d"};
  bool holds_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<Done> held_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> asked_ ABSL_GUARDED_BY(mutex_);
};

// A call under way, and its answer.
template <typename Request, typename Response>
struct Call {
  Request request;
  Response response;
  absl::Status status = absl::UnknownError("not answered");
  absl::Notification done;

  const absl::Status& Wait() {
    done.WaitForNotification();
    return status;
  }
};
using BookCall = Call<v1::BookAgendaItemRequest, v1::BookAgendaItemResponse>;

// Today is 2019-03-10 everywhere.
inline constexpr char kToday[] = "2019-03-10";

class AgendaTest : public testing::Test {
 protected:
  // Creates a day and returns its name.
  std::string Day(const std::string& date, int capacity = 2,
                  bool education = false,
                  const std::string& municipality = "municipalities/851") {
    v1::CreateTeamMeetingRequest request = DayRequest(date, capacity);
    request.set_municipality(municipality);
    if (education) {
      auto& member = *request.mutable_team_meeting()->add_members();
      member.set_member("person-5");
      member.set_role(v1::TEAM_ROLE_EDUCATION);
    }
    v1::CreateTeamMeetingResponse response;
    const absl::Status status = agenda_.CreateTeamMeeting(request, response);
    EXPECT_TRUE(status.ok()) << status;
    return response.team_meeting().name();
  }
  static v1::CreateTeamMeetingRequest DayRequest(const std::string& date,
                                                 int capacity) {
    v1::CreateTeamMeetingRequest request;
    request.set_municipality("municipalities/851");
    v1::TeamMeeting& meeting = *request.mutable_team_meeting();
    meeting.set_date(date);
    meeting.set_capacity(capacity);
    for (int role = v1::TEAM_ROLE_EMPLOYMENT;
         role <= v1::TEAM_ROLE_HEALTH_COORDINATOR; ++role) {
      v1::TeamMember& member = *meeting.add_members();
      member.set_member(absl::StrCat("person-", role));
      member.set_role(static_cast<v1::TeamRole>(role));
    }
    return request;
  }

  static v1::BookAgendaItemRequest BookRequest(const std::string& case_id,
                                               const std::string& day) {
    v1::BookAgendaItemRequest request;
    request.set_municipality("municipalities/851");
    request.mutable_waiting_case()->set_case_id(case_id);
    request.set_team_meeting(day);
    request.set_as_of(kToday);
    return request;
  }

  absl::StatusOr<v1::AgendaItem> Book(const v1::BookAgendaItemRequest& request,
                                      Agenda* agenda = nullptr) {
    BookCall call;
    call.request = request;
    Begin(call, agenda);
    if (!call.Wait().ok()) return call.status;
    return call.response.item();
  }
  absl::StatusOr<v1::AgendaItem> Book(const std::string& case_id,
                                      const std::string& day) {
    return Book(BookRequest(case_id, day));
  }
  void Begin(BookCall& call, Agenda* agenda = nullptr) {
    (agenda != nullptr ? *agenda : agenda_)
        .BookAgendaItem(call.request, call.response, [&](absl::Status status) {
          call.status = std::move(status);
          call.done.Notify();
        });
  }

  absl::StatusOr<v1::AgendaItem> Confirm(const std::string& name,
                                         const std::string& request_id = "") {
    Call<v1::ConfirmAgendaItemRequest, v1::ConfirmAgendaItemResponse> call;
    call.request.set_name(name);
    call.request.set_request_id(request_id);
    agenda_.ConfirmAgendaItem(call.request, call.response, [&](absl::Status s) {
      call.status = std::move(s);
      call.done.Notify();
    });
    if (!call.Wait().ok()) return call.status;
    return call.response.item();
  }

  static v1::MoveAgendaItemRequest MoveRequest(const std::string& name,
                                               const std::string& day) {
    v1::MoveAgendaItemRequest request;
    request.set_name(name);
    request.set_team_meeting(day);
    request.set_as_of(kToday);
    return request;
  }
  absl::StatusOr<v1::AgendaItem> Move(
      const v1::MoveAgendaItemRequest& request) {
    Call<v1::MoveAgendaItemRequest, v1::MoveAgendaItemResponse> call;
    call.request = request;
    agenda_.MoveAgendaItem(call.request, call.response, [&](absl::Status s) {
      call.status = std::move(s);
      call.done.Notify();
    });
    if (!call.Wait().ok()) return call.status;
    return call.response.item();
  }
  absl::StatusOr<v1::AgendaItem> Withdraw(const std::string& name,
                                          const std::string& etag = "",
                                          const std::string& id = "") {
    v1::WithdrawAgendaItemRequest request;
    request.set_name(name);
    request.set_etag(etag);
    request.set_request_id(id);
    v1::WithdrawAgendaItemResponse response;
    const absl::Status status = agenda_.WithdrawAgendaItem(request, response);
    if (!status.ok()) return status;
    return response.item();
  }
  absl::StatusOr<v1::CancelTeamMeetingResponse> Cancel(
      const std::string& name, const std::string& etag = "",
      const std::string& id = "") {
    v1::CancelTeamMeetingRequest request;
    request.set_name(name);
    request.set_etag(etag);
    request.set_request_id(id);
    v1::CancelTeamMeetingResponse response;
    const absl::Status status = agenda_.CancelTeamMeeting(request, response);
    if (!status.ok()) return status;
    return response;
  }

  v1::ListAgendaResponse List(const std::string& day = "",
                              const std::string& case_id = "",
                              int page_size = 0,
                              const std::string& token = "") {
    v1::ListAgendaRequest request;
    request.set_municipality("municipalities/851");
    request.set_team_meeting(day);
    request.set_case_id(case_id);
    request.set_page_size(page_size);
    request.set_page_token(token);
    v1::ListAgendaResponse response;
    const absl::Status status = agenda_.ListAgenda(request, response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }
  v1::ListTeamMeetingsResponse Days() {
    v1::ListTeamMeetingsRequest request;
    request.set_municipality("municipalities/851");
    v1::ListTeamMeetingsResponse response;
    const absl::Status status = agenda_.ListTeamMeetings(request, response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }
  std::string Everything() {
    return Days().DebugString() + List().DebugString();
  }

  template <typename T>
  static void ExpectRefused(const absl::StatusOr<T>& got, StatusCode code,
                            const std::string& reason,
                            const std::string& field) {
    ExpectRefused(got.status(), code, reason, field);
  }
  static void ExpectRefused(const absl::Status& status, StatusCode code,
                            const std::string& reason,
                            const std::string& field) {
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_EQ(ReasonName(ErrorInfoOf(status).reason), reason);
    EXPECT_EQ(ErrorInfoOf(status).field, field);
  }

  SettableClock clock_{absl::FromUnixSeconds(1552176000)};
  RandomIds ids_{clock_};
  MemoryAgendaStore store_;
  FakeCertificates certificates_;
  work::WorkerPool workers_{2, 1000};
  Agenda agenda_{{store_, certificates_, ids_, workers_, {810, 851}}};
};

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_SERVICES_REHAB_AGENDA_FIXTURE_TEST_H_
