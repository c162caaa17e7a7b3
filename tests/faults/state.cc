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

State::State(Engine engine, std::vector<std::string> settings)
    : folder_(MakeFolder()) {
  if (engine == Engine::kSqlite) {
    store_ = "sqlite:" + folder_ + "/state.db";
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

Verdict State::Check() const {
  Checker checker;
  for (const auto& file : fs::directory_iterator(folder_)) {
    if (file.path().extension() != kHistories) continue;
    const auto history = ReadHistory(file.path());
    EXPECT_TRUE(history.ok()) << history.status();
    if (!history.ok()) continue;
    const absl::Status added = checker.Add(*history);
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
