#include "core/catalog/facts.h"

namespace frikommune::catalog {

void Layout::Seal() {
  dependents_.resize(static_cast<size_t>(vocabulary_.size()));
}

Slot Layout::AddExpression(const DateExpression& expression) {
  const auto [found, is_new] =
      by_text_.try_emplace(expression.text(), static_cast<Slot>(size()));
  if (is_new) {
    expressions_.push_back(expression);
    std::vector<Slot> slots;
    expression.AddSlots(slots);
    for (const Slot slot : slots) {
      dependents_[static_cast<size_t>(slot)].push_back(found->second);
    }
  }
  return found->second;
}

}  // namespace frikommune::catalog
