// Every statement of every change fails once: nothing is half written.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/sql/agenda_store.h"
#include "adapters/sqlite/database.h"
#include "core/error/error.h"

namespace frikommune {
namespace {

// Runs statements until it is to fail: then that one runs, and what it did is
// not answered, as when a connection is cut.
class CutSession final : public sql::Session {
 public:
  CutSession(sql::Session& session, int& until_cut)
      : session_(session), until_cut_(until_cut) {}

  absl::Status Run(
      const std::string& statement, absl::Span<const sql::Value> values,
      absl::FunctionRef<absl::Status(const sql::Row&)> take) override {
    absl::Status ran = session_.Run(statement, values, take);
    if (--until_cut_ == 0) return absl::UnavailableError("cut");
    return ran;
  }

 private:
  sql::Session& session_;
  int& until_cut_;
};

class CutDatabase final : public sql::Database {
 public:
  CutDatabase(std::unique_ptr<sql::Database> database, int* until_cut)
      : database_(std::move(database)), until_cut_(*until_cut) {}

  absl::Status Change(Act act) override {
    return database_->Change([&](sql::Session& session) {
      CutSession cut(session, until_cut_);
      return act(cut);
    });
  }
  absl::Status Read(Act act) override { return database_->Read(act); }

 private:
  const std::unique_ptr<sql::Database> database_;
  int& until_cut_;
};

class AgendaFaultsTest : public testing::Test {
 protected:
  AgendaFaultsTest() {
    if (mkdtemp(folder_.data()) == nullptr) std::abort();
    auto database = sqlite::SqliteDatabase::Open(folder_ + "/agenda.db");
    if (!database.ok()) std::abort();
    store_ = std::make_unique<sql::SqlAgendaStore>(
        std::make_unique<CutDatabase>(*std::move(database), &until_cut_));
  }
  ~AgendaFaultsTest() override {
    store_ = nullptr;
    std::filesystem::remove_all(folder_);
  }

  std::string Everything() {
    std::string all;
    const auto days = store_->ListTeamMeetings(851, {}, {}, 100);
    const auto items = store_->ListItems(851, {}, {}, 100);
    for (const auto& day : *days) {
      absl::StrAppend(&all, day.DebugString(), "\n");
    }
    for (const auto& item : *items) {
      absl::StrAppend(&all, item.DebugString(), "\n");
    }
    return all;
  }

  // Cuts after the first statement of a change, then after the second, until
  // it goes through. Returns how often it was cut.
  int CutEverywhere(const AgendaRequest& request,
                    const std::function<absl::Status()>& change) {
    const std::string before = Everything();
    for (int statement = 1;; ++statement) {
      until_cut_ = statement;
      const absl::Status status = change();
      if (status.ok()) return statement - 1;
      EXPECT_EQ(ErrorInfoOf(status).reason,
                decision::v1::ERROR_REASON_STORE_UNAVAILABLE)
          << status;
      EXPECT_EQ(Everything(), before) << "cut after statement " << statement;
      EXPECT_FALSE(store_->Recall(request)->has_value());
      if (testing::Test::HasFailure()) return 0;
    }
  }

  std::string folder_ = testing::TempDir() + "faults-XXXXXX";
  int until_cut_ = 0;
  std::unique_ptr<AgendaStore> store_;
};

TEST_F(AgendaFaultsTest, NothingIsHalfWrittenWhereverAChangeIsCut) {
  rehab::v1::TeamMeeting first, second;
  first.set_name("d1");
  first.set_capacity(2);
  second.set_name("d2");
  second.set_capacity(2);
  rehab::v1::AgendaItem one, two;
  one.set_name("i1");
  one.mutable_waiting_case()->set_case_id("c1");
  two.set_name("i2");
  two.mutable_waiting_case()->set_case_id("c2");
  const std::vector<
      std::function<absl::StatusOr<AgendaChange>(const AgendaRequest&)>>
      changes = {
          [&](const auto& r) { return store_->CreateTeamMeeting(r, first); },
          [&](const auto& r) { return store_->CreateTeamMeeting(r, second); },
          [&](const auto& r) { return store_->TakePlace(r, "d1", one); },
          [&](const auto& r) { return store_->TakePlace(r, "d1", two); },
          [&](const auto& r) {
            return store_->Settle(r, "i1",
                                  rehab::v1::AGENDA_ITEM_STATE_CONFIRMED, "d");
          },
          [&](const auto& r) { return store_->MoveItem(r, "i1", "", "d2"); },
          [&](const auto& r) { return store_->WithdrawItem(r, "i2", ""); },
          [&](const auto& r) { return store_->CancelTeamMeeting(r, "d2", ""); },
      };
  int requests = 0;
  for (const auto& change : changes) {
    const AgendaRequest request{851, absl::StrCat("r", ++requests), "digest"};
    // It claims its request, does something, and keeps what it did.
    EXPECT_GE(CutEverywhere(request, [&] { return change(request).status(); }),
              3)
        << "change " << requests;
  }
}

}  // namespace
}  // namespace frikommune
