#include "core/catalog/tariffs.h"

#include <algorithm>

namespace frikommune::catalog {

void Tariffs::Add(const v1::Tariff& tariff, Value from) {
  auto& history = by_document_[tariff.document()];
  const auto after = std::upper_bound(
      history.begin(), history.end(), from,
      [](Value day, const auto& entry) { return day < entry.first; });
  history.insert(after, {from, &tariff});
}

const v1::Tariff* Tariffs::On(absl::string_view document, Value day) const {
  const auto found = by_document_.find(document);
  if (found == by_document_.end()) return nullptr;
  const v1::Tariff* in_force = nullptr;
  for (const auto& [from, tariff] : found->second) {
    if (from <= day) in_force = tariff;
  }
  return in_force;
}

std::vector<Value> Tariffs::FirstDaysOf(absl::string_view document) const {
  std::vector<Value> days;
  const auto found = by_document_.find(document);
  if (found == by_document_.end()) return days;
  for (const auto& [from, tariff] : found->second) days.push_back(from);
  return days;
}

}  // namespace frikommune::catalog
