#include <utility>

#include "absl/strings/str_cat.h"
#include "core/catalog/compiler.h"

namespace frikommune::catalog {
namespace {

using decision::v1::Outcome;

Effect EffectOf(bool spoken, bool value) {
  if (!spoken) return Effect::kSilent;
  return value ? Effect::kYes : Effect::kNo;
}

// The rule that a row or a window begins.
template <typename Source>
Rule Begin(const Source& source, const std::string& law) {
  Rule rule;
  rule.id = absl::StrCat(law, "/", source.id());
  rule.outcome = source.outcome();
  rule.kind = KindOf(rule.outcome);
  rule.source = &source;
  rule.because = &source.because();
  rule.cite = &source.cite();
  rule.confidence = source.confidence();
  return rule;
}

}  // namespace

std::vector<Condition> Compiler::CompileConditions(
    const google::protobuf::RepeatedPtrField<v1::Condition>& sources,
    Area& area) {
  std::vector<Condition> conditions;
  for (const v1::Condition& source : sources) {
    auto condition = CompileCondition(source, area.layout);
    if (condition.ok()) {
      conditions.push_back(*std::move(condition));
    } else {
      Report(source, std::string(condition.status().message()));
    }
  }
  return conditions;
}

Slot Compiler::CompileDate(const std::string& text,
                           const google::protobuf::Message& where, Area& area) {
  if (text.empty()) return kNoSlot;
  const auto expression =
      DateExpression::Parse(text, [&area](absl::string_view name) {
        return area.layout.vocabulary().Find(name);
      });
  if (expression.ok()) return area.layout.AddExpression(*expression);
  Report(where, std::string(expression.status().message()));
  return kNoSlot;
}

Condition Compiler::DateTest(Slot from, Slot to, const Area& area) const {
  Condition condition;
  condition.kind = Condition::Kind::kDate;
  condition.of_the_day = true;
  condition.slot = area.on;
  condition.from = from;
  condition.to = to;
  return condition;
}

void Compiler::CompileRemarks(
    const google::protobuf::RepeatedPtrField<v1::Action>& actions,
    const google::protobuf::RepeatedPtrField<v1::Flag>& flags, Area& area,
    Rule& rule) {
  for (const v1::Action& action : actions) {
    if (action.code().empty()) Report(action, "an action without a code");
    rule.actions.push_back({&action.code(),
                            CompileConditions(action.when(), area),
                            CompileDate(action.from(), action, area),
                            CompileDate(action.to(), action, area),
                            CompileDocument(action.document(), action)});
  }
  for (const v1::Flag& flag : flags) {
    if (flag.code().empty()) Report(flag, "a flag without a code");
    rule.flags.push_back({&flag.code(), CompileConditions(flag.when(), area)});
  }
}

void Compiler::AddRow(const v1::Row& row, const std::string& law, Area& area,
                      Table& table) {
  const bool answers = row.outcome() != decision::v1::OUTCOME_UNSPECIFIED;
  if (answers == row.as_ordinary_law()) {
    Report(row, absl::StrCat(
                    "row ", row.id(),
                    " has to say an outcome or as_ordinary_law, and not both"));
  }
  if (row.as_ordinary_law() && law == "law") {
    Report(row, absl::StrCat("row ", row.id(),
                             " is ordinary law itself: "
                             "as_ordinary_law belongs in an experiment"));
  }
  Rule rule = Begin(row, law);
  rule.when = CompileConditions(row.when(), area);
  rule.as_ordinary_law = row.as_ordinary_law();
  rule.permission = row.permission();
  rule.deadline = CompileDate(row.deadline(), row, area);
  rule.counts = EffectOf(row.has_counts(), row.counts());
  rule.resets_clock = EffectOf(row.has_resets_clock(), row.resets_clock());
  rule.spares = CompileDocument(row.spares(), row);
  if (row.missing_size() > 0) rule.missing = &row.missing();
  CheckSaving(row, rule, law);
  CheckMissing(row, law, area);
  if (row.outcome() == decision::v1::OUTCOME_NEEDS_LEADER_REVIEW) {
    Report(row, absl::StrCat("row ", row.id(),
                             " waits for a leader: needs_leader_review of the "
                             "dispensation asks for one, and no row does"));
  }
  CompileRemarks(row.actions(), row.flags(), area, rule);
  table.rules.push_back(std::move(rule));
}

// In the order of a table: what is set, by its place, and then what is not.
void Compiler::AddOrdinaryWindow(const v1::Window& window, Area& area,
                                 Table& table) {
  Rule within = Begin(window, "law");
  within.when = CompileConditions(window.when(), area);
  if (within.outcome == decision::v1::OUTCOME_UNSPECIFIED) {
    within.outcome = decision::v1::OUTCOME_ALLOWED_BY_LAW;
  }
  within.kind = KindOf(within.outcome);
  within.target_from = CompileDate(window.target_from(), window, area);
  within.target_to = CompileDate(window.target_to(), window, area);
  const Slot earliest = CompileDate(window.earliest(), window, area);
  const Slot latest = CompileDate(window.latest(), window, area);
  table.is_duty = true;

  const auto add = [&](Outcome outcome, bool set, const Condition* test) {
    Rule rule = within;
    rule.outcome = outcome;
    rule.kind = KindOf(outcome);
    Condition date_set;
    date_set.slot = area.date_set;
    date_set.low = date_set.high = set ? 1 : 0;
    rule.when.push_back(date_set);
    if (test != nullptr) rule.when.push_back(*test);
    if (set && outcome == within.outcome) {
      CompileRemarks(window.actions(), window.flags(), area, rule);
    }
    table.rules.push_back(std::move(rule));
  };
  if (earliest != kNoSlot) {
    const Slot day_before =
        CompileDate(absl::StrCat(window.earliest(), " - 1d"), window, area);
    const Condition early = DateTest(kNoSlot, day_before, area);
    add(decision::v1::OUTCOME_TOO_EARLY, true, &early);
  }
  if (latest == kNoSlot) {
    add(within.outcome, true, nullptr);
    add(earliest == kNoSlot ? within.outcome
                            : decision::v1::OUTCOME_NOT_REQUIRED_BY_LAW,
        false, nullptr);
    return;
  }
  const Condition in_time = DateTest(kNoSlot, latest, area);
  add(within.outcome, true, &in_time);
  add(decision::v1::OUTCOME_LATE, true, nullptr);
  add(decision::v1::OUTCOME_NOT_REQUIRED_BY_LAW, false, &in_time);
  add(decision::v1::OUTCOME_CONTACT_OVERDUE, false, nullptr);
}

void Compiler::AddExtraWindow(const v1::Window& window, const std::string& law,
                              Area& area, Table& table) {
  Rule rule = Begin(window, law);
  rule.when = CompileConditions(window.when(), area);
  if (rule.outcome == decision::v1::OUTCOME_UNSPECIFIED) {
    rule.outcome = decision::v1::OUTCOME_ALLOWED_BY_EXPERIMENT;
  }
  rule.kind = KindOf(rule.outcome);
  rule.target_from = CompileDate(window.target_from(), window, area);
  rule.target_to = CompileDate(window.target_to(), window, area);
  rule.when.push_back(DateTest(CompileDate(window.earliest(), window, area),
                               CompileDate(window.latest(), window, area),
                               area));
  CompileRemarks(window.actions(), window.flags(), area, rule);
  table.rules.push_back(std::move(rule));
  table.is_duty = true;
}

void Compiler::CompileVersion(const v1::Version& source, Area& area,
                              LawVersion& version) {
  version.source = &source;
  version.from = DateOf(source.from(), source, "the version's first day");
  for (const v1::Row& row : source.rows())
    AddRow(row, "law", area, version.table);
  for (const v1::Window& window : source.windows()) {
    AddOrdinaryWindow(window, area, version.table);
  }
  if (version.table.rules.empty() && !source.has_terms()) {
    Report(source, "the version holds neither rows nor windows nor terms");
  }
}

void Compiler::CompileTally(const v1::Tally& source, Area& area) {
  Tally tally;
  tally.slot = area.layout.vocabulary().Find(source.fact())->slot;
  tally.counted = source.counted();
  tally.when = CompileConditions(source.when(), area);
  const auto number = [&](absl::string_view fact, const std::string& name) {
    if (name.empty()) return 0;
    const Fact* known = area.layout.vocabulary().Find(fact);
    const auto* value =
        known != nullptr ? known->values->FindValueByName(name) : nullptr;
    if (value == nullptr)
      Report(source, absl::StrCat("\"", name, "\" is no ", fact));
    return value != nullptr ? value->number() : 0;
  };
  tally.kind = number("meeting.kind", source.meeting_kind());
  tally.state = number("meeting.state", source.state());
  area.tallies.push_back(std::move(tally));
}

}  // namespace frikommune::catalog
