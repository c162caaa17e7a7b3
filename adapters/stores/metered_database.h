#ifndef FRIKOMMUNE_ADAPTERS_STORES_METERED_DATABASE_H_
#define FRIKOMMUNE_ADAPTERS_STORES_METERED_DATABASE_H_

#include <memory>
#include <utility>

#include "adapters/sql/database.h"
#include "ports/database_meter.h"

namespace frikommune::stores {

// A database that is watched: its changes count as one operation, its reads as
// another. Thread-safe; the meter outlives it.
class MeteredDatabase final : public sql::Database {
 public:
  MeteredDatabase(std::unique_ptr<sql::Database> database,
                  DatabaseOperation change, DatabaseOperation read,
                  DatabaseMeter& meter)
      : database_(std::move(database)),
        change_(change),
        read_(read),
        meter_(meter) {}

  absl::Status Change(Act act) override;
  absl::Status Read(Act act) override;

 private:
  const std::unique_ptr<sql::Database> database_;
  const DatabaseOperation change_;
  const DatabaseOperation read_;
  DatabaseMeter& meter_;
};

}  // namespace frikommune::stores

#endif  // FRIKOMMUNE_ADAPTERS_STORES_METERED_DATABASE_H_
