#ifndef FRIKOMMUNE_ADAPTERS_POSTGRES_DATABASE_H_
#define FRIKOMMUNE_ADAPTERS_POSTGRES_DATABASE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "adapters/postgres/connection.h"
#include "adapters/sql/database.h"

namespace frikommune::postgres {

// A PostgreSQL database, which several replicas may share. At most
// `connections` calls are under way at once; the others wait for them.
class PostgresDatabase final : public sql::Database {
 public:
  static constexpr int kConnections = 4;

  // Connects, and checks that the schema is one that this program knows:
  // FAILED_PRECONDITION if not. UNAVAILABLE if the server cannot be reached.
  static absl::StatusOr<std::unique_ptr<PostgresDatabase>> Open(
      const std::string& conninfo, int connections = kConnections);

  absl::Status Change(Act act) override ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Read(Act act) override ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  PostgresDatabase(const std::string& conninfo, int connections);

  // Runs `act` on a connection that nobody else uses meanwhile.
  absl::Status With(absl::FunctionRef<absl::Status(Connection&)> act)
      ABSL_LOCKS_EXCLUDED(mutex_);
  bool AnyFree() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !free_.empty();
  }

  absl::Mutex mutex_;
  std::vector<std::unique_ptr<Connection>> free_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::postgres

#endif  // FRIKOMMUNE_ADAPTERS_POSTGRES_DATABASE_H_
