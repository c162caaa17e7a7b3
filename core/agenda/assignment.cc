#include "core/agenda/assignment.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

// Why it is the best.
//
// Cases and places are the two sides of a bipartite graph. An augmenting path
// gives one more case a place and takes none from another: cases move on, one
// from each day of the path, until a day with a place left is reached. Where
// there is no path for a case, there is none ever after, as more cases are
// placed (the sets of cases that can be placed together are a matroid). So
// cases tried one by one, those with a deadline first, give 1 and 2.
//
// The sets of places that can be used together are a matroid as well, and
// which cases have a place does not depend on which places are used
// (Mendelsohn and Dulmage). Freeing a place of a late day by moving cases on
// until the earliest day that can be reached exchanges the place for the best
// one in its cocircuit. Every place that is used needs that only once, for the
// best set of the places seen so far stays the best. A best basis of a matroid
// has the most elements of every prefix of the order, and that is 3.
//
// Paths are found over days instead of cases. The cases on one day can all be
// moved to any day of their own intervals. All of those contain the day, so
// together they reach one interval: from the least `first` to the greatest
// `last` among them. Two cases a day stand for all, and two more for those that
// need the education member, whose days are the fewer.

namespace frikommune::rehab {
namespace {

// The days of a kind that a search has not seen yet, in their order.
class Unseen {
 public:
  explicit Unseen(std::vector<int> all) : all_(std::move(all)), next_(all_) {}

  void Reset() { next_ = all_; }
  // The first at `day` or after it; the number of days if there is none.
  int Next(int day) {
    auto at = static_cast<size_t>(day);
    while (next_[at] != static_cast<int>(at)) {
      next_[at] = next_[static_cast<size_t>(next_[at])];
      at = static_cast<size_t>(next_[at]);
    }
    return static_cast<int>(at);
  }
  void Remove(int day) {
    auto& next = next_[static_cast<size_t>(day)];
    if (next == day) next = day + 1;
  }

 private:
  const std::vector<int> all_;
  std::vector<int> next_;
};

class Assignment {
 public:
  Assignment(absl::Span<const PlanDay> days, absl::Span<const PlanCase> cases)
      : days_(days),
        cases_(cases),
        day_of_(cases.size(), kNoDay),
        on_(days.size()),
        from_(days.size()),
        unseen_(EveryDay(days.size())),
        unseen_education_(EducationDays(days)) {}

  // Gives a case a place, if it can be done; no other loses its own.
  void Place(int number) {
    const PlanCase& placed = Case(number);
    if (placed.first > placed.last) return;
    assert(placed.first >= 0);
    assert(placed.last < static_cast<int>(days_.size()));
    Begin();
    Reach(kNoDay, number, placed.first, placed.last, placed.needs_education);
    for (size_t i = 0; earliest_ == kNoDay && i < queue_.size(); ++i) {
      ReachFrom(queue_[i]);
    }
    if (earliest_ != kNoDay) return Move(earliest_);
    // What was seen is full, and leads to full days alone: no later search
    // that comes here finds a place.
    for (const int day : queue_) closed_.push_back(day);
  }

  // Frees places of a day for places of earlier days.
  void Advance(int day) {
    while (!On(day).empty()) {
      Begin();
      See(day, kNoDay, kNoDay);
      for (size_t i = 0; i < queue_.size(); ++i) ReachFrom(queue_[i]);
      if (earliest_ == kNoDay || earliest_ >= day) return;
      Move(earliest_);
    }
  }

  std::vector<int> Take() && { return std::move(day_of_); }

 private:
  // How a search came to a day: a case moves there from another day, or from
  // none.
  struct Step {
    int day = kNoDay;
    int number = 0;
  };

  static std::vector<int> EveryDay(size_t count) {
    std::vector<int> days(count + 1);
    std::iota(days.begin(), days.end(), 0);
    return days;
  }
  static std::vector<int> EducationDays(absl::Span<const PlanDay> days) {
    std::vector<int> all = EveryDay(days.size());
    for (size_t i = days.size(); i-- > 0;) {
      if (!days[i].education) all[i] = all[i + 1];
    }
    return all;
  }

  const PlanCase& Case(int number) const {
    return cases_[static_cast<size_t>(number)];
  }
  std::vector<int>& On(int day) { return on_[static_cast<size_t>(day)]; }
  bool HasPlace(int day) {
    return static_cast<int>(On(day).size()) <
           days_[static_cast<size_t>(day)].places;
  }

  void Begin() {
    queue_.clear();
    earliest_ = kNoDay;
    unseen_.Reset();
    unseen_education_.Reset();
    for (const int day : closed_) Forget(day);
  }
  void Forget(int day) {
    unseen_.Remove(day);
    unseen_education_.Remove(day);
  }
  void See(int day, int from, int number) {
    Forget(day);
    from_[static_cast<size_t>(day)] = {from, number};
    queue_.push_back(day);
    if (HasPlace(day) && (earliest_ == kNoDay || day < earliest_)) {
      earliest_ = day;
    }
  }

  // Sees the days from `first` to `last` to which a case can move.
  void Reach(int from, int number, int first, int last, bool education) {
    Unseen& unseen = education ? unseen_education_ : unseen_;
    for (int day = unseen.Next(first); day <= last; day = unseen.Next(day)) {
      See(day, from, number);
    }
  }

  // Sees the days to which a case of a day can move.
  void ReachFrom(int day) {
    for (const bool education : {false, true}) {
      int least = kNoDay;
      int greatest = kNoDay;
      for (const int number : On(day)) {
        const PlanCase& one = Case(number);
        if (one.needs_education != education) continue;
        if (least == kNoDay || one.first < Case(least).first) least = number;
        if (greatest == kNoDay || one.last > Case(greatest).last) {
          greatest = number;
        }
      }
      if (least == kNoDay) continue;
      Reach(day, least, Case(least).first, day - 1, education);
      Reach(day, greatest, day + 1, Case(greatest).last, education);
    }
  }

  // Moves a case over each step of the way to a day.
  void Move(int day) {
    while (day != kNoDay) {
      const Step step = from_[static_cast<size_t>(day)];
      // The day where the search began, when it is to lose a case.
      if (step.number == kNoDay) return;
      if (step.day != kNoDay) {
        std::vector<int>& before = On(step.day);
        before.erase(std::find(before.begin(), before.end(), step.number));
      }
      On(day).push_back(step.number);
      day_of_[static_cast<size_t>(step.number)] = day;
      day = step.day;
    }
  }

  const absl::Span<const PlanDay> days_;
  const absl::Span<const PlanCase> cases_;
  std::vector<int> day_of_;
  // The cases of each day.
  std::vector<std::vector<int>> on_;
  // The search: how it came to a day, the days in the order seen, the earliest
  // of them with a place, what it has not seen, and the days where no search
  // finds a place any more.
  std::vector<Step> from_;
  std::vector<int> queue_;
  int earliest_ = kNoDay;
  Unseen unseen_;
  Unseen unseen_education_;
  std::vector<int> closed_;
};

// Those with a deadline first, and the most pressing of them: then the first
// day with a place is most often the right one.
std::vector<int> Order(absl::Span<const PlanCase> cases) {
  std::vector<int> order(cases.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    const PlanCase& one = cases[static_cast<size_t>(a)];
    const PlanCase& other = cases[static_cast<size_t>(b)];
    if (one.has_deadline != other.has_deadline) return one.has_deadline;
    if (one.last != other.last) return one.last < other.last;
    return one.first < other.first;
  });
  return order;
}

}  // namespace

std::vector<int> Assign(absl::Span<const PlanDay> days,
                        absl::Span<const PlanCase> cases) {
  Assignment assignment(days, cases);
  for (const int number : Order(cases)) assignment.Place(number);
  for (int day = static_cast<int>(days.size()) - 1; day > 0; --day) {
    assignment.Advance(day);
  }
  return std::move(assignment).Take();
}

}  // namespace frikommune::rehab
