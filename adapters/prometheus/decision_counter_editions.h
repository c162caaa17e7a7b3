#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_DECISION_COUNTER_EDITIONS_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_DECISION_COUNTER_EDITIONS_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "adapters/prometheus/decision_counter.h"

namespace frikommune::metrics {

// A counter of decisions whose experiments and municipalities may change while
// it counts. What was counted stays. Thread-safe.
class DecisionCounterEditions final : public DecisionMeter,
                                      public prometheus::Collectable {
 public:
  // As DecisionCounter.
  DecisionCounterEditions(std::string service,
                          const std::vector<std::string>& experiments,
                          const std::vector<int>& municipalities);

  // From here on labels say these.
  void Allow(const std::vector<std::string>& experiments,
             const std::vector<int>& municipalities)
      ABSL_LOCKS_EXCLUDED(mutex_);

  using DecisionMeter::Count;
  void Count(absl::string_view experiment, decision::v1::Outcome outcome,
             decision::v1::Regime regime, int municipality) override {
    current_.load(std::memory_order_acquire)
        ->Count(experiment, outcome, regime, municipality);
  }

  std::vector<prometheus::MetricFamily> Collect() const override
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const std::string service_;
  std::atomic<DecisionCounter*> current_ = nullptr;
  mutable absl::Mutex mutex_;
  std::vector<std::string> experiments_ ABSL_GUARDED_BY(mutex_);
  std::vector<int> municipalities_ ABSL_GUARDED_BY(mutex_);
  // All that were in use; the last is.
  std::vector<std::unique_ptr<DecisionCounter>> counters_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_DECISION_COUNTER_EDITIONS_H_
