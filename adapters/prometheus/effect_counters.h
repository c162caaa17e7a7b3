#ifndef FRIKOMMUNE_ADAPTERS_PROMETHEUS_EFFECT_COUNTERS_H_
#define FRIKOMMUNE_ADAPTERS_PROMETHEUS_EFFECT_COUNTERS_H_

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "ports/effect_meter.h"
#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/registry.h"

namespace frikommune::metrics {

// Counts what decisions lead to as
//
//   frikommune_experiment_uses_total           {experiment, municipality}
//   frikommune_certificates_not_obtained_total {experiment, municipality}
//   frikommune_savings_kroner_total            {experiment, municipality,
//                                               kind: "gross", "net"}
//   frikommune_duties_total                    {municipality, status}
//   frikommune_idempotency_total               {result: "new", "replay",
//                                               "conflict"}
//
// Every series that is expected exists from the start, so that the first use of
// a month is seen as an increase. An experiment or a municipality that is not
// allowed is not counted: no decision names one. Thread-safe.
class EffectCounters final : public EffectMeter {
 public:
  // What labels may say.
  struct Allowed {
    std::vector<std::string> experiments;
    std::vector<int> municipalities;
  };
  // What the server does, and so what it counts besides uses.
  struct Counted {
    bool plans = false;
    bool certificates = false;
    bool keeps = false;
  };

  // `registry` outlives it.
  EffectCounters(Counted counted, const Allowed& allowed,
                 prometheus::Registry& registry);

  // From here on this is allowed. What was counted stays.
  void Allow(const Allowed& allowed) ABSL_LOCKS_EXCLUDED(mutex_);

  void Used(absl::string_view experiment, int municipality) override;
  void NotObtained(absl::string_view experiment, int municipality,
                   int gross_kroner, int net_kroner) override;
  void Planned(int municipality, const DutyCounts& duties) override;
  void Took(RequestTaken how) override;

 private:
  // The series of one experiment in one municipality; null are those that the
  // server does not count.
  struct Effects {
    prometheus::Counter* uses = nullptr;
    prometheus::Counter* not_obtained = nullptr;
    prometheus::Counter* gross = nullptr;
    prometheus::Counter* net = nullptr;
  };
  using Duties = std::array<prometheus::Counter*, DutyCounts().size()>;
  // The series by their labels. Not changed once it is in use.
  struct Table {
    absl::flat_hash_map<std::string, absl::flat_hash_map<int, Effects>> effects;
    absl::flat_hash_map<int, Duties> duties;
  };

  Effects EffectsOf(absl::string_view experiment, int municipality) const;

  const Counted counted_;
  prometheus::Family<prometheus::Counter>& uses_;
  prometheus::Family<prometheus::Counter>& not_obtained_;
  prometheus::Family<prometheus::Counter>& savings_;
  prometheus::Family<prometheus::Counter>& duties_;
  std::array<prometheus::Counter*, kRequestsTaken> taken_{};
  // The one in use, which is the last of all that were.
  std::atomic<const Table*> table_ = nullptr;
  absl::Mutex mutex_;
  std::vector<std::unique_ptr<const Table>> tables_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::metrics

#endif  // FRIKOMMUNE_ADAPTERS_PROMETHEUS_EFFECT_COUNTERS_H_
