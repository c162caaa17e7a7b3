#ifndef FRIKOMMUNE_CORE_PROOF_PROOF_H_
#define FRIKOMMUNE_CORE_PROOF_PROOF_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/catalog/snapshot.h"

namespace frikommune::proof {

// What was gone through of one provision.
struct QuestionReport {
  std::string provision;
  // Cells: a municipality, days with the same law, a target group, and a cell
  // of every fact and date that the provision's tests tell apart.
  uint64_t cells = 0;
  // How many of them were shown to the engine; each stands for cells on which
  // it reads the same facts alike.
  uint64_t leaves = 0;
  int rows = 0;
};

struct ProofReport {
  uint64_t cells = 0;
  uint64_t leaves = 0;
  int rows = 0;
  int cases = 0;
  std::vector<QuestionReport> questions;
  std::vector<catalog::Problem> problems;
};

// Proves that every municipality, day, target group and set of facts has
// exactly one answer (design 2.2). A problem is:
//
//   - a gap: facts for which no row of ordinary law answers;
//   - an overlap: two windows, or two open options, that both hold;
//   - a row that never answers;
//   - an option that changes nothing in a provision it names;
//   - an answer of the engine other than the one that the rows give;
//   - an unknown fact that changes an answer without being asked for;
//   - a row that no case fires, and a case that is not well written.
//
// Each names its file and line; a gap and an overlap hold a case that shows it.
// Nothing is asked of the rows of an option in which no municipality's part is
// confirmed: its gate is always closed.
ProofReport Prove(const catalog::Snapshot& snapshot);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_PROOF_H_
