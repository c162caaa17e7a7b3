// Each thing that can go wrong, planted: the checker finds it, and only it.

#include "tests/faults/checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/memory/ledger.h"

namespace frikommune::faults {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr int kMunicipality = 851;

Event Line(Sight sight, const std::string& request, const std::string& detail) {
  return {0, sight, request, detail};
}
Event Invoke(const std::string& request) {
  return Line(Sight::kInvoke, request, "asks-" + request);
}
Event Ok(const std::string& request, const std::string& answer) {
  return Line(Sight::kOk, request, DigestOf(answer));
}

class CheckerTest : public testing::Test {
 protected:
  // Keeps an answer to a request, under a request id of its own.
  void Keep(const std::string& request, const std::string& answer) {
    LedgerDraft draft;
    draft.entry.set_municipality(kMunicipality);
    draft.entry.set_name(absl::StrCat("e", ++kept_));
    draft.entry.set_request_id(absl::StrCat("id", kept_));
    draft.entry.set_subject(absl::StrCat("s", kept_));
    draft.entry.set_response(answer);
    draft.entry.mutable_index()->set_case_id(request);
    std::vector<LedgerDraft> drafts;
    drafts.push_back(std::move(draft));
    ledger_.Append(std::move(drafts), [](const std::vector<LedgerReceipt>&) {});
  }

  Verdict Compare(Ledger& ledger) {
    const auto verdict = checker_.Compare(ledger);
    EXPECT_TRUE(verdict.ok()) << verdict.status();
    return *verdict;
  }
  Verdict Compare(const std::vector<Event>& history) {
    const absl::Status added = checker_.Add(history);
    EXPECT_TRUE(added.ok()) << added;
    return Compare(ledger_);
  }

  MemoryLedger ledger_;
  Checker checker_;
  int kept_ = 0;
};

TEST_F(CheckerTest, WhatIsAsItShouldBeHolds) {
  Keep("a", "yes");
  Keep("b", "no");
  Keep("c", "perhaps");
  const Verdict verdict = Compare(
      {Invoke("a"), Ok("a", "yes"), Invoke("b"),
       Line(Sight::kUnknown, "b", "UNAVAILABLE"), Invoke("b"), Ok("b", "no"),
       Ok("a", "yes"), Invoke("c"), Line(Sight::kUnknown, "c", "UNAVAILABLE"),
       Invoke("d"), Line(Sight::kUnknown, "d", "UNAVAILABLE"), Invoke("e"),
       Line(Sight::kFail, "e", "RESOURCE_EXHAUSTED")});
  EXPECT_TRUE(verdict.Holds()) << verdict;
  EXPECT_EQ(verdict.requests, 5);
  EXPECT_EQ(verdict.acknowledged, 2);
  EXPECT_EQ(verdict.unknown, 2);
  EXPECT_EQ(verdict.unknown_kept, 1);
  EXPECT_EQ(verdict.refused, 1);
}

TEST_F(CheckerTest, FindsWhatIsLost) {
  Keep("a", "yes");
  const Verdict verdict =
      Compare({Invoke("a"), Ok("a", "yes"), Invoke("b"), Ok("b", "yes")});
  EXPECT_FALSE(verdict.Holds());
  EXPECT_EQ(verdict.lost, 1);
  EXPECT_THAT(verdict.examples, ElementsAre("b is lost"));
}

TEST_F(CheckerTest, FindsWhatIsKeptTwice) {
  Keep("a", "yes");
  Keep("a", "yes");
  const Verdict verdict = Compare({Invoke("a"), Ok("a", "yes")});
  EXPECT_EQ(verdict.duplicated, 1);
  EXPECT_EQ(verdict.lost + verdict.changed + verdict.uninvited, 0);
}

TEST_F(CheckerTest, FindsAnUnknownThatIsKeptTwice) {
  Keep("a", "yes");
  Keep("a", "yes");
  const Verdict verdict =
      Compare({Invoke("a"), Line(Sight::kUnknown, "a", "UNAVAILABLE")});
  EXPECT_EQ(verdict.duplicated, 1);
}

TEST_F(CheckerTest, FindsASecondAnswer) {
  Keep("a", "yes");
  const Verdict verdict =
      Compare({Invoke("a"), Ok("a", "yes"), Invoke("a"), Ok("a", "no")});
  EXPECT_EQ(verdict.changed, 1);
}

TEST_F(CheckerTest, FindsAnAnswerThatIsKeptOtherwise) {
  Keep("a", "no");
  const Verdict verdict = Compare({Invoke("a"), Ok("a", "yes")});
  EXPECT_EQ(verdict.changed, 1);
}

TEST_F(CheckerTest, FindsARefusalThatIsKept) {
  Keep("a", "yes");
  const Verdict verdict =
      Compare({Invoke("a"), Line(Sight::kFail, "a", "RESOURCE_EXHAUSTED")});
  EXPECT_EQ(verdict.uninvited, 1);
}

TEST_F(CheckerTest, FindsWhatNobodyAsked) {
  Keep("a", "yes");
  Keep("z", "yes");
  const Verdict verdict = Compare({Invoke("a"), Ok("a", "yes")});
  EXPECT_EQ(verdict.uninvited, 1);
  EXPECT_THAT(verdict.examples, ElementsAre("z was asked by nobody"));
}

// A ledger whose rows say more or less than they should.
class TamperedLedger final : public Ledger {
 public:
  TamperedLedger(Ledger& ledger, int64_t hidden, int64_t noted_end)
      : ledger_(ledger), hidden_(hidden), noted_end_(noted_end) {}

  void Append(std::vector<LedgerDraft> drafts, Done done) override {
    ledger_.Append(std::move(drafts), std::move(done));
  }
  absl::StatusOr<ledger::v1::Entry> FindByRequestId(
      int municipality, absl::string_view request_id) override {
    return ledger_.FindByRequestId(municipality, request_id);
  }
  absl::StatusOr<ledger::v1::Entry> Latest(int municipality,
                                           absl::string_view subject) override {
    return ledger_.Latest(municipality, subject);
  }
  absl::StatusOr<std::vector<ledger::v1::Entry>> ListSubjects(
      int municipality, const SubjectFilter& filter, absl::string_view after,
      int limit) override {
    return ledger_.ListSubjects(municipality, filter, after, limit);
  }
  absl::StatusOr<std::vector<ledger::v1::Entry>> Read(int municipality,
                                                      int64_t after_position,
                                                      int limit) override {
    return ledger_.Read(municipality, after_position, limit);
  }
  absl::Status Scan(
      int municipality, int64_t after_position, int limit,
      absl::FunctionRef<void(const ledger::StoredEntry&)> take) override {
    return ledger_.Scan(municipality, after_position, limit,
                        [&](const ledger::StoredEntry& stored) {
                          if (stored.position != hidden_) take(stored);
                        });
  }
  absl::StatusOr<int> NextMunicipality(int after) override {
    return ledger_.NextMunicipality(after);
  }
  absl::StatusOr<int64_t> LastPosition(int municipality) override {
    return ledger_.LastPosition(municipality);
  }
  absl::StatusOr<int64_t> NotedEnd(int) override { return noted_end_; }

 private:
  Ledger& ledger_;
  const int64_t hidden_;
  const int64_t noted_end_;
};

TEST_F(CheckerTest, FindsAChainWithoutAnEntry) {
  for (const char* request : {"a", "b", "c"}) Keep(request, "yes");
  TamperedLedger tampered(ledger_, 2, 3);
  ASSERT_TRUE(checker_
                  .Add({Invoke("a"), Ok("a", "yes"), Invoke("b"),
                        Line(Sight::kUnknown, "b", "UNAVAILABLE"), Invoke("c"),
                        Ok("c", "yes")})
                  .ok());
  const Verdict verdict = Compare(tampered);
  EXPECT_FALSE(verdict.Holds());
  ASSERT_EQ(verdict.broken.size(), 1u);
  EXPECT_THAT(verdict.broken[0], HasSubstr("851 at 2"));
}

TEST_F(CheckerTest, FindsANotedEndThatIsNotTheChains) {
  for (const char* request : {"a", "b", "c"}) Keep(request, "yes");
  for (const int64_t noted_end : {2, 4}) {
    TamperedLedger tampered(ledger_, 0, noted_end);
    EXPECT_EQ(Compare(tampered).broken.size(), 1u) << noted_end;
  }
  TamperedLedger untouched(ledger_, 0, 3);
  EXPECT_TRUE(Compare(untouched).broken.empty());
}

TEST_F(CheckerTest, RefusesAHistoryThatCannotBe) {
  EXPECT_TRUE(absl::IsDataLoss(checker_.Add({Ok("a", "yes")})));
  EXPECT_TRUE(absl::IsDataLoss(checker_.Add(
      {Invoke("b"), Line(Sight::kInvoke, "b", "asks otherwise")})));
}

TEST(HistoryTest, IsReadAsItWasWritten) {
  const std::string path = testing::TempDir() + "history-test";
  {
    HistoryWriter writer(path);
    writer.Write(Sight::kInvoke, "a", "d1");
    writer.Write(Sight::kUnknown, "a", "UNAVAILABLE");
    writer.Write(Sight::kOk, "a", "d2");
    writer.Write(Sight::kFail, "b", "NOT_FOUND");
  }
  auto events = ReadHistory(path);
  ASSERT_TRUE(events.ok()) << events.status();
  int64_t before = 0;
  for (Event& event : *events) {
    EXPECT_GE(event.time, before);
    before = std::exchange(event.time, 0);
  }
  EXPECT_THAT(*events, ElementsAre(Line(Sight::kInvoke, "a", "d1"),
                                   Line(Sight::kUnknown, "a", "UNAVAILABLE"),
                                   Line(Sight::kOk, "a", "d2"),
                                   Line(Sight::kFail, "b", "NOT_FOUND")));
  std::ofstream(path) << "1 ok a\n";
  EXPECT_TRUE(absl::IsDataLoss(ReadHistory(path).status()));
  std::remove(path.c_str());
}

}  // namespace
}  // namespace frikommune::faults
