// Fault 7: of what a service does with its database, each call fails once: it
// is not made, or made and not answered, or nothing works from then on. What is
// asked is then done whole or not at all, the caller is told to send it again,
// and who does gets one effect.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/clock/system_clock.h"
#include "adapters/files/catalog_files.h"
#include "adapters/random/random_ids.h"
#include "adapters/stores/open_stores.h"
#include "core/error/error.h"
#include "ports/effect_meter.h"
#include "services/certificates/certificates_handler.h"
#include "services/in_force/catalog_in_force.h"
#include "services/work/worker_pool.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/refusal.h"
#include "tests/faults/failing_calls.h"
#include "tests/faults/report.h"
#include "tests/faults/state.h"

namespace frikommune::faults {
namespace {

using certificates::v1::CertificatesService;
using testing::IsEmpty;
using testing::Not;

constexpr char kHome[] = "municipalities/851";
constexpr char kUnavailable[] = "UNAVAILABLE STORE_UNAVAILABLE";
constexpr Failure kFailures[] = {Failure::kBefore, Failure::kAfter,
                                 Failure::kForGood};
// More than anything that is asked takes.
constexpr int kCallsMax = 50;
constexpr const char* kTables[] = {
    "entries",       "chains",       "team_meetings",  "agenda_items",
    "agenda_places", "agenda_cases", "agenda_requests"};

class NoMeter final : public DecisionMeter {
 public:
  void Count(absl::string_view, decision::v1::Outcome, decision::v1::Regime,
             int) override {}
};

class NoEffects final : public EffectMeter {
 public:
  void Used(absl::string_view, int) override {}
  void NotObtained(absl::string_view, int, int, int) override {}
  void Planned(int, const DutyCounts&) override {}
  void Took(RequestTaken) override {}
};

// Something that is asked of a service. Each number is another request, which
// is the same whenever it is sent.
struct Ask {
  std::string name;
  // Prepares the ground for that number.
  std::function<void(int number)> prepare;
  // Empty if it was answered; else the code and the reason.
  std::function<std::string(int number)> ask;
};

// All that is stored.
struct Stored {
  std::string rows;
  // How many each table has.
  std::vector<int> counts;

  friend bool operator==(const Stored&, const Stored&) = default;
};

// How many rows more each table has.
std::vector<int> More(const Stored& stored, const Stored& than) {
  std::vector<int> more;
  for (size_t i = 0; i < stored.counts.size(); ++i) {
    more.push_back(stored.counts[i] - than.counts[i]);
  }
  return more;
}

// What failing did.
struct Outcome {
  int failures = 0;
  std::vector<std::string> half_done;
  std::vector<std::string> wrongly_refused;
  std::vector<std::string> not_answered_later;
};

class NthCallTest : public testing::TestWithParam<Engine> {
 protected:
  static std::string Fault() {
    return "7 each call of the database fails, " + NameOf(GetParam());
  }

  static void SetUpTestSuite() {
    auto loaded = files::LoadCatalog(FRIKOMMUNE_SOURCE_DIR "/catalog");
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    catalog_ = new CatalogInForce(*loaded);
  }

  void SetUp() override {
    auto opened = stores::OpenStores(state_.store());
    ASSERT_TRUE(opened.ok()) << opened.status();
    stores_ = *std::move(opened);
    handler_ = std::make_unique<certificates::CertificatesHandler>(
        decisions::KeepingMeans{"certificates", *catalog_, meter_, effects_,
                                *stores_.ledger, clock_, ids_, workers_},
        streams_);
    grpc::ServerBuilder builder;
    builder.RegisterService(handler_.get());
    server_ = builder.BuildAndStart();
    stub_ = CertificatesService::NewStub(server_->InProcessChannel({}));
  }
  void TearDown() override {
    BreakTransactions(false);
    if (server_ != nullptr) server_->Shutdown();
    if (reader_ != nullptr) PQfinish(reader_);
  }

  static std::string Told(const grpc::Status& status) {
    if (status.ok()) return "";
    const e2e::Refusal refusal = e2e::RefusalOf(status);
    const std::string code =
        status.error_code() == grpc::StatusCode::UNAVAILABLE
            ? "UNAVAILABLE"
            : absl::StrCat(status.error_code());
    return absl::StrCat(code, " ", refusal.reason);
  }
  static std::string Told(const absl::Status& status) {
    if (status.ok()) return "";
    return absl::StrCat(absl::StatusCodeToString(status.code()), " ",
                        ReasonName(ErrorInfoOf(status).reason));
  }

  static certificates::v1::DecideCertificateRequest Case(
      const std::string& name, int number) {
    return e2e::CertificateCase(kHome, absl::StrCat(name, number, "x"));
  }

  std::string Decide(const certificates::v1::DecideCertificateRequest& request,
                     decision::v1::RecordedDecision* decision = nullptr) {
    grpc::ClientContext context;
    certificates::v1::DecideCertificateResponse response;
    const auto status = stub_->DecideCertificate(&context, request, &response);
    if (decision != nullptr) *decision = response.decision();
    return Told(status);
  }

  // What a decision that is kept is asked.
  std::vector<Ask> DecisionAsks() {
    const auto keep = [this](int number) {
      EXPECT_EQ(Decide(Case("ground", number), &ground_), "");
    };
    return {
        // After another, with which the chain begins.
        {"decide", keep,
         [this](int number) { return Decide(Case("decide", number)); }},
        {"review", keep,
         [this](int number) {
           certificates::v1::ReviewDecisionRequest request;
           request.set_name(ground_.name());
           request.set_request_id(absl::StrCat("review", number, "x"));
           request.mutable_review()->set_reviewer("leader");
           request.mutable_review()->set_verdict(
               decision::v1::VERDICT_APPROVED);
           grpc::ClientContext context;
           certificates::v1::ReviewDecisionResponse response;
           return Told(stub_->ReviewDecision(&context, request, &response));
         }},
        {"supersede", keep,
         [this](int number) {
           auto request = Case("supersede", number);
           request.set_case_id(ground_.case_id());
           request.set_supersedes(ground_.name());
           return Decide(request);
         }},
        {"get", keep,
         [this](int) {
           certificates::v1::GetDecisionRequest request;
           request.set_name(ground_.name());
           grpc::ClientContext context;
           certificates::v1::GetDecisionResponse response;
           return Told(stub_->GetDecision(&context, request, &response));
         }},
    };
  }

  // What an agenda is asked.
  std::vector<Ask> AgendaAsks() {
    const auto make_days = [this](int number) {
      for (const char* which : {"a", "b"}) {
        rehab::v1::TeamMeeting day;
        day.set_name(absl::StrCat(which, number));
        day.set_capacity(2);
        const auto made = stores_.agenda->CreateTeamMeeting(
            {851, absl::StrCat("make", which, number), "d"}, day);
        EXPECT_TRUE(made.ok()) << made.status();
      }
    };
    const auto book = [this](int number) {
      rehab::v1::AgendaItem item;
      item.set_name(absl::StrCat("item", number));
      item.mutable_waiting_case()->set_case_id(absl::StrCat("case", number));
      return stores_.agenda
          ->TakePlace({851, absl::StrCat("book", number), "d"},
                      absl::StrCat("a", number), item)
          .status();
    };
    const auto have_item = [make_days, book](int number) {
      make_days(number);
      const absl::Status booked = book(number);
      EXPECT_TRUE(booked.ok()) << booked;
    };
    const auto request = [](const char* what, int number) {
      return AgendaRequest{851, absl::StrCat(what, number), "d"};
    };
    return {
        {"book", make_days, [book](int number) { return Told(book(number)); }},
        {"move", have_item,
         [this, request](int number) {
           return Told(stores_.agenda
                           ->MoveItem(request("move", number),
                                      absl::StrCat("item", number), "",
                                      absl::StrCat("b", number))
                           .status());
         }},
        {"cancel", have_item,
         [this, request](int number) {
           return Told(stores_.agenda
                           ->CancelTeamMeeting(request("cancel", number),
                                               absl::StrCat("a", number), "")
                           .status());
         }},
    };
  }

  // Lets each call of each thing that is asked fail in each way; or only until
  // something is half done.
  Outcome FailEverywhere(const std::vector<Ask>& asks,
                         bool until_half_done = false) {
    Outcome outcome;
    int number = 0;
    for (const Ask& ask : asks) {
      // What it does where nothing fails.
      ask.prepare(++number);
      const Stored before = Everything();
      EXPECT_EQ(ask.ask(number), "") << ask.name;
      const std::vector<int> effect = More(Everything(), before);
      for (const Failure failure : kFailures) {
        int nth = 1;
        while (nth < kCallsMax &&
               (!until_half_done || outcome.half_done.empty()) &&
               FailOnce(ask, ++number, nth, failure, effect, outcome)) {
          ++nth;
        }
        EXPECT_LT(nth, kCallsMax) << ask.name;
      }
    }
    return outcome;
  }

  // False if there is no such call.
  bool FailOnce(const Ask& ask, int number, int nth, Failure failure,
                const std::vector<int>& effect, Outcome& outcome) {
    std::ostringstream what;
    what << ask.name << ", call " << nth << ", " << failure;
    ask.prepare(number);
    const Stored before = Everything();
    FailCall(nth, failure);
    const std::string told = ask.ask(number);
    const bool failed = StopFailing();
    const Stored after = Everything();
    const std::string told_later = ask.ask(number);
    const Stored in_the_end = Everything();
    if (!failed) {
      EXPECT_EQ(told, "") << what.str();
      EXPECT_TRUE(in_the_end == after) << what.str();
      return false;
    }
    ++outcome.failures;
    if ((after != before && after != in_the_end) ||
        More(in_the_end, before) != effect) {
      outcome.half_done.push_back(what.str());
    }
    if (told.empty() ? after != in_the_end : told != kUnavailable) {
      outcome.wrongly_refused.push_back(what.str() + ": " + told);
    }
    if (!told_later.empty()) {
      outcome.not_answered_later.push_back(what.str() + ": " + told_later);
    }
    return true;
  }

  Stored Everything() {
    return GetParam() == Engine::kSqlite ? EverythingInSqlite()
                                         : EverythingInPostgres();
  }

  Stored EverythingInSqlite() const {
    sqlite3* database = nullptr;
    const std::string path = state_.store().substr(sizeof "sqlite:" - 1);
    EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    Stored all;
    for (const char* table : kTables) {
      sqlite3_stmt* rows = nullptr;
      const std::string sql = absl::StrCat("SELECT * FROM ", table);
      EXPECT_EQ(sqlite3_prepare_v2(database, sql.c_str(), -1, &rows, nullptr),
                SQLITE_OK);
      all.counts.push_back(0);
      while (sqlite3_step(rows) == SQLITE_ROW) {
        ++all.counts.back();
        for (int i = 0; i < sqlite3_column_count(rows); ++i) {
          const auto* value =
              static_cast<const char*>(sqlite3_column_blob(rows, i));
          all.rows.append(value,
                          static_cast<size_t>(sqlite3_column_bytes(rows, i)));
          all.rows.push_back('\n');
        }
      }
      sqlite3_finalize(rows);
    }
    sqlite3_close(database);
    return all;
  }

  Stored EverythingInPostgres() {
    if (reader_ == nullptr) reader_ = PQconnectdb(state_.conninfo().c_str());
    Stored all;
    for (const char* table : kTables) {
      PGresult* const rows = PQexec(
          reader_,
          absl::StrCat("SELECT t::text FROM ", table, " t ORDER BY 1").c_str());
      EXPECT_EQ(PQresultStatus(rows), PGRES_TUPLES_OK)
          << PQerrorMessage(reader_);
      all.counts.push_back(PQntuples(rows));
      for (int row = 0; row < PQntuples(rows); ++row) {
        absl::StrAppend(&all.rows, PQgetvalue(rows, row, 0), "\n");
      }
      PQclear(rows);
    }
    return all;
  }

  static inline CatalogInForce* catalog_ = nullptr;
  State state_{GetParam(), {"fsync=off"}};
  stores::Stores stores_;
  NoMeter meter_;
  NoEffects effects_;
  SystemClock clock_;
  RandomIds ids_{clock_};
  work::WorkerPool workers_{2, 16};
  rpc::StreamDrain streams_;
  std::unique_ptr<certificates::CertificatesHandler> handler_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<CertificatesService::Stub> stub_;
  // The decision that is asked about.
  decision::v1::RecordedDecision ground_;
  // Of PostgreSQL only.
  PGconn* reader_ = nullptr;
};

TEST_P(NthCallTest, NothingIsHalfDoneWhicheverCallFails) {
  Line& line = LineOf(Fault());
  std::vector<Ask> asks = DecisionAsks();
  for (Ask& ask : AgendaAsks()) asks.push_back(std::move(ask));
  const Outcome outcome = FailEverywhere(asks);
  line.count = outcome.failures;
  EXPECT_GE(outcome.failures, 100);
  EXPECT_THAT(outcome.half_done, IsEmpty());
  EXPECT_THAT(outcome.wrongly_refused, IsEmpty());
  EXPECT_THAT(outcome.not_answered_later, IsEmpty());
  const Verdict verdict = state_.Check();
  EXPECT_THAT(verdict.broken, IsEmpty());
  line.holds = outcome.half_done.empty() && outcome.wrongly_refused.empty() &&
               outcome.not_answered_later.empty() && verdict.broken.empty();
}

TEST_P(NthCallTest, WhatIsHalfDoneWithoutTransactionsIsFound) {
  Line& line = LineOf(Fault());
  line.control = "no transactions";
  BreakTransactions(true);
  const Outcome agenda = FailEverywhere(AgendaAsks(), true);
  EXPECT_THAT(agenda.half_done, Not(IsEmpty()));
  line.control_is_red = !agenda.half_done.empty();
  // What PostgreSQL keeps of a decision is one statement.
  if (GetParam() == Engine::kPostgres) return;
  const Outcome decisions = FailEverywhere(DecisionAsks(), true);
  EXPECT_THAT(decisions.half_done, Not(IsEmpty()));
}

INSTANTIATE_TEST_SUITE_P(Engines, NthCallTest,
                         testing::Values(Engine::kSqlite, Engine::kPostgres),
                         [](const auto& engine) {
                           return NameOf(engine.param);
                         });

}  // namespace
}  // namespace frikommune::faults
