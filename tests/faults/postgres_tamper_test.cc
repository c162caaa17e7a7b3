// Fault 8 on PostgreSQL: whoever changes what is kept there, behind the
// services' back, is found out by `frikommune ledger verify`. On SQLite it is
// ledger_tamper_test.cc.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/server_process.h"
#include "tests/faults/report.h"
#include "tests/faults/state.h"

namespace frikommune::faults {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr int kEntries = 6;

// What is done to the entries of 851, and what is said of it.
struct Tampering {
  const char* sql;
  int position;
  const char* why;
};
constexpr Tampering kTamperings[] = {
    {"UPDATE entries SET entry = overlay(entry PLACING '\\x7e'::bytea "
     "FROM length(entry) / 2 FOR 1) WHERE municipality = 851 AND position = 3",
     3, ""},
    {"DELETE FROM entries WHERE municipality = 851 AND position = 4", 4,
     "there is no entry"},
    {"DELETE FROM entries WHERE municipality = 851 AND position = 6", 6,
     "there is no entry"},
    {"DELETE FROM entries WHERE municipality = 851", 1, "there is no entry"},
    {"UPDATE entries SET position = CASE position WHEN 2 THEN -5 ELSE -2 END "
     "WHERE municipality = 851 AND position IN (2, 5);"
     "UPDATE entries SET position = -position WHERE position < 0",
     2, "the entry belongs elsewhere"},
};

// Runs `frikommune ledger verify`: its exit code, and what it says.
int Verify(const std::string& conninfo, std::string& said) {
  const std::string command =
      absl::StrCat("'", FRIKOMMUNE_BIN_DIR, "/frikommune' ledger verify ",
                   "--store='postgres:", conninfo, "' 2>&1");
  FILE* const output = popen(command.c_str(), "r");
  if (output == nullptr) std::abort();
  char buffer[4096];
  while (const size_t got = fread(buffer, 1, sizeof buffer, output)) {
    said.append(buffer, got);
  }
  return WEXITSTATUS(pclose(output));
}

TEST(PostgresTamperTest, EveryTamperingIsNamed) {
  State state(Engine::kPostgres, {"fsync=off"});
  {
    e2e::ServerProcess server({"--store=" + state.store()},
                              "frikommune-certificates");
    ASSERT_TRUE(server.ready()) << server.errors();
    for (int i = 1; i <= kEntries; ++i) {
      for (const char* of : {"municipalities/851", "municipalities/840"}) {
        const auto status =
            e2e::KeepCertificateCase(server, of, absl::StrCat("r", i));
        ASSERT_TRUE(status.ok()) << status.error_message();
      }
    }
    server.Signal(SIGTERM);
    ASSERT_EQ(server.Wait(), 0);
  }
  Line& line = LineOf("8 what is kept is tampered with, postgres");
  std::string untouched;
  EXPECT_EQ(Verify(state.conninfo(), untouched), 0);
  EXPECT_THAT(untouched, HasSubstr("\nwhole\n"));
  EXPECT_THAT(untouched, Not(HasSubstr("broken")));

  for (const Tampering& tampering : kTamperings) {
    const std::string copy = absl::StrCat("copy", ++line.count);
    state.Execute(absl::StrCat("CREATE DATABASE ", copy, " TEMPLATE faults"),
                  "postgres");
    state.Execute(tampering.sql, copy);
    std::string said;
    EXPECT_EQ(Verify(state.postgres().ConnInfo(copy), said), 1) << said;
    EXPECT_THAT(
        said, HasSubstr(absl::StrCat("municipalities/851: broken at position ",
                                     tampering.position)));
    EXPECT_THAT(said, HasSubstr(tampering.why));
    // The other chain is whole, and said to be.
    EXPECT_THAT(said, HasSubstr(absl::StrCat("municipalities/840: ", kEntries,
                                             " entries")));
  }
  line.holds = !HasFailure();
}

}  // namespace
}  // namespace frikommune::faults
