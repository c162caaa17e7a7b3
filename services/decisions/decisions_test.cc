// The use cases together, on a ledger in memory and a decider that does what
// its cases are called.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/synchronization/notification.h"
#include "adapters/clock/settable_clock.h"
#include "adapters/files/catalog_files.h"
#include "adapters/memory/ledger.h"
#include "adapters/random/random_ids.h"
#include "core/error/error.h"
#include "core/resource_id/resource_id.h"
#include "frikommune/certificates/v1/certificates_service.pb.h"
#include "services/decisions/decision_keeper.h"
#include "services/decisions/kept_decisions.h"
#include "services/decisions/reviewer.h"

namespace frikommune::decisions {
namespace {

using certificates::v1::DecideCertificateRequest;
using certificates::v1::ReviewDecisionRequest;
using google::protobuf::RepeatedPtrField;
using namespace decision::v1;  // The states and the outcomes, by their names.

// Decides by the case's id: "waive" is waived when assessed and approved.
class FakeDecider {
 public:
  static absl::StatusOr<decision::Answer> Write(
      const DecideCertificateRequest& request, View view,
      wire::MessageWriter& written) {
    if (request.case_id() == "refused") {
      return MakeError(absl::StatusCode::kInvalidArgument,
                       ERROR_REASON_CONFLICT, "case_id", "as it is called");
    }
    Decision out;
    out.set_provision("certificates/lae265-rehabilitation");
    out.set_outcome(OutcomeOf(request));
    Reason& reason = *out.add_reasons();
    if (out.outcome() == OUTCOME_WAIVE_LAE265) {
      out.set_experiment("E02");
      out.set_counts_as_experiment_use(true);
      out.mutable_saving()->set_gross_kroner(1544);
      out.mutable_saving()->set_net_kroner(1392);
    }
    reason.set_row("E02/L2");
    if (view == VIEW_FULL) reason.mutable_text()->set_da("Fordi.");
    written.Encoded(out.SerializeAsString());
    return decision::Answer{.outcome = out.outcome()};
  }

 private:
  static Outcome OutcomeOf(const DecideCertificateRequest& request) {
    if (request.case_id() == "silent") return OUTCOME_LAW_NOT_ON_FILE;
    if (request.case_id() != "waive") return OUTCOME_OBTAIN_LAE265;
    if (!request.has_assessment()) return OUTCOME_NEEDS_ASSESSMENT;
    if (!request.has_leader_review()) return OUTCOME_NEEDS_LEADER_REVIEW;
    return request.leader_review().verdict() == VERDICT_APPROVED
               ? OUTCOME_WAIVE_LAE265
               : OUTCOME_OBTAIN_LAE265;
  }
};

class CountingMeter final : public DecisionMeter {
 public:
  void Count(absl::string_view, Outcome, Regime, int) override { ++count; }
  std::atomic<int> count = 0;
};

// Remembers what it was told of effects.
class FakeEffects final : public EffectMeter {
 public:
  void Used(absl::string_view experiment, int) override {
    absl::MutexLock lock(&mutex);
    uses.emplace_back(experiment);
  }
  void NotObtained(absl::string_view, int, int gross, int net) override {
    absl::MutexLock lock(&mutex);
    saved.emplace_back(gross, net);
  }
  void Planned(int, const DutyCounts&) override {}
  void Took(RequestTaken how) override {
    absl::MutexLock lock(&mutex);
    ++taken[how];
  }

  absl::Mutex mutex;
  std::vector<std::string> uses;
  std::vector<std::pair<int, int>> saved;
  std::map<RequestTaken, int> taken;
};

class DecisionsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = files::LoadCatalog(FRIKOMMUNE_SOURCE_DIR "/catalog");
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    snapshot_ = new std::shared_ptr<const catalog::Snapshot>(*loaded);
  }
  static void TearDownTestSuite() { delete snapshot_; }

  static DecideCertificateRequest RequestOf(const std::string& case_id) {
    DecideCertificateRequest request;
    request.set_municipality("municipalities/851");
    request.set_case_id(case_id);
    request.set_decision_date("2019-03-01");
    request.mutable_assessment()->set_assessor("anna");
    return request;
  }

  absl::Status Decide(const DecideCertificateRequest& request,
                      RecordedDecision& out) {
    absl::Status status;
    absl::Notification done;
    wire::MessageWriter written(64);
    keeper_.Decide(deciding_call_, AskedBy(request), written,
                   [&](const absl::Status& ended) {
                     status = ended;
                     done.Notify();
                   });
    done.WaitForNotification();
    DecisionResult answer;
    wire::Read(written, answer);
    out = answer.decision();
    return status;
  }

  // A decision that is kept.
  RecordedDecision Kept(const DecideCertificateRequest& request) {
    RecordedDecision decision;
    const absl::Status status = Decide(request, decision);
    EXPECT_TRUE(status.ok()) << status;
    return decision;
  }

  absl::Status Review(const ReviewDecisionRequest& request,
                      RecordedDecision& out) {
    absl::Status status;
    absl::Notification done;
    reviewer_.Review({.request = &request,
                      .call = "x/ReviewDecision",
                      .name = request.name(),
                      .etag = request.etag(),
                      .request_id = request.request_id(),
                      .review = &request.review()},
                     out, [&](const absl::Status& ended) {
                       status = ended;
                       done.Notify();
                     });
    done.WaitForNotification();
    return status;
  }

  static ReviewDecisionRequest ReviewOf(const std::string& name,
                                        Verdict verdict) {
    ReviewDecisionRequest request;
    request.set_name(name);
    request.mutable_review()->set_reviewer("bo");
    request.mutable_review()->set_verdict(verdict);
    return request;
  }

  absl::Status Get(const std::string& name, RecordedDecision& out) {
    absl::Status status;
    absl::Notification done;
    kept_.Get(name, out, [&](const absl::Status& ended) {
      status = ended;
      done.Notify();
    });
    done.WaitForNotification();
    return status;
  }

  std::vector<std::string> List(const DecisionFilter& filter,
                                const std::string& municipality,
                                int page_size = 0) {
    std::vector<std::string> names;
    std::string token;
    do {
      RepeatedPtrField<RecordedDecision> page;
      std::string next;
      absl::Notification done;
      kept_.List({municipality, &filter, page_size, token}, page, next,
                 [&](const absl::Status& ended) {
                   EXPECT_TRUE(ended.ok()) << ended;
                   done.Notify();
                 });
      done.WaitForNotification();
      EXPECT_LE(page.size(), page_size == 0 ? 50 : page_size);
      for (const auto& decision : page) names.push_back(decision.name());
      token = next;
    } while (!token.empty());
    return names;
  }

  // How many entries there are: what is refused leaves none.
  size_t Entries() { return ledger_.Read(851, 0, 1000)->size(); }

  static ErrorReason ReasonOf(const absl::Status& status) {
    return ErrorInfoOf(status).reason;
  }

  static std::shared_ptr<const catalog::Snapshot>* snapshot_;
  CountingMeter meter_;
  FakeEffects effects_;
  MemoryLedger ledger_;
  SettableClock clock_{absl::FromUnixSeconds(1600000000)};
  RandomIds ids_{clock_};
  work::WorkerPool workers_{2, 100};
  DecidingCallBy<FakeDecider, DecideCertificateRequest> deciding_call_{
      "x/Decide", [] { return std::make_unique<FakeDecider>(); }};
  const Means means_{"certificates", **snapshot_, meter_, effects_,
                     ledger_,        clock_,      ids_,   workers_};
  DecisionKeeper keeper_{means_};
  Reviewer reviewer_{means_, {&deciding_call_}};
  KeptDecisions kept_{means_};
};

std::shared_ptr<const catalog::Snapshot>* DecisionsTest::snapshot_;

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

// What waits for a leader has no effect until the leader approves, and that
// once, however often it is asked again.
TEST_F(DecisionsTest, AnEffectIsCountedOnceItIsFinal) {
  DecideCertificateRequest request = RequestOf("waive");
  request.set_request_id("r-1");
  const RecordedDecision waits = Kept(request);
  EXPECT_EQ(waits.state(), DECISION_STATE_NEEDS_LEADER_REVIEW);
  EXPECT_THAT(effects_.uses, IsEmpty());
  ReviewDecisionRequest review = ReviewOf(waits.name(), VERDICT_APPROVED);
  review.set_request_id("r-2");
  RecordedDecision reviewed;
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(Review(review, reviewed).ok());
    EXPECT_EQ(reviewed.state(), DECISION_STATE_FINAL);
    Kept(request);
  }
  EXPECT_THAT(effects_.uses, ElementsAre("E02"));
  EXPECT_THAT(effects_.saved, ElementsAre(Pair(1544, 1392)));
  EXPECT_THAT(effects_.taken, ElementsAre(Pair(RequestTaken::kNew, 2),
                                          Pair(RequestTaken::kReplay, 3)));
}

TEST_F(DecisionsTest, WhatIsFinalAtOnceHasItsEffectAtOnce) {
  DecideCertificateRequest request = RequestOf("waive");
  request.mutable_leader_review()->set_reviewer("bo");
  request.mutable_leader_review()->set_verdict(VERDICT_APPROVED);
  request.set_request_id("r-1");
  EXPECT_EQ(Kept(request).state(), DECISION_STATE_FINAL);
  Kept(request);
  EXPECT_THAT(effects_.uses, ElementsAre("E02"));
  // A rejection has none, and an id that is used again for something else is
  // told apart.
  DecideCertificateRequest other = request;
  other.mutable_leader_review()->set_verdict(VERDICT_REJECTED);
  RecordedDecision none;
  EXPECT_FALSE(Decide(other, none).ok());
  other.set_request_id("r-2");
  Kept(other);
  EXPECT_THAT(effects_.uses, ElementsAre("E02"));
  EXPECT_THAT(effects_.taken, ElementsAre(Pair(RequestTaken::kNew, 2),
                                          Pair(RequestTaken::kReplay, 1),
                                          Pair(RequestTaken::kConflict, 1)));
}

TEST_F(DecisionsTest, IsKeptBeforeItIsAnswered) {
  const RecordedDecision decision = Kept(RequestOf("obtain"));
  EXPECT_TRUE(ParseName(decision.name()).has_value()) << decision.name();
  EXPECT_EQ(decision.state(), DECISION_STATE_FINAL);
  EXPECT_FALSE(decision.request_id().empty());
  EXPECT_EQ(decision.catalog_digest(), (*snapshot_)->digest());
  EXPECT_EQ(decision.create_time().seconds(), 1600000000);
  RecordedDecision read;
  ASSERT_TRUE(Get(decision.name(), read).ok());
  EXPECT_EQ(read.SerializeAsString(), decision.SerializeAsString());
  const auto entry = ledger_.FindByRequestId(851, decision.request_id());
  ASSERT_TRUE(entry.ok());
  EXPECT_EQ(entry->service(), "certificates");
  EXPECT_EQ(entry->index().case_id(), "obtain");
  EXPECT_EQ(meter_.count, 1);
}

TEST_F(DecisionsTest, ValidateOnlyKeepsNothing) {
  DecideCertificateRequest request = RequestOf("obtain");
  request.set_validate_only(true);
  const RecordedDecision decision = Kept(request);
  EXPECT_EQ(decision.name(), "");
  EXPECT_EQ(decision.state(), DECISION_STATE_UNSPECIFIED);
  EXPECT_EQ(Entries(), 0u);
  EXPECT_EQ(meter_.count, 1);
}

TEST_F(DecisionsTest, TheKeptOneIsFullWhateverIsAnswered) {
  DecideCertificateRequest request = RequestOf("obtain");
  request.set_view(VIEW_BASIC);
  const RecordedDecision decision = Kept(request);
  EXPECT_FALSE(decision.decision().reasons(0).has_text());
  RecordedDecision read;
  ASSERT_TRUE(Get(decision.name(), read).ok());
  EXPECT_EQ(read.decision().reasons(0).text().da(), "Fordi.");
}

TEST_F(DecisionsTest, ARepeatedRequestGetsTheFirstAnswer) {
  DecideCertificateRequest request = RequestOf("obtain");
  request.set_request_id("r");
  const RecordedDecision first = Kept(request);
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(Kept(request).SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(Entries(), 1u);
  EXPECT_EQ(meter_.count, 1);
  request.set_case_id("other");
  RecordedDecision other;
  const absl::Status status = Decide(request, other);
  EXPECT_EQ(ReasonOf(status), ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(ErrorInfoOf(status).field, "request_id");
  // Another municipality has request ids of its own.
  request.set_municipality("municipalities/840");
  EXPECT_TRUE(Decide(request, other).ok());
}

TEST_F(DecisionsTest, ManyAtOnceWithOneIdAreOne) {
  DecideCertificateRequest request = RequestOf("obtain");
  request.set_request_id("r");
  std::vector<std::string> answers(8);
  std::vector<std::thread> threads;
  threads.reserve(answers.size());
  for (std::string& answer : answers) {
    threads.emplace_back([&] { answer = Kept(request).SerializeAsString(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& answer : answers) EXPECT_EQ(answer, answers[0]);
  EXPECT_EQ(Entries(), 1u);
}

TEST_F(DecisionsTest, ALaterDecisionTakesThePlaceOfAnEarlier) {
  const RecordedDecision old = Kept(RequestOf("obtain"));
  DecideCertificateRequest request = RequestOf("obtain");
  request.set_supersedes(old.name());
  request.set_request_id("second");
  const RecordedDecision decision = Kept(request);
  EXPECT_EQ(decision.supersedes(), old.name());
  RecordedDecision read;
  ASSERT_TRUE(Get(old.name(), read).ok());
  EXPECT_EQ(read.state(), DECISION_STATE_SUPERSEDED);
  EXPECT_EQ(read.superseded_by(), decision.name());
  EXPECT_NE(read.etag(), old.etag());
  EXPECT_EQ(Entries(), 3u);
  // Sent again it is the same, though the old one is superseded by now.
  EXPECT_EQ(Kept(request).SerializeAsString(), decision.SerializeAsString());
  request.set_request_id("third");
  RecordedDecision other;
  EXPECT_EQ(ReasonOf(Decide(request, other)), ERROR_REASON_STATE_CONFLICT);
  EXPECT_EQ(Entries(), 3u);
}

TEST_F(DecisionsTest, OnlyADecisionOfTheSameCaseIsSuperseded) {
  const RecordedDecision old = Kept(RequestOf("obtain"));
  const auto reason = [&](const std::string& municipality,
                          const std::string& case_id,
                          const std::string& supersedes) {
    DecideCertificateRequest request = RequestOf(case_id);
    request.set_municipality("municipalities/" + municipality);
    request.set_supersedes(supersedes);
    RecordedDecision out;
    const absl::Status status = Decide(request, out);
    EXPECT_EQ(ErrorInfoOf(status).field, "supersedes");
    return ReasonOf(status);
  };
  EXPECT_EQ(reason("851", "other", old.name()), ERROR_REASON_CONFLICT);
  EXPECT_EQ(reason("840", "obtain", old.name()), ERROR_REASON_RESOURCE_UNKNOWN);
  EXPECT_EQ(reason("851", "obtain", WriteName(851, "decisions", WriteId({}))),
            ERROR_REASON_RESOURCE_UNKNOWN);
  EXPECT_EQ(reason("851", "obtain", "decisions/1"), ERROR_REASON_NAME_INVALID);
  EXPECT_EQ(Entries(), 1u);
}

TEST_F(DecisionsTest, ABatchIsAnsweredInItsPlaces) {
  std::vector<DecideCertificateRequest> requests;
  for (const char* case_id : {"obtain", "refused", "waive", "obtain"}) {
    requests.push_back(RequestOf(case_id));
  }
  requests[3].set_decision_date("never");
  requests.push_back(RequestOf("waive"));
  requests[4].set_validate_only(true);
  requests.push_back(RequestOf("obtain"));
  AskedBatch batch;
  for (const auto& request : requests) batch.items.push_back(AskedBy(request));
  batch.is_cancelled = [] { return false; };
  absl::Notification done;
  wire::MessageWriter written(64);
  keeper_.DecideAll(deciding_call_, batch, written,
                    [&](const absl::Status& ended) {
                      EXPECT_TRUE(ended.ok());
                      done.Notify();
                    });
  done.WaitForNotification();
  certificates::v1::BatchDecideCertificatesResponse response;
  wire::Read(written, response);
  EXPECT_EQ(response.catalog_digest(), (*snapshot_)->digest());
  const auto& results = response.results();
  ASSERT_EQ(results.size(), 6);
  EXPECT_EQ(results[0].decision().state(), DECISION_STATE_FINAL);
  EXPECT_FALSE(results[0].decision().decision().reasons(0).has_text());
  EXPECT_EQ(results[1].error().reason(), ERROR_REASON_CONFLICT);
  EXPECT_EQ(results[2].decision().state(), DECISION_STATE_NEEDS_LEADER_REVIEW);
  EXPECT_EQ(results[3].error().reason(), ERROR_REASON_DATE_INVALID);
  EXPECT_EQ(results[3].error().field(), "decision_date");
  EXPECT_EQ(results[4].decision().name(), "");
  EXPECT_EQ(results[4].decision().decision().outcome(),
            OUTCOME_NEEDS_LEADER_REVIEW);
  EXPECT_EQ(results[5].decision().state(), DECISION_STATE_FINAL);
  EXPECT_EQ(Entries(), 3u);
}

TEST_F(DecisionsTest, ALeaderApprovesOrTurnsIt) {
  for (const auto& [verdict, outcome] :
       {std::pair(VERDICT_APPROVED, OUTCOME_WAIVE_LAE265),
        std::pair(VERDICT_REJECTED, OUTCOME_OBTAIN_LAE265)}) {
    const RecordedDecision waiting = Kept(RequestOf("waive"));
    EXPECT_EQ(waiting.state(), DECISION_STATE_NEEDS_LEADER_REVIEW);
    RecordedDecision reviewed;
    ASSERT_TRUE(Review(ReviewOf(waiting.name(), verdict), reviewed).ok());
    EXPECT_EQ(reviewed.state(), DECISION_STATE_FINAL);
    EXPECT_EQ(reviewed.decision().outcome(), outcome);
    EXPECT_EQ(reviewed.leader_review().reviewer(), "bo");
    RecordedDecision read;
    ASSERT_TRUE(Get(waiting.name(), read).ok());
    EXPECT_EQ(read.SerializeAsString(), reviewed.SerializeAsString());
  }
}

TEST_F(DecisionsTest, AProposalIsConfirmed) {
  DecideCertificateRequest request = RequestOf("obtain");
  request.clear_assessment();
  const RecordedDecision proposal = Kept(request);
  EXPECT_EQ(proposal.state(), DECISION_STATE_PROPOSED);
  RecordedDecision out;
  EXPECT_EQ(ReasonOf(Review(ReviewOf(proposal.name(), VERDICT_REJECTED), out)),
            ERROR_REASON_STATE_CONFLICT);
  ASSERT_TRUE(Review(ReviewOf(proposal.name(), VERDICT_APPROVED), out).ok());
  EXPECT_EQ(out.state(), DECISION_STATE_FINAL);
  EXPECT_EQ(out.decision().outcome(), OUTCOME_OBTAIN_LAE265);
}

TEST_F(DecisionsTest, AReviewThatMayNotBeLeavesAllAsItIs) {
  const RecordedDecision waiting = Kept(RequestOf("waive"));
  const RecordedDecision final = Kept(RequestOf("obtain"));
  const RecordedDecision silent = Kept(RequestOf("silent"));
  const size_t entries = Entries();
  RecordedDecision out;
  ReviewDecisionRequest review = ReviewOf(waiting.name(), VERDICT_APPROVED);
  review.mutable_review()->set_reviewer("anna");
  EXPECT_EQ(ReasonOf(Review(review, out)), ERROR_REASON_REVIEWER_IS_ASSESSOR);
  review = ReviewOf(waiting.name(), VERDICT_APPROVED);
  review.set_etag("stale");
  absl::Status status = Review(review, out);
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(status), ERROR_REASON_ETAG_STALE);
  for (const auto* decision : {&final, &silent}) {
    status = Review(ReviewOf(decision->name(), VERDICT_APPROVED), out);
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(ReasonOf(status), ERROR_REASON_STATE_CONFLICT);
  }
  status = Review(
      ReviewOf(WriteName(851, "decisions", WriteId({})), VERDICT_APPROVED),
      out);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), ERROR_REASON_RESOURCE_UNKNOWN);
  // Under another municipality's name it is not there.
  const auto parts = ParseName(waiting.name());
  status = Review(
      ReviewOf(WriteName(840, "decisions", parts->id), VERDICT_APPROVED), out);
  EXPECT_EQ(ReasonOf(status), ERROR_REASON_RESOURCE_UNKNOWN);
  EXPECT_EQ(Entries(), entries);
}

TEST_F(DecisionsTest, ARepeatedReviewGetsTheFirstAnswer) {
  const RecordedDecision waiting = Kept(RequestOf("waive"));
  ReviewDecisionRequest review = ReviewOf(waiting.name(), VERDICT_APPROVED);
  review.set_request_id("review");
  review.set_etag(waiting.etag());
  RecordedDecision first;
  ASSERT_TRUE(Review(review, first).ok());
  RecordedDecision again;
  const absl::Status status = Review(review, again);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(Entries(), 2u);
}

TEST_F(DecisionsTest, OfTwoLeadersAtOnceOneReviews) {
  for (int round = 0; round < 20; ++round) {
    const RecordedDecision waiting = Kept(RequestOf("waive"));
    std::atomic<int> reviewed = 0;
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        RecordedDecision out;
        const absl::Status status =
            Review(ReviewOf(waiting.name(), VERDICT_APPROVED), out);
        if (status.ok()) ++reviewed;
        if (!status.ok()) {
          EXPECT_EQ(ReasonOf(status), ERROR_REASON_STATE_CONFLICT);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(reviewed, 1);
  }
}

TEST_F(DecisionsTest, AreListedByWhatTheyAreNow) {
  std::vector<std::string> names;
  for (const char* case_id : {"obtain", "waive", "silent", "waive", "obtain"}) {
    names.push_back(Kept(RequestOf(case_id)).name());
  }
  RecordedDecision reviewed;
  ASSERT_TRUE(Review(ReviewOf(names[1], VERDICT_APPROVED), reviewed).ok());
  const std::string here = "municipalities/851";
  using Names = std::vector<std::string>;
  EXPECT_EQ(List({}, here), names);
  EXPECT_EQ(List({}, here, 2), names);
  EXPECT_EQ(List({}, "municipalities/840"), Names{});
  DecisionFilter filter;
  filter.set_state(DECISION_STATE_NEEDS_LEADER_REVIEW);
  EXPECT_EQ(List(filter, here), Names{names[3]});
  filter.Clear();
  filter.set_outcome(OUTCOME_WAIVE_LAE265);
  EXPECT_EQ(List(filter, here), Names{names[1]});
  filter.Clear();
  filter.set_case_id("obtain");
  filter.set_from_date("2019-03-01");
  filter.set_to_date("2019-03-01");
  EXPECT_EQ(List(filter, here), (Names{names[0], names[4]}));
  filter.set_to_date("2019-03-02");
  filter.set_from_date("2019-03-02");
  EXPECT_EQ(List(filter, here), Names{});
}

TEST_F(DecisionsTest, APageTokenIsGoodForItsListAlone) {
  for (int i = 0; i < 3; ++i) Kept(RequestOf("obtain"));
  const auto list = [&](const DecisionFilter& filter, const std::string& token,
                        std::string& next) {
    RepeatedPtrField<RecordedDecision> page;
    absl::Status status;
    absl::Notification done;
    kept_.List({"municipalities/851", &filter, 1, token}, page, next,
               [&](const absl::Status& ended) {
                 status = ended;
                 done.Notify();
               });
    done.WaitForNotification();
    return ReasonOf(status);
  };
  std::string token;
  std::string next;
  EXPECT_EQ(list({}, "", token), ERROR_REASON_UNSPECIFIED);
  EXPECT_EQ(list({}, token, next), ERROR_REASON_UNSPECIFIED);
  DecisionFilter other;
  other.set_case_id("obtain");
  EXPECT_EQ(list(other, token, next), ERROR_REASON_PAGE_TOKEN_INVALID);
  EXPECT_EQ(list({}, token + "x", next), ERROR_REASON_PAGE_TOKEN_INVALID);
  EXPECT_EQ(list({}, "x", next), ERROR_REASON_PAGE_TOKEN_INVALID);
}

// A ledger in which so much waits.
class BusyLedger final : public MemoryLedger {
 public:
  explicit BusyLedger(size_t depth) : depth_(depth) {}
  LedgerQueue Queue() override { return {.depth = depth_, .limit = 10}; }

 private:
  const size_t depth_;
};

// What would not be kept is not decided: it is refused as a whole.
TEST_F(DecisionsTest, WhatTheLedgerHasNoRoomForIsRefusedUndecided) {
  const std::vector<DecideCertificateRequest> requests = {RequestOf("obtain"),
                                                          RequestOf("waive")};
  AskedBatch batch;
  for (const auto& request : requests) batch.items.push_back(AskedBy(request));
  batch.is_cancelled = [] { return false; };
  const auto ask = [&](size_t depth) {
    BusyLedger ledger(depth);
    DecisionKeeper keeper({"certificates", **snapshot_, meter_, effects_,
                           ledger, clock_, ids_, workers_});
    wire::MessageWriter written(64);
    absl::Status status;
    keeper.DecideAll(deciding_call_, batch, written,
                     [&](const absl::Status& ended) { status = ended; });
    const auto kept = ledger.LastPosition(851);
    EXPECT_EQ(*kept, status.ok() ? 2 : 0);
    EXPECT_EQ(written.size() > 0, status.ok());
    return status;
  };
  EXPECT_TRUE(ask(0).ok());
  EXPECT_TRUE(ask(8).ok());
  EXPECT_EQ(ReasonOf(ask(9)), ERROR_REASON_OVERLOADED);
  EXPECT_EQ(ask(9).code(), absl::StatusCode::kResourceExhausted);
}

// What waits for a worker is refused at once when there are too many.
TEST_F(DecisionsTest, TooMuchWaitingWorkIsRefused) {
  work::WorkerPool one(1, 1);
  absl::Notification started;
  absl::Notification go;
  one.TryRun([&] {
    started.Notify();
    go.WaitForNotification();
  });
  started.WaitForNotification();
  one.TryRun([] {});
  KeptDecisions kept({"certificates", **snapshot_, meter_, effects_, ledger_,
                      clock_, ids_, one});
  RecordedDecision out;
  absl::Status status;
  kept.Get(WriteName(851, "decisions", WriteId({})), out,
           [&](const absl::Status& ended) { status = ended; });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), ERROR_REASON_OVERLOADED);
  go.Notify();
}

}  // namespace
}  // namespace frikommune::decisions
