#include "core/catalog/rule.h"

namespace frikommune::catalog {

static_assert(decision::v1::Outcome_ARRAYSIZE <= kOutcomeNumbers);

OutcomeKinds ReadOutcomeKinds() {
  OutcomeKinds kinds{};
  const auto* outcomes = decision::v1::Outcome_descriptor();
  for (int i = 0; i < outcomes->value_count(); ++i) {
    const auto* value = outcomes->value(i);
    kinds[static_cast<size_t>(value->number())] =
        value->options().GetExtension(annotations::v1::kind);
  }
  return kinds;
}

Match FirstMatch(const Table& table, Facts& facts) {
  // Most tests here are of dates. As EvaluateAll, without a call for those.
  const auto evaluate_all = [&facts](const Rule& rule) {
    Truth truth = Truth::kTrue;
    for (const Condition& condition : rule.when) {
      truth = std::min(truth, condition.kind == Condition::Kind::kDate
                                  ? EvaluateDate(condition, facts)
                                  : Evaluate(condition, facts));
      if (truth == Truth::kFalse) break;
    }
    return truth;
  };
  for (const Rule& rule : table.rules) {
    const Truth truth = evaluate_all(rule);
    if (truth == Truth::kFalse) continue;
    return {&rule, truth == Truth::kMaybe};
  }
  return {};
}

}  // namespace frikommune::catalog
