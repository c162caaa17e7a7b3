#ifndef FRIKOMMUNE_TESTS_CONTRACT_LEDGER_CONTRACT_H_
#define FRIKOMMUNE_TESTS_CONTRACT_LEDGER_CONTRACT_H_

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "core/ledger/chain.h"
#include "core/resource_id/resource_id.h"
#include "ports/ledger.h"

namespace frikommune {

// What every adapter of the ledger does. Run it on one with
// INSTANTIATE_TEST_SUITE_P and a function that makes an empty ledger.
class LedgerContract
    : public testing::TestWithParam<std::function<std::unique_ptr<Ledger>()>> {
 protected:
  // A draft of an entry about the decision of that number.
  static LedgerDraft Draft(int municipality, const std::string& request_id,
                           uint64_t decision) {
    static std::atomic<uint64_t> made = 0;
    LedgerDraft draft;
    ledger::v1::Entry& entry = draft.entry;
    entry.set_name(WriteName(municipality, "entries", WriteId({++made, 0, 0})));
    entry.set_municipality(municipality);
    entry.mutable_time()->set_seconds(1546300800);
    entry.set_service("certificates");
    entry.set_call("x.v1.XService/Do");
    entry.set_request_id(request_id);
    entry.set_request_digest("digest of " + request_id);
    entry.set_request("request of " + request_id);
    entry.set_subject(
        WriteName(municipality, "decisions", WriteId({decision, 0, 0})));
    entry.set_subject_state("state");
    entry.set_subject_type("x.v1.X");
    entry.set_response("response of " + request_id);
    entry.mutable_index()->set_case_id(absl::StrCat("case", decision % 2));
    entry.mutable_index()->set_provision("certificates/lae285-sickness");
    entry.mutable_index()->set_experiment(decision % 2 == 0 ? "E03" : "");
    entry.mutable_index()->set_outcome(static_cast<int>(decision % 3));
    entry.mutable_index()->set_state(1);
    entry.mutable_index()->set_day(static_cast<int>(decision));
    return draft;
  }

  std::vector<LedgerReceipt> Append(std::vector<LedgerDraft> drafts) {
    std::vector<LedgerReceipt> receipts;
    absl::Notification done;
    ledger_->Append(std::move(drafts), [&](std::vector<LedgerReceipt> got) {
      receipts = std::move(got);
      done.Notify();
    });
    done.WaitForNotification();
    return receipts;
  }
  LedgerReceipt AppendOne(LedgerDraft draft) {
    std::vector<LedgerDraft> drafts;
    drafts.push_back(std::move(draft));
    return std::move(Append(std::move(drafts))[0]);
  }

  std::vector<std::string> Names(const SubjectFilter& filter, int limit = 100,
                                 absl::string_view after = "") {
    std::vector<std::string> names;
    const auto found = ledger_->ListSubjects(851, filter, after, limit);
    EXPECT_TRUE(found.ok()) << found.status();
    for (const auto& entry : *found) names.push_back(entry.subject());
    return names;
  }

  const std::unique_ptr<Ledger> ledger_ = GetParam()();
};

TEST_P(LedgerContract, KeepsWhatItIsGiven) {
  const LedgerDraft draft = Draft(851, "a", 1);
  const LedgerReceipt receipt = AppendOne(draft);
  ASSERT_TRUE(receipt.status.ok());
  EXPECT_FALSE(receipt.repeated);
  EXPECT_EQ(receipt.position, 1);
  ledger::v1::Entry expected = draft.entry;
  ledger::Link(0, ledger::HashBeforeFirst(), expected);
  for (const auto& kept : {ledger_->FindByRequestId(851, "a"),
                           ledger_->Latest(851, draft.entry.subject())}) {
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ(kept->SerializeAsString(), expected.SerializeAsString());
  }
}

TEST_P(LedgerContract, ARepeatedRequestGetsTheFirstEntry) {
  AppendOne(Draft(851, "a", 1));
  const LedgerReceipt again = AppendOne(Draft(851, "a", 2));
  ASSERT_TRUE(again.status.ok());
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.entry->position(), 1);
  EXPECT_EQ(again.entry->index().day(), 1);
  EXPECT_EQ(ledger_->Read(851, 0, 10)->size(), 1u);
  // In one call too.
  std::vector<LedgerDraft> drafts = {Draft(851, "b", 3), Draft(851, "b", 4)};
  const auto receipts = Append(std::move(drafts));
  EXPECT_FALSE(receipts[0].repeated);
  EXPECT_TRUE(receipts[1].repeated);
  EXPECT_EQ(receipts[1].entry->index().day(), 3);
}

TEST_P(LedgerContract, AMunicipalityHasRequestsOfItsOwn) {
  AppendOne(Draft(851, "a", 1));
  const LedgerReceipt other = AppendOne(Draft(840, "a", 1));
  EXPECT_FALSE(other.repeated);
  EXPECT_EQ(other.position, 1);
  EXPECT_EQ(ledger_->Read(851, 0, 10)->size(), 1u);
  EXPECT_EQ(ledger_->Read(840, 0, 10)->size(), 1u);
  EXPECT_TRUE(ledger_->Read(846, 0, 10)->empty());
  EXPECT_EQ(
      ledger_->Latest(840, WriteName(851, "decisions", WriteId({1, 0, 0})))
          .status()
          .code(),
      absl::StatusCode::kNotFound);
}

TEST_P(LedgerContract, FollowsOnlyTheLatest) {
  LedgerDraft first = Draft(851, "a", 1);
  first.follows = "";
  const LedgerReceipt kept = AppendOne(first);
  ASSERT_TRUE(kept.status.ok());
  LedgerDraft twin = Draft(851, "b", 1);
  twin.follows = "";
  EXPECT_EQ(AppendOne(twin).status.code(), absl::StatusCode::kAborted);
  EXPECT_FALSE(ledger_->FindByRequestId(851, "b").ok());
  LedgerDraft second = Draft(851, "c", 1);
  second.follows = first.entry.name();
  EXPECT_TRUE(AppendOne(second).status.ok());
  LedgerDraft late = Draft(851, "d", 1);
  late.follows = first.entry.name();
  EXPECT_EQ(AppendOne(late).status.code(), absl::StatusCode::kAborted);
  // What is repeated is not held to what it once followed.
  EXPECT_TRUE(AppendOne(second).repeated);
  EXPECT_EQ(ledger_->Latest(851, first.entry.subject())->request_id(), "c");
}

TEST_P(LedgerContract, OneDraftsFailureDoesNotTouchTheOthers) {
  AppendOne(Draft(851, "a", 1));
  std::vector<LedgerDraft> drafts = {Draft(851, "b", 2), Draft(851, "c", 1),
                                     Draft(851, "d", 3)};
  drafts[1].follows = "";
  const auto receipts = Append(std::move(drafts));
  EXPECT_TRUE(receipts[0].status.ok());
  EXPECT_EQ(receipts[1].status.code(), absl::StatusCode::kAborted);
  EXPECT_TRUE(receipts[2].status.ok());
  EXPECT_EQ(receipts[2].position, 3);
}

TEST_P(LedgerContract, JoinedDraftsAreKeptTogetherOrNot) {
  const LedgerDraft old = Draft(851, "a", 1);
  AppendOne(old);
  const auto supersede = [&](const std::string& id, uint64_t decision) {
    std::vector<LedgerDraft> drafts = {Draft(851, id, decision),
                                       Draft(851, id + "/joined", 1)};
    drafts[1].joined = true;
    drafts[1].follows = old.entry.name();
    return Append(std::move(drafts));
  };
  auto receipts = supersede("b", 2);
  EXPECT_TRUE(receipts[0].status.ok());
  EXPECT_TRUE(receipts[1].status.ok());
  EXPECT_EQ(ledger_->Read(851, 0, 10)->size(), 3u);
  // The old one has changed by now, so another finds neither kept.
  receipts = supersede("c", 3);
  EXPECT_EQ(receipts[0].status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(receipts[1].status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ledger_->Read(851, 0, 10)->size(), 3u);
  // And the first one, sent again, is what it was.
  receipts = supersede("b", 4);
  EXPECT_TRUE(receipts[0].status.ok());
  EXPECT_TRUE(receipts[0].repeated);
  EXPECT_EQ(receipts[0].entry->index().day(), 2);
  EXPECT_EQ(ledger_->Read(851, 0, 10)->size(), 3u);
}

TEST_P(LedgerContract, ListsWhatSubjectsAreNow) {
  for (uint64_t i = 1; i <= 6; ++i) {
    AppendOne(Draft(851, absl::StrCat("r", i), i));
  }
  AppendOne(Draft(840, "other", 7));
  LedgerDraft changed = Draft(851, "changed", 3);
  changed.entry.mutable_index()->set_state(4);
  AppendOne(changed);

  const auto name = [](uint64_t decision) {
    return WriteName(851, "decisions", WriteId({decision, 0, 0}));
  };
  using Wanted = std::vector<std::string>;
  EXPECT_EQ(Names({}),
            (Wanted{name(1), name(2), name(3), name(4), name(5), name(6)}));
  EXPECT_EQ(Names({}, 2), (Wanted{name(1), name(2)}));
  EXPECT_EQ(Names({}, 2, name(2)), (Wanted{name(3), name(4)}));
  EXPECT_EQ(Names({.case_id = "case0"}), (Wanted{name(2), name(4), name(6)}));
  EXPECT_EQ(Names({.experiment = "E03"}), (Wanted{name(2), name(4), name(6)}));
  EXPECT_EQ(Names({.outcome = 0}), (Wanted{name(3), name(6)}));
  EXPECT_EQ(Names({.state = 4}), Wanted{name(3)});
  EXPECT_EQ(Names({.state = 1}).size(), 5u);
  EXPECT_EQ(Names({.from_day = 2, .to_day = 3}), (Wanted{name(2), name(3)}));
  EXPECT_EQ(Names({.provision = "rehab/presentation"}), Wanted{});
  EXPECT_EQ(Names({.service = "rehab"}), Wanted{});
  EXPECT_EQ(Names({.subject_type = "x.v1.Y"}), Wanted{});
  EXPECT_EQ(Names({.subject_type = "x.v1.X", .state = 4}), Wanted{name(3)});
}

TEST_P(LedgerContract, WhatComesWithARepeatedRequestIsListedToo) {
  AppendOne(Draft(851, "a", 1));
  LedgerDraft of_a_new_kind = Draft(851, "b", 2);
  of_a_new_kind.entry.mutable_index()->set_experiment("E05");
  std::vector<LedgerDraft> drafts = {of_a_new_kind, Draft(851, "a", 1)};
  const auto receipts = Append(std::move(drafts));
  EXPECT_TRUE(receipts[0].status.ok());
  EXPECT_TRUE(receipts[1].repeated);
  EXPECT_EQ(Names({.experiment = "E05"}),
            std::vector<std::string>{of_a_new_kind.entry.subject()});
}

TEST_P(LedgerContract, ReadsAMunicipalitysChainInItsOrder) {
  for (int i = 0; i < 5; ++i) {
    AppendOne(Draft(851, absl::StrCat("r", i), static_cast<uint64_t>(i)));
  }
  const auto all = ledger_->Read(851, 0, 100);
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->size(), 5u);
  std::string hash = ledger::HashBeforeFirst();
  for (int64_t i = 0; i < 5; ++i) {
    const auto& entry = (*all)[static_cast<size_t>(i)];
    EXPECT_TRUE(ledger::Follows(i, hash, entry)) << i;
    hash = entry.hash();
  }
  EXPECT_EQ(ledger_->Read(851, 3, 100)->size(), 2u);
  EXPECT_EQ(ledger_->Read(851, 3, 1)->at(0).position(), 4);
  EXPECT_TRUE(ledger_->Read(851, 5, 100)->empty());
}

TEST_P(LedgerContract, IsWholeAsItIsStored) {
  EXPECT_EQ(*ledger_->NextMunicipality(0), 0);
  EXPECT_EQ(*ledger_->LastPosition(851), 0);
  EXPECT_EQ(*ledger_->NotedEnd(851), 0);
  for (int i = 0; i < 5; ++i) {
    AppendOne(Draft(851, absl::StrCat("r", i), static_cast<uint64_t>(i % 2)));
  }
  AppendOne(Draft(840, "a", 1));
  EXPECT_EQ(*ledger_->NextMunicipality(0), 840);
  EXPECT_EQ(*ledger_->NextMunicipality(840), 851);
  EXPECT_EQ(*ledger_->NextMunicipality(851), 0);
  EXPECT_EQ(*ledger_->LastPosition(851), 5);
  EXPECT_EQ(*ledger_->NotedEnd(851), 5);
  EXPECT_EQ(*ledger_->LastPosition(846), 0);
  ledger::ChainWalk walk(851);
  for (int page = 0; page < 3; ++page) {
    EXPECT_TRUE(ledger_
                    ->Scan(851, walk.verified().position(), 2,
                           [&](const ledger::StoredEntry& stored) {
                             EXPECT_TRUE(walk.Take(stored));
                           })
                    .ok());
  }
  EXPECT_EQ(walk.verified().position(), 5);
  EXPECT_TRUE(walk.End(5));
}

TEST_P(LedgerContract, OfManyWritersAtOnceOneIsFirst) {
  constexpr uint64_t kThreads = 8;
  constexpr uint64_t kRequests = 50;
  std::atomic<uint64_t> firsts = 0;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (uint64_t i = 0; i < kRequests; ++i) {
        const LedgerReceipt receipt =
            AppendOne(Draft(851, absl::StrCat("r", i), 1 + i * kThreads + t));
        EXPECT_TRUE(receipt.status.ok());
        if (!receipt.repeated) ++firsts;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(firsts, kRequests);
  const auto all = ledger_->Read(851, 0, 1000);
  ASSERT_EQ(all->size(), kRequests);
  std::string hash = ledger::HashBeforeFirst();
  for (const auto& entry : *all) {
    EXPECT_TRUE(ledger::Follows(entry.position() - 1, hash, entry));
    hash = entry.hash();
  }
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(LedgerContract);

}  // namespace frikommune

#endif  // FRIKOMMUNE_TESTS_CONTRACT_LEDGER_CONTRACT_H_
