#ifndef FRIKOMMUNE_CORE_PROOF_WALK_H_
#define FRIKOMMUNE_CORE_PROOF_WALK_H_

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "core/proof/day_cells.h"
#include "core/proof/question_tests.h"

namespace frikommune::proof {

// Cells that are decided alike, by the same rules: what was asked on the way is
// known, and nothing else.
struct Leaf {
  std::vector<std::pair<catalog::Slot, catalog::Value>> facts;
  uint64_t cells = 0;
  // False where a test turns on a fact that has no cells.
  bool is_settled = true;

  // The rule of ordinary law; null where none answers: a gap.
  const catalog::Rule* law = nullptr;
  // The place of the option that is asked, in the epoch's order; -1 for none.
  int option = -1;
  decision::v1::Gate gate = decision::v1::GATE_UNSPECIFIED;
  // The rule that answers, and the rules said beside it, by bit.
  const catalog::Rule* rule = nullptr;
  uint64_t beside = 0;
  // The row that closed the gate to these cells, or explains it; null if none.
  const catalog::Rule* restatement = nullptr;
  // The actions that are said: of the rule, and then of those beside it.
  std::vector<const catalog::Remark*> actions;

  // What overlaps with an answer: another window of the same version, another
  // window of the same option with another outcome, or another open option.
  const catalog::Rule* other_law = nullptr;
  const catalog::Rule* other_rule = nullptr;
  int other_option = -1;
};

// Goes through every cell of a question on one day, for one municipality's
// epoch and one target group, UNSPECIFIED where the area has none: it decides
// as decision::Decide does, and where a test is not yet settled, it takes each
// way in turn.
//
// One use only.
class Walk {
 public:
  Walk(const catalog::Area& area, const catalog::Question& question,
       const catalog::Epoch& epoch, const QuestionTests& tests,
       const std::vector<catalog::Slot>& anchors, const DayCells::Day& day,
       decision::v1::TargetGroup group);

  std::vector<Leaf> Leaves();

 private:
  struct Domain {
    catalog::Slot slot;
    std::vector<catalog::Value> values;  // One for each cell that is left.
    bool asked = false;
  };

  void Explore();
  // Decides as far as the tests are settled. False if one is not; so, too, the
  // steps of it.
  bool Decide(Leaf& leaf);
  bool FindAnswer(Leaf& leaf);
  bool FindLaw(Leaf& leaf);
  bool FindOption(Leaf& leaf);
  bool FindClosing(const catalog::Dispensation& dispensation,
                   const catalog::Rule*& found);
  bool FindExperiment(Leaf& leaf);
  bool FindSafeguard(const catalog::Dispensation& dispensation, Leaf& leaf);
  bool FindAfterEnd(Leaf& leaf);
  bool FindBeside(Leaf& leaf);
  bool FindActions(const catalog::Rule& rule, Leaf& leaf);
  // The first rule that holds, and its place; null if none does.
  bool FindRule(const catalog::Table& table, const catalog::Rule*& found,
                size_t& at);

  // Whether all tests hold; false, too, with `unsettled_` set, if that is open.
  bool Hold(const catalog::Condition* tests, size_t count);
  bool Hold(const std::vector<catalog::Condition>& tests) {
    return Hold(tests.data(), tests.size());
  }
  catalog::Truth Ask(const catalog::Condition& test);
  void MarkAsked(const catalog::Condition& test);
  void Branch(const catalog::Condition& test);

  // The places in domains_ of the facts a test reads.
  const std::vector<size_t>& DomainsOf(const catalog::Condition& test);
  void Use(size_t domain, catalog::Value value);

  const catalog::Area& area_;
  const catalog::Question& question_;
  const catalog::Epoch& epoch_;
  catalog::GroupMask group_;
  catalog::Condition is_assessed_;
  catalog::Condition is_approved_;
  catalog::Facts facts_;
  std::vector<Domain> domains_;
  std::map<const catalog::Condition*, std::vector<size_t>> domains_of_;
  const catalog::Condition* unsettled_ = nullptr;
  std::vector<Leaf> leaves_;
};

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_WALK_H_
