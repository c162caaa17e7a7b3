#include "adapters/prometheus/store_metrics.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "prometheus/metric_family.h"

namespace frikommune::metrics {
namespace {

using prometheus::Histogram;
using prometheus::MetricFamily;
using prometheus::MetricType;

// In the order of DatabaseOperation.
constexpr const char* kOperationNames[kDatabaseOperations] = {
    "ledger.append", "ledger.find",  "ledger.latest",   "ledger.list",
    "ledger.read",   "ledger.scan",  "ledger.position", "agenda.change",
    "agenda.read",   "catalog.keep", "catalog.find"};

constexpr const char* kErrorNames[] = {
    "", "unavailable", "aborted", "resource_exhausted", "data", "other"};

int ErrorTypeOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return 0;
    case absl::StatusCode::kUnavailable:
      return 1;
    case absl::StatusCode::kAborted:
      return 2;
    case absl::StatusCode::kResourceExhausted:
      return 3;
    case absl::StatusCode::kDataLoss:
      return 4;
    default:
      return 5;
  }
}

const Histogram::BucketBoundaries kAppendSeconds = {
    .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5};
const Histogram::BucketBoundaries kRows = {1,  2,   4,   8,   16,  32,
                                           64, 128, 256, 512, 1024};
const Histogram::BucketBoundaries kOperationSeconds = {.001, .005, .01, .05, .1,
                                                       .5,   1,    5,   10};

Histogram& LoneHistogram(const char* name, const char* help,
                         const Histogram::BucketBoundaries& bounds,
                         prometheus::Registry& registry) {
  return prometheus::BuildHistogram()
      .Name(name)
      .Help(help)
      .Register(registry)
      .Add({}, bounds);
}

// A family of gauges that is told at a scrape.
class Gauges {
 public:
  Gauges(const char* name, const char* help) {
    family_.name = name;
    family_.help = help;
    family_.type = MetricType::Gauge;
  }

  Gauges& Add(double value,
              std::vector<prometheus::ClientMetric::Label> labels = {}) {
    auto& metric = family_.metric.emplace_back();
    metric.label = std::move(labels);
    metric.gauge.value = value;
    return *this;
  }

  MetricFamily Take() { return std::move(family_); }

 private:
  MetricFamily family_;
};

// 0 while there is no log.
double SizeOf(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<double>(size);
}

}  // namespace

StoreMetrics::StoreMetrics(prometheus::Registry& registry)
    : append_seconds_(LoneHistogram(
          "frikommune_ledger_append_seconds",
          "Time from an entry's coming to the ledger to its being on the disk.",
          kAppendSeconds, registry)),
      batch_rows_(LoneHistogram("frikommune_ledger_batch_rows",
                                "Entries of one transaction.", kRows,
                                registry)),
      operation_seconds_(
          prometheus::BuildHistogram()
              .Name("db_client_operation_duration_seconds")
              .Help("Time of an operation on the database, waiting for a "
                    "connection included.")
              .Register(registry)),
      retries_(prometheus::BuildCounter()
                   .Name("frikommune_db_tx_retries_total")
                   .Help("Transactions that were tried again.")
                   .Register(registry)
                   .Add({{"reason", "conflict"}})) {}

void StoreMetrics::Watch(OpenedStore store) {
  absl::MutexLock lock(&mutex_);
  store_ = std::move(store);
}

void StoreMetrics::Leave() {
  absl::MutexLock lock(&mutex_);
  store_ = {};
}

void StoreMetrics::Appended(absl::Duration took) {
  append_seconds_.Observe(absl::ToDoubleSeconds(took));
}

void StoreMetrics::WroteGroup(size_t drafts) {
  batch_rows_.Observe(static_cast<double>(drafts));
}

void StoreMetrics::Began(DatabaseOperation) { ++under_way_; }

void StoreMetrics::Ended(DatabaseOperation operation, absl::StatusCode code,
                         absl::Duration took) {
  --under_way_;
  SecondsOf(operation, ErrorTypeOf(code)).Observe(absl::ToDoubleSeconds(took));
}

void StoreMetrics::Retried() { retries_.Increment(); }

Histogram& StoreMetrics::SecondsOf(DatabaseOperation operation,
                                   int error_type) {
  const auto place = static_cast<size_t>(operation);
  auto& cell = operations_[place][static_cast<size_t>(error_type)];
  Histogram* seconds = cell.load();
  if (seconds == nullptr) {
    std::string system;
    {
      absl::MutexLock lock(&mutex_);
      system = store_.system;
    }
    // Two threads that come here at once are given the same series.
    seconds =
        &operation_seconds_.Add({{"db_system_name", system},
                                 {"db_operation_name", kOperationNames[place]},
                                 {"error_type", kErrorNames[error_type]}},
                                kOperationSeconds);
    cell.store(seconds);
  }
  return *seconds;
}

std::vector<MetricFamily> StoreMetrics::Collect() const {
  absl::MutexLock lock(&mutex_);
  std::vector<MetricFamily> families;
  if (store_.queue) {
    const LedgerQueue queue = store_.queue();
    families.push_back(Gauges("frikommune_ledger_queue_depth",
                              "Entries that wait to be written.")
                           .Add(static_cast<double>(queue.depth))
                           .Take());
    families.push_back(
        Gauges("frikommune_ledger_queue_limit",
               "The most entries that may wait; more are refused.")
            .Add(static_cast<double>(queue.limit))
            .Take());
    families.push_back(Gauges("frikommune_ledger_oldest_waiting_seconds",
                              "How long the oldest entry has waited that is "
                              "not on the disk yet; 0 if there is none.")
                           .Add(absl::ToDoubleSeconds(queue.oldest))
                           .Take());
  }
  if (store_.connections > 0) {
    const double max = store_.connections;
    const double used = std::min<double>(under_way_.load(), max);
    families.push_back(
        Gauges("db_client_connection_count",
               "Connections to the database that are used, and that could be.")
            .Add(max - used, {{"state", "idle"}})
            .Add(used, {{"state", "used"}})
            .Take());
    families.push_back(Gauges("db_client_connection_max",
                              "The most connections to the database.")
                           .Add(max)
                           .Take());
  }
  if (!store_.wal_path.empty()) {
    families.push_back(
        Gauges("frikommune_sqlite_wal_bytes", "Size of the write-ahead log.")
            .Add(SizeOf(store_.wal_path))
            .Take());
  }
  return families;
}

}  // namespace frikommune::metrics
