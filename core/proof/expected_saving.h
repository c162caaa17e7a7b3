#ifndef FRIKOMMUNE_CORE_PROOF_EXPECTED_SAVING_H_
#define FRIKOMMUNE_CORE_PROOF_EXPECTED_SAVING_H_

#include <string>
#include <vector>

#include "core/catalog/snapshot.h"

namespace frikommune::proof {

// What is saved on the day, read from the tariffs as they are written:
// "LAE265 1544 - LAE125 397 = 1147, 60 min.", and "?" for a fee that is not on
// file.
std::string ExpectedSaving(const catalog::Snapshot& snapshot,
                           const std::string& spared,
                           const std::vector<std::string>& substitutes,
                           catalog::Value day);

// A saving of the engine, written likewise; empty if there is none.
std::string WriteSaving(const decision::v1::Decision& decision);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_EXPECTED_SAVING_H_
