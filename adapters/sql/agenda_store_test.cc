#include "adapters/sql/agenda_store.h"

#include <gtest/gtest.h>

#include "adapters/sql/store_full.h"
#include "core/agenda/refusals.h"
#include "core/error/error.h"

namespace frikommune::sql {
namespace {

// A database that only fails: as it is told, and then with UNAVAILABLE.
class FailingDatabase final : public Database {
 public:
  FailingDatabase(absl::Status status, int times, int* calls)
      : status_(std::move(status)), times_(times), calls_(*calls) {}

  absl::Status Change(Act) override { return Fail(); }
  absl::Status Read(Act) override { return Fail(); }

 private:
  absl::Status Fail() {
    return calls_++ < times_ ? status_ : absl::UnavailableError("gone");
  }

  const absl::Status status_;
  const int times_;
  int& calls_;
};

struct Case {
  const char* name;
  absl::Status status;
  int times;
  // What a change answers after how many transactions.
  absl::StatusCode code;
  decision::v1::ErrorReason reason;
  int calls;
};

class SqlAgendaStoreTest : public testing::TestWithParam<Case> {};

TEST_P(SqlAgendaStoreTest, TellsAFailure) {
  const Case& c = GetParam();
  int calls = 0;
  SqlAgendaStore store(
      std::make_unique<FailingDatabase>(c.status, c.times, &calls));
  const auto change = store.WithdrawItem({851, "request", "digest"}, "i1", "");
  EXPECT_EQ(change.status().code(), c.code) << change.status();
  EXPECT_EQ(ErrorInfoOf(change.status()).reason, c.reason);
  EXPECT_EQ(calls, c.calls);
}

// clang-format off
const Case kCases[] = {
    // name        status                           times  code                                 reason                                           calls
    {"Away",       absl::UnavailableError("x"),       100, absl::StatusCode::kUnavailable,       decision::v1::ERROR_REASON_STORE_UNAVAILABLE, 1},
    {"InTheWay",   absl::AbortedError("x"),           100, absl::StatusCode::kUnavailable,       decision::v1::ERROR_REASON_STORE_UNAVAILABLE, 20},
    {"LastTry",    absl::AbortedError("x"),            19, absl::StatusCode::kUnavailable,       decision::v1::ERROR_REASON_STORE_UNAVAILABLE, 20},
    {"Busy",       absl::ResourceExhaustedError("x"), 100, absl::StatusCode::kResourceExhausted, decision::v1::ERROR_REASON_OVERLOADED,        1},
    {"Full",       StoreFull(),                       100, absl::StatusCode::kResourceExhausted, decision::v1::ERROR_REASON_STORE_FULL,        1},
    {"Broken",     absl::DataLossError("x"),          100, absl::StatusCode::kDataLoss,          decision::v1::ERROR_REASON_UNSPECIFIED,       1},
    {"Refused",    rehab::EtagStale(),                100, absl::StatusCode::kAborted,           decision::v1::ERROR_REASON_ETAG_STALE,        1},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Failures, SqlAgendaStoreTest,
                         testing::ValuesIn(kCases), [](const auto& one) {
                           return std::string(one.param.name);
                         });

}  // namespace
}  // namespace frikommune::sql
