#include "core/proof/tariff_days.h"

#include <set>
#include <string>

#include "core/civil_time/date.h"

namespace frikommune::proof {
namespace {

using catalog::Value;

void AddDocuments(const catalog::Table& table,
                  std::set<std::string>& documents) {
  for (const catalog::Rule& rule : table.rules) {
    if (rule.spares != nullptr) documents.insert(*rule.spares);
    for (const catalog::Remark& action : rule.actions) {
      if (action.document != nullptr) documents.insert(*action.document);
    }
  }
}

}  // namespace

void AddTariffDays(const catalog::Snapshot& snapshot, const catalog::Area& area,
                   const catalog::Question& question,
                   std::vector<DateTest>& tests) {
  std::set<std::string> documents;
  for (const auto& dispensation : question.dispensations) {
    AddDocuments(dispensation->table, documents);
    AddDocuments(dispensation->beside, documents);
  }
  std::set<Value> days;
  for (const std::string& document : documents) {
    for (const Value day : snapshot.tariffs().FirstDaysOf(document)) {
      if (day > snapshot.first_day() && day <= snapshot.last_day())
        days.insert(day);
    }
  }
  for (const Value day : days) {
    const auto bound = catalog::DateExpression::Parse(
        civil_time::FormatDate(civil_time::Date::FromDays(day)),
        [](absl::string_view) -> const catalog::Fact* { return nullptr; });
    DateTest test;
    test.subject = area.on;
    test.bound = *bound;
    test.subject_is_day = true;
    tests.push_back(std::move(test));
  }
}

}  // namespace frikommune::proof
