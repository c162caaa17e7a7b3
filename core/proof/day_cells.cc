#include "core/proof/day_cells.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace frikommune::proof {
namespace {

using catalog::kNone;
using catalog::kNoSlot;
using catalog::kUnknown;
using catalog::Slot;
using catalog::Value;

// A day on which the truth of a test changes.
struct Turn {
  Value day;
  size_t test;
};

// The part of a list that holds the day; null if none does.
template <typename Reaches>
auto FindReach(const Reaches& reaches, Value day) -> decltype(&reaches[0]) {
  const auto after = std::upper_bound(
      reaches.begin(), reaches.end(), day,
      [](Value value, const auto& reach) { return value < reach.first; });
  if (after == reaches.begin()) return nullptr;
  const auto& found = *std::prev(after);
  return day <= found.last ? &found : nullptr;
}

// The longest month and a leap day more than any term can slip.
constexpr Value kSlack = 62;

}  // namespace

DayCells::DayCells(const catalog::Area& area, const CaseWorld& world,
                   std::vector<DateTest> tests, Value first, Value last)
    : area_(area),
      tests_(std::move(tests)),
      first_(first),
      last_(last),
      scratch_(static_cast<size_t>(area.layout.size()), kUnknown) {
  for (const DateTest& test : tests_) {
    if (test.anchor == kNoSlot) continue;
    if (std::find(anchors_.begin(), anchors_.end(), test.anchor) ==
        anchors_.end()) {
      anchors_.push_back(test.anchor);
    }
  }
  for (const Slot anchor : anchors_) {
    const catalog::Fact& fact = area.layout.vocabulary().fact(anchor);
    found_.push_back(FindCells(anchor, world.IsPast(fact)));
    found_.back().is_past = world.IsPast(fact);
    found_.back().may_be_none = world.MayBeNone(fact);
  }
  FindStretches();
}

bool DayCells::Holds(const DateTest& test, Value on, Value date) const {
  const auto at = [](Slot slot) { return static_cast<size_t>(slot); };
  scratch_[at(area_.on)] = on;
  if (test.anchor != kNoSlot) scratch_[at(test.anchor)] = date;
  if (test.times != kNoSlot) scratch_[at(test.times)] = test.times_value;
  const Value bound = test.bound.Evaluate(scratch_.data());
  const Value subject = scratch_[at(test.subject)];
  return test.is_from ? subject >= bound : subject <= bound;
}

std::pair<Value, Value> DayCells::Span(
    const std::vector<const DateTest*>& tests) const {
  Value low = first_;
  Value high = last_;
  for (const DateTest* test : tests) {
    std::vector<Slot> slots;
    test->bound.AddSlots(slots);
    // Bounds move with the dates they are counted from: how far, is the same up
    // to the slack, wherever it is measured. A plain date is itself the limit.
    for (const Slot slot : slots) scratch_[static_cast<size_t>(slot)] = first_;
    if (test->times != kNoSlot) {
      scratch_[static_cast<size_t>(test->times)] = test->times_value;
    }
    const Value bound = test->bound.Evaluate(scratch_.data());
    const Value reach = slots.empty() ? 0 : std::abs(bound - first_) + kSlack;
    low = std::min({low, first_ - reach, slots.empty() ? bound - 1 : first_});
    high = std::max({high, last_ + reach, slots.empty() ? bound + 1 : last_});
  }
  return {low - 1, high + 1};
}

DayCells::Anchor DayCells::FindCells(Slot anchor, bool is_past) const {
  std::vector<const DateTest*> tests;
  for (const DateTest& test : tests_) {
    if (test.anchor == anchor) tests.push_back(&test);
  }
  // Bounds that are counted from the day, for each day.
  std::vector<std::vector<Value>> by_day(tests.size());
  for (size_t i = 0; i < tests.size(); ++i) {
    if (!tests[i]->bound_reads_day) continue;
    for (Value on = first_; on <= last_; ++on) {
      scratch_[static_cast<size_t>(area_.on)] = on;
      by_day[i].push_back(tests[i]->bound.Evaluate(scratch_.data()));
    }
  }
  const auto [low, high] = Span(tests);
  Anchor found;
  std::map<std::vector<bool>, size_t> known;
  std::vector<Turn> turns;
  std::vector<bool> truths(tests.size());
  for (Value date = low; date <= high; ++date) {
    const Value begin = is_past ? std::max(first_, date) : first_;
    if (begin > last_) break;
    turns.clear();
    for (size_t i = 0; i < tests.size(); ++i) {
      const DateTest& test = *tests[i];
      truths[i] = Holds(test, begin, date);
      Value turn = kNone;
      if (test.bound_reads_day && !test.subject_is_day) {
        // The bound rises with the day, and passes the date once.
        const auto& bounds = by_day[i];
        const auto passed =
            test.is_from ? std::upper_bound(bounds.begin(), bounds.end(), date)
                         : std::lower_bound(bounds.begin(), bounds.end(), date);
        turn = first_ + static_cast<Value>(passed - bounds.begin());
      } else if (test.subject_is_day && !test.bound_reads_day) {
        scratch_[static_cast<size_t>(anchor)] = date;
        const Value bound = test.bound.Evaluate(scratch_.data());
        turn = test.is_from ? bound : bound + 1;
      }
      if (turn > begin && turn <= last_) turns.push_back({turn, i});
    }
    std::sort(turns.begin(), turns.end(),
              [](const Turn& a, const Turn& b) { return a.day < b.day; });
    Value from = begin;
    for (size_t next = 0;;) {
      const Value to = next < turns.size() ? turns[next].day - 1 : last_;
      if (from <= to) {
        const auto [at, is_new] = known.try_emplace(truths, found.cells.size());
        if (is_new) found.cells.emplace_back();
        Cell& cell = found.cells[at->second];
        // Dates rise, and so do the days on which each of them is in a cell:
        // what lies beyond the last day is news to the earliest, and to the
        // latest it is all news, up to that day.
        auto& earliest = cell.earliest;
        const Value covered =
            earliest.empty() ? from - 1 : earliest.back().last;
        if (to > covered)
          earliest.push_back({std::max(from, covered + 1), to, date});
        auto& latest = cell.latest;
        while (!latest.empty() && latest.back().first >= from)
          latest.pop_back();
        if (!latest.empty())
          latest.back().last = std::min(latest.back().last, from - 1);
        latest.push_back({from, to, date});
      }
      if (next == turns.size()) break;
      from = turns[next].day;
      for (; next < turns.size() && turns[next].day == from; ++next) {
        truths[turns[next].test] = !truths[turns[next].test];
      }
    }
  }
  return found;
}

void DayCells::FindStretches() {
  std::set<Value> starts = {first_};
  std::vector<const DateTest*> day_tests;
  for (const DateTest& test : tests_) {
    if (test.anchor == kNoSlot) day_tests.push_back(&test);
  }
  const auto truths_on = [&](Value on) {
    std::vector<bool> truths;
    truths.reserve(day_tests.size());
    for (const DateTest* test : day_tests)
      truths.push_back(Holds(*test, on, 0));
    return truths;
  };
  if (!day_tests.empty()) {
    for (Value on = first_ + 1; on <= last_; ++on) {
      if (truths_on(on) != truths_on(on - 1)) starts.insert(on);
    }
  }
  for (const Anchor& anchor : found_) {
    for (const Cell& cell : anchor.cells) {
      const auto& reach = cell.earliest;
      for (size_t i = 0; i < reach.size(); ++i) {
        if (i == 0 || reach[i - 1].last + 1 != reach[i].first) {
          starts.insert(reach[i].first);
        }
        if (i + 1 == reach.size() || reach[i].last + 1 != reach[i + 1].first) {
          if (reach[i].last < last_) starts.insert(reach[i].last + 1);
        }
      }
    }
  }
  for (auto start = starts.begin(); start != starts.end(); ++start) {
    const auto next = std::next(start);
    Stretch stretch;
    stretch.first = *start;
    stretch.last = next != starts.end() ? *next - 1 : last_;
    stretch.truths = truths_on(*start);
    for (const Anchor& anchor : found_) {
      auto& reached = stretch.reached.emplace_back();
      for (size_t cell = 0; cell < anchor.cells.size(); ++cell) {
        if (FindReach(anchor.cells[cell].earliest, *start) != nullptr) {
          reached.push_back(static_cast<int>(cell));
        }
      }
    }
    stretches_.push_back(std::move(stretch));
  }
}

Value DayCells::DateIn(const Cell& cell, Value on, bool is_past) {
  // What began did so a good while ago, and what is past is lately past: so
  // that dates of one case seldom exclude each other.
  constexpr Value kGoodWhile = 1000;
  const Value earliest = FindReach(cell.earliest, on)->date;
  const Value latest = FindReach(cell.latest, on)->date;
  return std::clamp(is_past ? on : on - kGoodWhile, earliest, latest);
}

size_t DayCells::StretchOf(Value on) const {
  size_t at = 0;
  while (at + 1 < stretches_.size() && stretches_[at].last < on) ++at;
  return at;
}

std::pair<Value, Value> DayCells::DaysAround(Value on) const {
  const size_t at = StretchOf(on);
  const auto& truths = stretches_[at].truths;
  size_t begin = at;
  while (begin > 0 && stretches_[begin - 1].truths == truths) --begin;
  size_t end = at;
  while (end + 1 < stretches_.size() && stretches_[end + 1].truths == truths)
    ++end;
  return {stretches_[begin].first, stretches_[end].last};
}

DayCells::Day DayCells::DayOn(Value on) const {
  Day day;
  day.on = on;
  const size_t at = StretchOf(on);
  std::tie(day.first, day.last) = DaysAround(on);
  for (size_t i = 0; i < found_.size(); ++i) {
    auto& dates = day.dates.emplace_back();
    for (const int cell : stretches_[at].reached[i]) {
      dates.push_back(DateIn(found_[i].cells[static_cast<size_t>(cell)], on,
                             found_[i].is_past));
    }
    if (found_[i].may_be_none) dates.push_back(kNone);
  }
  return day;
}

std::vector<DayCells::Day> DayCells::DaysFor(Value first, Value last) const {
  // Those that reach most come first, so that they stand for the others.
  std::vector<const Stretch*> candidates;
  for (const Stretch& stretch : stretches_) {
    if (stretch.last >= first && stretch.first <= last)
      candidates.push_back(&stretch);
  }
  const auto size = [](const Stretch* stretch) {
    size_t cells = 0;
    for (const auto& reached : stretch->reached) cells += reached.size();
    return cells;
  };
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [&](const Stretch* a, const Stretch* b) { return size(a) > size(b); });
  std::vector<const Stretch*> kept;
  for (const Stretch* stretch : candidates) {
    const bool stands =
        std::any_of(kept.begin(), kept.end(), [&](const Stretch* other) {
          if (other->truths != stretch->truths) return false;
          for (size_t i = 0; i < other->reached.size(); ++i) {
            if (!std::includes(
                    other->reached[i].begin(), other->reached[i].end(),
                    stretch->reached[i].begin(), stretch->reached[i].end())) {
              return false;
            }
          }
          return true;
        });
    if (!stands) kept.push_back(stretch);
  }
  std::vector<Day> days;
  days.reserve(kept.size());
  for (const Stretch* stretch : kept) {
    days.push_back(DayOn(std::max(first, stretch->first)));
  }
  std::sort(days.begin(), days.end(),
            [](const Day& a, const Day& b) { return a.on < b.on; });
  return days;
}

}  // namespace frikommune::proof
