#ifndef FRIKOMMUNE_PORTS_DATABASE_METER_H_
#define FRIKOMMUNE_PORTS_DATABASE_METER_H_

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace frikommune {

// What a server asks of its database.
enum class DatabaseOperation {
  kLedgerAppend,
  kLedgerFind,
  kLedgerLatest,
  kLedgerList,
  kLedgerRead,
  kLedgerScan,
  kLedgerPosition,
  kAgendaChange,
  kAgendaRead,
  kCatalogKeep,
  kCatalogFind,
};
constexpr int kDatabaseOperations = 11;

// Watches the operations on a database. Safe to call from many threads at once.
// Never fails, never waits.
class DatabaseMeter {
 public:
  virtual ~DatabaseMeter() = default;

  // An operation began; it is using, or waiting for, a connection.
  virtual void Began(DatabaseOperation operation) = 0;

  // It ended so, `took` after it began.
  virtual void Ended(DatabaseOperation operation, absl::StatusCode code,
                     absl::Duration took) = 0;

  // A transaction is tried again, for another was in its way.
  virtual void Retried() = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_DATABASE_METER_H_
