#ifndef FRIKOMMUNE_CORE_PROOF_DAY_CELLS_H_
#define FRIKOMMUNE_CORE_PROOF_DAY_CELLS_H_

#include <utility>
#include <vector>

#include "core/proof/case_world.h"
#include "core/proof/date_tests.h"

namespace frikommune::proof {

// The cells into which date tests cut the pairs of a day that is decided for
// and the dates of a case.
//
// Two pairs are in one cell if every test says the same of both. For each date
// of a case the cells are found by going through all its days, and the days
// decided for are then sorted by the cells that some date reaches on them. A
// day is proven if its cells are among those of a day that stands for it, so
// that no pair is left out: month ends and leap days are days like any other.
//
// Not safe to share between threads.
class DayCells {
 public:
  // A day that stands for others.
  struct Day {
    catalog::Value on = 0;
    // The stretch of days around it on which tests of the day alone agree.
    catalog::Value first = 0;
    catalog::Value last = 0;
    // By date fact, in the order of `anchors`: one date for each cell, and
    // kNone where there may be none.
    std::vector<std::vector<catalog::Value>> dates;
  };

  // For the days from `first` to `last`.
  DayCells(const catalog::Area& area, const CaseWorld& world,
           std::vector<DateTest> tests, catalog::Value first,
           catalog::Value last);

  // The date facts, other than "on", that the tests turn on.
  const std::vector<catalog::Slot>& anchors() const { return anchors_; }

  // Days that stand for all days from `first` to `last`.
  std::vector<Day> DaysFor(catalog::Value first, catalog::Value last) const;

  // The cells of one day.
  Day DayOn(catalog::Value on) const;

  // The stretch of days around one on which tests of the day alone agree.
  std::pair<catalog::Value, catalog::Value> DaysAround(catalog::Value on) const;

 private:
  // Days on which a date reaches a cell.
  struct Reach {
    catalog::Value first;
    catalog::Value last;
    catalog::Value date;
  };
  // A cell of one date fact. On each day that it is reached the dates in it are
  // one stretch of time: `earliest` holds the first of them, and `latest` the
  // last.
  struct Cell {
    std::vector<Reach> earliest;
    std::vector<Reach> latest;
  };
  struct Anchor {
    std::vector<Cell> cells;
    bool is_past = false;
    bool may_be_none = false;
  };
  // Days on which the same cells are reached and tests of the day alone agree.
  struct Stretch {
    catalog::Value first;
    catalog::Value last;
    std::vector<bool> truths;
    std::vector<std::vector<int>> reached;  // By anchor, in rising order.
  };

  // The place of the stretch that holds the day.
  size_t StretchOf(catalog::Value on) const;
  Anchor FindCells(catalog::Slot anchor, bool is_past) const;
  void FindStretches();
  // A date in a cell that is reached on the day, of those a likely one.
  static catalog::Value DateIn(const Cell& cell, catalog::Value on,
                               bool is_past);
  // The range of dates beyond which no test of the anchor changes.
  std::pair<catalog::Value, catalog::Value> Span(
      const std::vector<const DateTest*>& tests) const;
  bool Holds(const DateTest& test, catalog::Value on,
             catalog::Value date) const;

  const catalog::Area& area_;
  std::vector<DateTest> tests_;
  catalog::Value first_;
  catalog::Value last_;
  std::vector<catalog::Slot> anchors_;
  std::vector<Anchor> found_;
  std::vector<Stretch> stretches_;
  mutable std::vector<catalog::Value> scratch_;
};

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_DAY_CELLS_H_
