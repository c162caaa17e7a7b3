#include "core/catalog/compiler.h"

namespace frikommune::catalog {
namespace {

// The order in which the participation reads the rows; null for their own.
const v1::RowOrder* OrderOf(const v1::Participation& participation,
                            const v1::Dispensation& source) {
  for (const auto& order : participation.row_orders()) {
    if (order.provision() == source.provision() &&
        order.option() == source.option()) {
      return &order;
    }
  }
  return nullptr;
}

}  // namespace

// The dispensation as the participation reads it: itself, or a variant with its
// rows in another order. Windows stay before the rows.
const Dispensation& Compiler::OrderedAs(const v1::Participation& participation,
                                        const Dispensation& dispensation,
                                        Question& question) {
  const v1::Dispensation& source = *dispensation.source;
  const v1::RowOrder* const order = OrderOf(participation, source);
  if (order == nullptr) return dispensation;
  for (const auto& known : question.variants) {
    if (known->order == order && known->IsSameOption(dispensation))
      return *known;
  }
  auto variant = std::make_unique<Dispensation>(dispensation);
  variant->order = order;
  auto& rules = variant->table.rules;
  rules.resize(static_cast<size_t>(source.windows_size()));
  for (const std::string& id : order->rows()) {
    for (int i = 0; i < source.rows_size(); ++i) {
      if (source.rows(i).id() != id) continue;
      const int place = source.windows_size() + i;
      rules.push_back(dispensation.table.rules[static_cast<size_t>(place)]);
    }
  }
  return *question.variants.emplace_back(std::move(variant));
}

}  // namespace frikommune::catalog
