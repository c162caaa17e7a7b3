#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/catalog/compiler.h"
#include "core/civil_time/date.h"

namespace frikommune::catalog {
namespace {

using decision::v1::Gate;

// The gates G2 to G6 in the order they are asked; passing all of them is 5.
constexpr int kOpen = 5;

// A date of the catalog that has been checked.
Value Day(const std::string& text, Value otherwise) {
  const auto date = civil_time::ParseDate(text);
  return date.ok() ? date->days() : otherwise;
}

// The days of a participation: from `first`, when the law permits it, used from
// `start`, up to `last`.
struct Days {
  Value first;
  Value start;
  Value last;
};

Days DaysOf(const v1::Option& option, const v1::Participation& participation) {
  Days days{};
  days.first = Day(participation.legal_start(), Day(option.legal_start(), 0));
  days.start =
      std::max(days.first, Day(participation.operational_start(), days.first));
  days.last = Day(participation.last_day(), Day(option.last_day(), 0));
  return days;
}

}  // namespace

// The gates G2 to G6 of one option in one municipality on one day. Where the
// municipality has had several participations, the latest that has begun holds.
OptionState Compiler::StateOn(Question& question,
                              const Dispensation& dispensation,
                              int municipality, Value day) {
  OptionState state;
  state.dispensation = &dispensation;
  const v1::Participation* found = nullptr;
  Days days{};
  for (const auto& candidate : dispensation.experiment->participations()) {
    if (candidate.municipality() != municipality ||
        !Concerns(candidate, dispensation.option->id())) {
      continue;
    }
    const Days its = DaysOf(*dispensation.option, candidate);
    if (found == nullptr || (its.first <= day && its.first > days.first)) {
      found = &candidate;
      days = its;
    }
  }
  const auto close = [&state](Gate gate, int progress) {
    state.closed = gate;
    state.progress = progress;
    return state;
  };
  if (found == nullptr)
    return close(decision::v1::GATE_PARTICIPATION_UNKNOWN, 2);
  state.dispensation = &OrderedAs(*found, dispensation, question);
  if (found->standing() == v1::STANDING_APPROVED_NOT_STARTED ||
      dispensation.experiment->status() ==
          v1::EXPERIMENT_STATUS_APPROVED_NOT_STARTED) {
    return close(decision::v1::GATE_EXPERIMENT_NOT_STARTED, 0);
  }
  if (found->status() == v1::PARTICIPATION_STATUS_DISPUTED) {
    return close(decision::v1::GATE_PARTICIPATION_DISPUTED, 2);
  }
  if (found->status() != v1::PARTICIPATION_STATUS_CONFIRMED) {
    return close(decision::v1::GATE_PARTICIPATION_UNKNOWN, 2);
  }
  if (found->standing() != v1::STANDING_PARTICIPATES) {
    return close(decision::v1::GATE_NOT_PARTICIPATING, 1);
  }
  state.last_day = days.last;
  if (day < days.start)
    return close(decision::v1::GATE_EXPERIMENT_NOT_STARTED, 3);
  if (day > days.last) return close(decision::v1::GATE_EXPERIMENT_ENDED, 4);
  state.progress = kOpen;
  if (found->target_groups_size() > 0) state.groups = 0;
  for (const int group : found->target_groups()) {
    state.groups |= MaskOf(static_cast<decision::v1::TargetGroup>(group));
  }
  return state;
}

// Every policy fact is known: off, unless a switch of a participation in an
// option of this question says otherwise on that day.
void Compiler::AddPolicies(const Area& area, const Question& question,
                           int municipality, Epoch& epoch) {
  for (const Fact& fact : area.layout.vocabulary().facts()) {
    if (!absl::StartsWith(fact.name, "policy.")) continue;
    Value value = 0;
    for (const auto& dispensation : question.dispensations) {
      for (const auto& participation :
           dispensation->experiment->participations()) {
        if (participation.municipality() != municipality ||
            !Concerns(participation, dispensation->option->id())) {
          continue;
        }
        for (const auto& policy : participation.policies()) {
          if (policy.fact() == fact.name && policy.on() &&
              epoch.first >= Day(policy.from(), epoch.first) &&
              epoch.first <= Day(policy.to(), epoch.first)) {
            value = 1;
          }
        }
      }
    }
    epoch.policies.emplace_back(fact.slot, value);
  }
}

void Compiler::CompileEpochs(Area& area, Question& question) {
  const Value first = snapshot_->first_day_;
  const Value last = snapshot_->last_day_;
  for (const auto& [code, index] : snapshot_->municipalities_) {
    // Every day on which something may change.
    std::set<Value> starts = {first};
    const auto add = [&](Value day) {
      if (day > first && day <= last) starts.insert(day);
    };
    for (const LawVersion& version : question.versions) add(version.from);
    for (const auto& [from, regime] : snapshot_->regimes_) add(from);
    for (const auto& dispensation : question.dispensations) {
      for (const auto& participation :
           dispensation->experiment->participations()) {
        if (participation.municipality() != code ||
            !Concerns(participation, dispensation->option->id())) {
          continue;
        }
        const Days days = DaysOf(*dispensation->option, participation);
        add(days.first);
        add(days.start);
        add(days.last + 1);
        for (const auto& policy : participation.policies()) {
          add(Day(policy.from(), first));
          add(Day(policy.to(), last) + 1);
        }
      }
    }
    auto& epochs = question.epochs.emplace_back();
    for (auto start = starts.begin(); start != starts.end(); ++start) {
      const auto next = std::next(start);
      Epoch epoch;
      epoch.first = *start;
      epoch.last = next != starts.end() ? *next - 1 : last;
      epoch.regime = snapshot_->RegimeOn(epoch.first);
      for (const LawVersion& version : question.versions) {
        if (version.from <= epoch.first) epoch.law = &version;
      }
      for (const auto& dispensation : question.dispensations) {
        epoch.options.push_back(
            StateOn(question, *dispensation, code, epoch.first));
      }
      std::stable_sort(epoch.options.begin(), epoch.options.end(),
                       [](const OptionState& a, const OptionState& b) {
                         return a.progress > b.progress;
                       });
      AddPolicies(area, question, code, epoch);
      if (!epochs.empty() && epoch.Continues(epochs.back())) {
        epochs.back().last = epoch.last;
      } else {
        epochs.push_back(std::move(epoch));
      }
    }
  }
}

}  // namespace frikommune::catalog
