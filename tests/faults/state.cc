#include "tests/faults/state.h"

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "adapters/stores/open_stores.h"

namespace frikommune::faults {
namespace {

namespace fs = std::filesystem;

constexpr char kHistories[] = ".history";

std::string MakeFolder() {
  std::string pattern = fs::temp_directory_path() / "frikommune-faults-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  return pattern;
}

}  // namespace

std::string NameOf(Engine engine) {
  return engine == Engine::kSqlite ? "sqlite" : "postgres";
}

State::State(Engine engine, std::vector<std::string> settings,
             const std::string& sqlite_folder)
    : folder_(MakeFolder()) {
  if (engine == Engine::kSqlite) {
    const std::string& folder = sqlite_folder.empty() ? folder_ : sqlite_folder;
    store_ = "sqlite:" + folder + "/state.db";
  } else {
    postgres_ = std::make_unique<tests::PostgresServer>(std::move(settings));
    conninfo_ = postgres_->MakeDatabase("faults");
    store_ = "postgres:" + conninfo_;
  }
  if (const auto migrated = stores::MigrateStores(store_, false);
      !migrated.ok()) {
    std::fprintf(stderr, "State: %s\n", migrated.status().ToString().c_str());
    std::abort();
  }
}

State::~State() {
  postgres_ = nullptr;
  fs::remove_all(folder_);
}

void State::Execute(const std::string& sql) const {
  PGconn* const connection = PQconnectdb(conninfo_.c_str());
  PGresult* const result = PQexec(connection, sql.c_str());
  const ExecStatusType status = PQresultStatus(result);
  EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
      << PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
}

std::vector<std::vector<Event>> State::Histories() const {
  std::vector<std::vector<Event>> histories;
  for (const auto& file : fs::directory_iterator(folder_)) {
    if (file.path().extension() != kHistories) continue;
    auto history = ReadHistory(file.path());
    EXPECT_TRUE(history.ok()) << history.status();
    if (history.ok()) histories.push_back(*std::move(history));
  }
  return histories;
}

std::set<std::string> State::Codes() const {
  std::set<std::string> codes;
  for (const std::vector<Event>& history : Histories()) {
    for (const Event& event : history) {
      if (event.sight == Sight::kFail || event.sight == Sight::kUnknown) {
        codes.insert(event.detail);
      }
    }
  }
  return codes;
}

Verdict State::Check() const {
  Checker checker;
  for (const std::vector<Event>& history : Histories()) {
    const absl::Status added = checker.Add(history);
    EXPECT_TRUE(added.ok()) << added;
  }
  const auto stores = stores::OpenStores(store_);
  EXPECT_TRUE(stores.ok()) << stores.status();
  if (!stores.ok()) return {};
  const auto verdict = checker.Compare(*stores->ledger);
  EXPECT_TRUE(verdict.ok()) << verdict.status();
  return verdict.value_or(Verdict());
}

}  // namespace frikommune::faults
