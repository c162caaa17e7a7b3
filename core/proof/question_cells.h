#ifndef FRIKOMMUNE_CORE_PROOF_QUESTION_CELLS_H_
#define FRIKOMMUNE_CORE_PROOF_QUESTION_CELLS_H_

#include <map>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/proof/walk.h"

namespace frikommune::proof {

// One leaf in one municipality, on one day, for one group.
struct Visit {
  const Leaf& leaf;
  int municipality;
  const catalog::Epoch& epoch;
  const DayCells::Day& day;
  // UNSPECIFIED where the area has no groups.
  decision::v1::TargetGroup group;
  // False on the first and last day of an epoch, which are gone through beside
  // the days that stand for it: their cells are not counted again.
  bool is_counted;
  // True the first time that these rules meet this leaf.
  bool is_first;
};

// All cells of a question: every municipality, day and target group. Not safe
// to share between threads; what it is given must outlive it.
class QuestionCells {
 public:
  QuestionCells(const catalog::Snapshot& snapshot, const catalog::Area& area,
                const catalog::Question& question, const CaseWorld& world);

  // Date tests that the proof cannot take.
  const std::vector<QuestionTests::Refused>& refused() const {
    return tests_.refused;
  }

  // Shows every leaf.
  void ForEach(absl::FunctionRef<void(const Visit&)> see);

  // The stretch of days around one on which tests of the day alone agree.
  std::pair<catalog::Value, catalog::Value> DaysAround(
      catalog::Value on) const {
    return cells_.DaysAround(on);
  }

  // Sets the facts of a visit, and no others: what was not asked is unknown,
  // and local policy that was asked is pinned.
  void SetFacts(const Visit& visit, catalog::Facts& facts) const;

 private:
  // The leaves of one epoch, wherever the same rules hold on the same days.
  struct Days {
    std::vector<DayCells::Day> days;
    std::vector<bool> is_counted;
    // By day: the leaves of each kind of group.
    std::vector<std::map<std::vector<bool>, std::vector<Leaf>>> leaves;
  };

  Days& DaysOf(const catalog::Epoch& epoch);
  // What sets a group apart in an epoch: equal groups have equal leaves.
  std::vector<bool> KindOf(const catalog::Epoch& epoch,
                           decision::v1::TargetGroup group);

  const catalog::Area& area_;
  const catalog::Question& question_;
  QuestionTests tests_;
  DayCells cells_;
  catalog::Facts scratch_;
  std::vector<bool> is_policy_;
  std::map<std::vector<int64_t>, Days> known_;
};

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_QUESTION_CELLS_H_
