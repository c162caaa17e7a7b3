#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/catalog/compiler.h"

namespace frikommune::catalog {
namespace {

// What is wrong with an order of these rows; empty if nothing is.
std::string FaultOf(const v1::RowOrder& order,
                    const v1::Dispensation& dispensation) {
  std::set<std::string> left;
  for (const auto& row : dispensation.rows()) left.insert(row.id());
  const std::set<std::string> all = left;
  for (const std::string& id : order.rows()) {
    if (left.erase(id) > 0) continue;
    return all.count(id) > 0
               ? absl::StrCat("names row ", id, " twice")
               : absl::StrCat("names row ", id, ", which is not there");
  }
  return left.empty() ? "" : absl::StrCat("leaves row ", *left.begin(), " out");
}

const v1::Dispensation* Find(const v1::Experiment& experiment,
                             const v1::RowOrder& order) {
  for (const auto& dispensation : experiment.dispensations()) {
    if (dispensation.provision() == order.provision() &&
        dispensation.option() == order.option()) {
      return &dispensation;
    }
  }
  return nullptr;
}

}  // namespace

bool Concerns(const v1::Participation& participation,
              const std::string& option) {
  return participation.options_size() == 0 ||
         std::find(participation.options().begin(),
                   participation.options().end(),
                   option) != participation.options().end();
}

void CheckRowOrders(const v1::Experiment& experiment, const Catalog& catalog,
                    std::vector<Problem>& problems) {
  for (const auto& participation : experiment.participations()) {
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& order : participation.row_orders()) {
      const std::string what =
          absl::StrCat("the row order of ", participation.municipality(),
                       " in ", order.provision(), " ", order.option(), " ");
      const auto report = [&](const std::string& fault) {
        problems.push_back(
            {catalog.WhereIs(order), absl::StrCat(what, fault), ""});
      };
      const v1::Dispensation* const dispensation = Find(experiment, order);
      if (dispensation == nullptr) {
        report(absl::StrCat("is of no dispensation of ", experiment.id()));
        continue;
      }
      if (!Concerns(participation, order.option())) {
        report("is of an option that the participation is not about");
      }
      if (!seen.emplace(order.provision(), order.option()).second) {
        report("is there twice");
      }
      const std::string fault = FaultOf(order, *dispensation);
      if (!fault.empty()) report(fault);
    }
  }
}

}  // namespace frikommune::catalog
