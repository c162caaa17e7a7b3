// Fault 8 on SQLite: whoever changes what is kept in a file is found out by
// `frikommune ledger verify`. On PostgreSQL it is postgres_tamper_test.cc.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "adapters/sqlite/connection.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/server_process.h"
#include "tests/faults/report.h"

namespace frikommune {
namespace {

using testing::HasSubstr;

constexpr char kHome[] = "municipalities/851";
constexpr int kEntries = 6;

struct Outcome {
  int exit_code;
  // Both streams.
  std::string said;
};

class LedgerTamperTest : public testing::Test {
 protected:
  // A store with decisions of two municipalities, whose server has ended.
  static void SetUpTestSuite() {
    if (mkdtemp(kFolder->data()) == nullptr) std::abort();
    e2e::ServerProcess server({"--store=sqlite:" + Original()},
                              "frikommune-certificates");
    ASSERT_TRUE(server.ready()) << server.errors();
    for (int i = 1; i <= kEntries; ++i) {
      for (const char* of : {kHome, "municipalities/840"}) {
        const auto status =
            e2e::KeepCertificateCase(server, of, absl::StrCat("r", i));
        ASSERT_TRUE(status.ok()) << status.error_message();
      }
    }
    server.Signal(SIGTERM);
    ASSERT_EQ(server.Wait(), 0);
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(*kFolder); }

  static std::string Original() { return *kFolder + "/original.db"; }

  // Each test has a copy of its own, with all that was still in the log.
  void SetUp() override {
    for (const char* part : {"", "-wal"}) {
      std::error_code missing;
      std::filesystem::copy_file(
          Original() + part, copy_ + part,
          std::filesystem::copy_options::overwrite_existing, missing);
    }
  }
  void TearDown() override {
    for (const char* part : {"", "-wal", "-shm"}) {
      std::filesystem::remove(copy_ + part);
    }
  }

  void Tamper(const std::string& sql) const {
    auto connection = sqlite::Connection::Open(copy_);
    ASSERT_TRUE(connection.ok()) << connection.status();
    const absl::Status done = connection->Execute(sql.c_str());
    ASSERT_TRUE(done.ok()) << done;
  }

  Outcome Ledger(const std::string& what) const {
    const std::string command =
        absl::StrCat("'", FRIKOMMUNE_BIN_DIR, "/frikommune' ledger ", what,
                     " --store='sqlite:", copy_, "' 2>&1");
    Outcome outcome;
    FILE* const output = popen(command.c_str(), "r");
    if (output == nullptr) std::abort();
    char buffer[4096];
    while (const size_t got = fread(buffer, 1, sizeof buffer, output)) {
      outcome.said.append(buffer, got);
    }
    outcome.exit_code = WEXITSTATUS(pclose(output));
    return outcome;
  }

  void ExpectBrokenAt(int position, const std::string& what) const {
    const Outcome outcome = Ledger("verify");
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.said, HasSubstr(absl::StrCat(
                                  kHome, ": broken at position ", position)));
    EXPECT_THAT(outcome.said, HasSubstr(what));
    // The other chain is whole, and said to be.
    EXPECT_THAT(
        outcome.said,
        HasSubstr(absl::StrCat("municipalities/840: ", kEntries, " entries")));
    faults::Line& line =
        faults::LineOf("8 what is kept is tampered with, sqlite");
    ++line.count;
    line.holds = !HasFailure();
  }

  static inline std::string* const kFolder =
      new std::string(testing::TempDir() + "tamper-XXXXXX");
  const std::string copy_ = *kFolder + "/copy.db";
};

TEST_F(LedgerTamperTest, WhatNobodyTouchedIsWhole) {
  const Outcome verified = Ledger("verify");
  EXPECT_EQ(verified.exit_code, 0) << verified.said;
  EXPECT_THAT(verified.said, HasSubstr(absl::StrCat(kHome, ": ", kEntries,
                                                    " entries, head ")));
  EXPECT_THAT(verified.said, HasSubstr("\nwhole\n"));
  const Outcome replayed = Ledger("replay");
  EXPECT_EQ(replayed.exit_code, 0) << replayed.said;
  EXPECT_THAT(replayed.said,
              HasSubstr("12 entries, 12 decisions, 0 different"));
}

TEST_F(LedgerTamperTest, AByteThatWasChangedIsNamed) {
  // In the middle of the entry: within what was decided or answered.
  Tamper(
      "UPDATE entries SET entry = CAST(substr(entry, 1, length(entry) / 2) || "
      "x'7e' || substr(entry, length(entry) / 2 + 2) AS BLOB) "
      "WHERE municipality = 851 AND position = 3");
  ExpectBrokenAt(3, "");
}

TEST_F(LedgerTamperTest, AnEntryThatWasRemovedIsNamed) {
  Tamper("DELETE FROM entries WHERE municipality = 851 AND position = 4");
  ExpectBrokenAt(4, "there is no entry");
}

TEST_F(LedgerTamperTest, TheLastEntryThatWasRemovedIsNamed) {
  Tamper("DELETE FROM entries WHERE municipality = 851 AND position = 6");
  ExpectBrokenAt(6, "there is no entry");
}

TEST_F(LedgerTamperTest, WhatIsKeptAfterwardsDoesNotHideIt) {
  Tamper("DELETE FROM entries WHERE municipality = 851 AND position = 6");
  {
    e2e::ServerProcess server({"--store=sqlite:" + copy_},
                              "frikommune-certificates");
    ASSERT_TRUE(server.ready()) << server.errors();
    const auto status = e2e::KeepCertificateCase(server, kHome, "afterwards");
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
  ExpectBrokenAt(6, "there is no entry");
}

TEST_F(LedgerTamperTest, AWholeChainThatWasRemovedIsNamed) {
  Tamper("DELETE FROM entries WHERE municipality = 851");
  ExpectBrokenAt(1, "there is no entry");
}

TEST_F(LedgerTamperTest, TwoThatWereSwappedAreNamed) {
  Tamper(
      "UPDATE entries SET position = CASE position WHEN 2 THEN 100 ELSE 97 END "
      "WHERE municipality = 851 AND position IN (2, 5);"
      "UPDATE entries SET position = position - 95 "
      "WHERE municipality = 851 AND position > 90");
  ExpectBrokenAt(2, "the entry belongs elsewhere");
}

TEST_F(LedgerTamperTest, AStoreThatIsNotThereIsNotMade) {
  std::filesystem::remove(copy_);
  const Outcome outcome = Ledger("verify");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.said, HasSubstr("there is no store"));
  EXPECT_FALSE(std::filesystem::exists(copy_));
}

TEST_F(LedgerTamperTest, ACatalogThatWasNotKeptIsSaid) {
  Tamper("DELETE FROM catalogs");
  const Outcome outcome = Ledger("replay");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.said, HasSubstr("municipalities/851 position 1: no "
                                      "catalog of that digest is kept"));
  EXPECT_THAT(outcome.said, HasSubstr("12 different"));
}

}  // namespace
}  // namespace frikommune
