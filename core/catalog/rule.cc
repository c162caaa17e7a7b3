#include "core/catalog/rule.h"

#include <array>

namespace frikommune::catalog {
namespace {

constexpr int kMostOutcomes = 128;

std::array<annotations::v1::OutcomeKind, kMostOutcomes> ReadKinds() {
  std::array<annotations::v1::OutcomeKind, kMostOutcomes> kinds{};
  const auto* outcomes = decision::v1::Outcome_descriptor();
  for (int i = 0; i < outcomes->value_count(); ++i) {
    const auto* value = outcomes->value(i);
    kinds[static_cast<size_t>(value->number())] =
        value->options().GetExtension(annotations::v1::kind);
  }
  return kinds;
}

}  // namespace

Match FirstMatch(const Table& table, Facts& facts) {
  for (const Rule& rule : table.rules) {
    const Truth truth = EvaluateAll(rule.when, facts);
    if (truth == Truth::kFalse) continue;
    return {&rule, truth == Truth::kMaybe};
  }
  return {};
}

annotations::v1::OutcomeKind KindOf(decision::v1::Outcome outcome) {
  static const auto kKinds = ReadKinds();
  return kKinds[static_cast<size_t>(outcome) % kMostOutcomes];
}

}  // namespace frikommune::catalog
