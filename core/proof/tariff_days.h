#ifndef FRIKOMMUNE_CORE_PROOF_TARIFF_DAYS_H_
#define FRIKOMMUNE_CORE_PROOF_TARIFF_DAYS_H_

#include <vector>

#include "core/catalog/snapshot.h"
#include "core/proof/date_tests.h"

namespace frikommune::proof {

// Adds a test of the day for each first day of a tariff, of the documents that
// the question's rules spare or order: between two of them a saving is the
// same.
void AddTariffDays(const catalog::Snapshot& snapshot, const catalog::Area& area,
                   const catalog::Question& question,
                   std::vector<DateTest>& tests);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_TARIFF_DAYS_H_
