#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/catalog/compiler.h"

namespace frikommune::catalog {
namespace {

using decision::v1::Gate;

// Gates that a restatement closes to its cases.
bool Closes(Gate gate) {
  return gate == decision::v1::GATE_EXPERIMENT_NOT_STARTED ||
         gate == decision::v1::GATE_NOT_IN_TARGET_GROUP;
}

// Gates that a restatement explains when they close.
bool Explains(Gate gate) {
  return gate == decision::v1::GATE_NEEDS_ASSESSMENT ||
         gate == decision::v1::GATE_NEEDS_LEADER_REVIEW;
}

}  // namespace

// What a provision asks of its area's facts.
void Compiler::CheckArea(const v1::Provision& provision, const Area& area) {
  if (area.on == kNoSlot) {
    Report(provision, absl::StrCat("the area \"", area.name,
                                   "\" has no fact \"on\", the day that is "
                                   "decided for"));
  }
  if (area.target_group == kNoSlot && provision.target_groups_size() > 0) {
    Report(provision, absl::StrCat(provision.id(),
                                   " is for target groups, and its area has no "
                                   "fact \"target_group\""));
  }
  const bool has_windows = std::any_of(
      provision.versions().begin(), provision.versions().end(),
      [](const auto& version) { return version.windows_size() > 0; });
  if (area.date_set == kNoSlot && has_windows) {
    Report(provision, absl::StrCat(provision.id(),
                                   " has windows, and its area has no fact "
                                   "\"date_set\""));
  }
}

// What a dispensation asks of its area's facts.
void Compiler::CheckArea(const v1::Experiment& experiment,
                         const v1::Dispensation& source, const Area& area) {
  const auto lacks = [&](const google::protobuf::Message& where,
                         const char* what, const char* fact) {
    Report(where, absl::StrCat(experiment.id(), " ", source.option(), what,
                               ", and the area of ", source.provision(),
                               " has no fact \"", fact, "\""));
  };
  if (source.needs_assessment() && area.assessment_recorded == kNoSlot) {
    lacks(source, " waits for an assessment", "assessment_recorded");
  }
  if (source.needs_leader_review() && area.leader_standing == kNoSlot) {
    lacks(source, " waits for a leader", "leader_standing");
  }
  if (area.target_group != kNoSlot) return;
  for (const auto& participation : experiment.participations()) {
    if (participation.target_groups_size() > 0 &&
        Concerns(participation, source.option())) {
      lacks(participation, " is for target groups", "target_group");
    }
  }
}

void Compiler::CheckRestatement(const v1::Restatement& source,
                                const v1::Dispensation& dispensation) {
  const auto report = [&](const char* fault) {
    Report(source, absl::StrCat("row ", source.id(), fault));
  };
  const Gate gate = source.gate();
  if (!Closes(gate) && !Explains(gate)) {
    report(" restates no gate that a row may restate");
  } else if (Closes(gate) == (source.when_size() == 0)) {
    report(Closes(gate) ? " closes a gate, and does not say to which cases"
                        : " explains a gate, to every case that waits");
  }
  const bool is_asked = (gate != decision::v1::GATE_NEEDS_ASSESSMENT ||
                         dispensation.needs_assessment()) &&
                        (gate != decision::v1::GATE_NEEDS_LEADER_REVIEW ||
                         dispensation.needs_leader_review());
  if (!is_asked) report(" explains a gate that the option does not have");
}

void Compiler::CompileRestatements(const std::string& law, Area& area,
                                   Dispensation& dispensation) {
  std::set<Gate> explained;
  auto& rules = dispensation.restatements.rules;
  for (const v1::Restatement& source : dispensation.source->restatements()) {
    CheckRestatement(source, *dispensation.source);
    if (Explains(source.gate()) && !explained.insert(source.gate()).second) {
      Report(source, absl::StrCat("row ", source.id(),
                                  " explains a gate that another row does"));
    }
    Rule& rule = rules.emplace_back();
    rule.id = absl::StrCat(law, "/", source.id());
    rule.gate = source.gate();
    rule.when = CompileConditions(source.when(), area);
    rule.source = &source;
    rule.because = &source.because();
    rule.cite = &source.cite();
    rule.confidence = source.confidence();
  }
  // Gates have numbers in the order in which they are asked.
  std::stable_sort(
      rules.begin(), rules.end(),
      [](const Rule& a, const Rule& b) { return a.gate < b.gate; });
}

}  // namespace frikommune::catalog
