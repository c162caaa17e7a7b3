#ifndef FRIKOMMUNE_TESTS_FAULTS_STATE_H_
#define FRIKOMMUNE_TESTS_FAULTS_STATE_H_

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "ports/ledger.h"
#include "tests/faults/checker.h"
#include "tests/postgres/postgres_server.h"

namespace frikommune::faults {

enum class Engine { kSqlite, kPostgres };

// "sqlite", "postgres".
std::string NameOf(Engine engine);

// A folder of a run's own, with an empty store in it or on a PostgreSQL server
// of its own, and the histories of those who write there. Gone with it.
class State {
 public:
  // `settings` are the PostgreSQL server's; the file of SQLite is in
  // `sqlite_folder` if that is not empty. The test aborts if that cannot be
  // made.
  explicit State(Engine engine, std::vector<std::string> settings = {},
                 const std::string& sqlite_folder = "");
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // As --store takes it.
  const std::string& store() const { return store_; }
  const std::string& folder() const { return folder_; }
  // Of PostgreSQL only.
  tests::PostgresServer& postgres() { return *postgres_; }
  const std::string& conninfo() const { return conninfo_; }

  // Runs statements in the database of PostgreSQL, as its owner; a test fails
  // with them.
  void Execute(const std::string& sql) const;

  // The status codes in the histories, each once.
  std::set<std::string> Codes() const;

  // Compares the histories that were written in the folder with the store.
  Verdict Check() const;

 private:
  std::vector<std::vector<Event>> Histories() const;

  const std::string folder_;
  std::unique_ptr<tests::PostgresServer> postgres_;
  std::string conninfo_;
  std::string store_;
};

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_STATE_H_
