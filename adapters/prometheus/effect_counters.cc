#include "adapters/prometheus/effect_counters.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"

namespace frikommune::metrics {
namespace {

using prometheus::Counter;

// By the numbers of scheduling.v1.DutyStatus.
constexpr std::array<const char*, DutyCounts().size()> kStatuses = {
    "undecided", "due",    "upcoming",    "done",
    "overdue",   "exempt", "not_required"};

// In the order of RequestTaken.
constexpr const char* kTakenNames[kRequestsTaken] = {"new", "replay",
                                                     "conflict"};

prometheus::Family<Counter>& Counters(const char* name, const char* help,
                                      prometheus::Registry& registry) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

}  // namespace

EffectCounters::EffectCounters(Counted counted, const Allowed& allowed,
                               prometheus::Registry& registry)
    : counted_(counted),
      uses_(Counters("frikommune_experiment_uses_total",
                     "Uses of an experiment: kept decisions that became final, "
                     "and meetings judged by it.",
                     registry)),
      not_obtained_(Counters("frikommune_certificates_not_obtained_total",
                             "Certificates that a final decision does without "
                             "under an experiment.",
                             registry)),
      savings_(Counters("frikommune_savings_kroner_total",
                        "Fees of those certificates, and less those of what is "
                        "ordered instead (net; 0 where that costs more).",
                        registry)),
      duties_(Counters("frikommune_duties_total",
                       "Duties in plans that were answered, by where they "
                       "stood.",
                       registry)) {
  if (counted_.keeps) {
    auto& taken = Counters("frikommune_idempotency_total",
                           "Requests that keep something, by whether their id "
                           "was new.",
                           registry);
    for (int i = 0; i < kRequestsTaken; ++i) {
      taken_[static_cast<size_t>(i)] = &taken.Add({{"result", kTakenNames[i]}});
    }
  }
  Allow(allowed);
}

void EffectCounters::Allow(const Allowed& allowed) {
  auto table = std::make_unique<Table>();
  for (const int code : allowed.municipalities) {
    const std::string municipality = absl::StrCat(code);
    for (const std::string& experiment : allowed.experiments) {
      std::map<std::string, std::string> labels = {
          {"experiment", experiment}, {"municipality", municipality}};
      Effects& effects = table->effects[experiment][code];
      effects.uses = &uses_.Add(labels);
      if (!counted_.certificates) continue;
      effects.not_obtained = &not_obtained_.Add(labels);
      labels["kind"] = "gross";
      effects.gross = &savings_.Add(labels);
      labels["kind"] = "net";
      effects.net = &savings_.Add(labels);
    }
    if (!counted_.plans) continue;
    Duties& duties = table->duties[code];
    for (size_t status = 0; status < duties.size(); ++status) {
      duties[status] = &duties_.Add(
          {{"municipality", municipality}, {"status", kStatuses[status]}});
    }
  }
  absl::MutexLock lock(&mutex_);
  table_.store(table.get());
  tables_.push_back(std::move(table));
}

EffectCounters::Effects EffectCounters::EffectsOf(absl::string_view experiment,
                                                  int municipality) const {
  const Table& table = *table_.load();
  const auto of_experiment = table.effects.find(experiment);
  if (of_experiment == table.effects.end()) return {};
  const auto found = of_experiment->second.find(municipality);
  return found == of_experiment->second.end() ? Effects() : found->second;
}

void EffectCounters::Used(absl::string_view experiment, int municipality) {
  Counter* const uses = EffectsOf(experiment, municipality).uses;
  if (uses != nullptr) uses->Increment();
}

void EffectCounters::NotObtained(absl::string_view experiment, int municipality,
                                 int gross_kroner, int net_kroner) {
  const Effects effects = EffectsOf(experiment, municipality);
  if (effects.not_obtained == nullptr) return;
  effects.not_obtained->Increment();
  // A counter never goes down.
  effects.gross->Increment(std::max(gross_kroner, 0));
  effects.net->Increment(std::max(net_kroner, 0));
}

void EffectCounters::Planned(int municipality, const DutyCounts& duties) {
  const Table& table = *table_.load();
  const auto found = table.duties.find(municipality);
  if (found == table.duties.end()) return;
  for (size_t status = 0; status < duties.size(); ++status) {
    if (duties[status] != 0) found->second[status]->Increment(duties[status]);
  }
}

void EffectCounters::Took(RequestTaken how) {
  Counter* const taken = taken_[static_cast<size_t>(how)];
  if (taken != nullptr) taken->Increment();
}

}  // namespace frikommune::metrics
