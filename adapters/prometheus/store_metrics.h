#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_STORE_METRICS_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_STORE_METRICS_H_

#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "ports/database_meter.h"
#include "ports/ledger.h"
#include "ports/ledger_meter.h"
#include "prometheus/collectable.h"
#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"

namespace frikommune::metrics {

// What is known of a store when it is open.
struct OpenedStore {
  // The label db_system_name, and the most connections that are open at once.
  std::string system = {};
  int connections = 0;
  // The write-ahead log, whose size is told; empty if there is none.
  std::string wal_path = {};
  // What waits in the ledger; called at a scrape.
  std::function<LedgerQueue()> queue = {};
};

// Counts what a server does with its store as
//
//   frikommune_ledger_append_seconds, frikommune_ledger_batch_rows
//   frikommune_ledger_queue_depth, _queue_limit, _oldest_waiting_seconds
//   db_client_operation_duration_seconds {db_system_name, db_operation_name,
//                                         error_type}
//   db_client_connection_count           {state}
//   db_client_connection_max
//   frikommune_db_tx_retries_total       {reason}
//   frikommune_sqlite_wal_bytes
//
// An operation has its series once it is done, and likewise each kind of error:
// error_type is empty where there was none. Thread-safe.
class StoreMetrics final : public LedgerMeter,
                           public DatabaseMeter,
                           public prometheus::Collectable {
 public:
  // `registry` outlives it.
  explicit StoreMetrics(prometheus::Registry& registry);

  // Tells of the store from here on; before anything is done with it.
  void Watch(OpenedStore store) ABSL_LOCKS_EXCLUDED(mutex_);

  // Tells no more of what waits in the store, which may end then.
  void Leave() ABSL_LOCKS_EXCLUDED(mutex_);

  void Appended(absl::Duration took) override;
  void WroteGroup(size_t drafts) override;

  void Began(DatabaseOperation operation) override;
  void Ended(DatabaseOperation operation, absl::StatusCode code,
             absl::Duration took) override;
  void Retried() override;

  std::vector<prometheus::MetricFamily> Collect() const override
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // No error, and those that are told apart; the last stands for the rest.
  static constexpr int kErrorTypes = 6;

  prometheus::Histogram& SecondsOf(DatabaseOperation operation, int error_type)
      ABSL_LOCKS_EXCLUDED(mutex_);

  prometheus::Histogram& append_seconds_;
  prometheus::Histogram& batch_rows_;
  prometheus::Family<prometheus::Histogram>& operation_seconds_;
  prometheus::Counter& retries_;
  std::array<std::array<std::atomic<prometheus::Histogram*>, kErrorTypes>,
             kDatabaseOperations>
      operations_{};
  std::atomic<int> under_way_ = 0;
  mutable absl::Mutex mutex_;
  OpenedStore store_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_STORE_METRICS_H_
