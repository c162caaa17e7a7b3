#include "core/proof/question_tests.h"

#include <algorithm>
#include <map>
#include <set>

namespace frikommune::proof {
namespace {

using catalog::Area;
using catalog::Condition;
using catalog::Fact;
using catalog::FactKind;
using catalog::kNoSlot;
using catalog::Question;
using catalog::Rule;
using catalog::Slot;
using catalog::Value;

// What is tested of one fact.
struct Cuts {
  std::set<Value> starts;  // An integer's cells begin here.
  std::vector<uint64_t> masks;
};

class Gatherer {
 public:
  Gatherer(const Area& area, const Question& question, const CaseWorld& world)
      : area_(area), question_(question), world_(world) {}

  QuestionTests Gather() {
    for (const auto& version : question_.versions)
      AddTable(version.table, true);
    for (const auto& dispensation : question_.dispensations) {
      for (const Condition& test : dispensation->covers) {
        AddTest(test, *dispensation->source, nullptr, nullptr);
      }
      AddTable(dispensation->table, true);
      AddTable(dispensation->after_end, true);
      AddTable(dispensation->beside, false);
      AddTable(dispensation->restatements, false);
      if (dispensation->needs_assessment) cuts_[area_.assessment_recorded];
      if (dispensation->needs_leader_review) AddStandings();
    }
    for (const auto& variant : question_.variants)
      AddTable(variant->table, true);
    for (const auto& [slot, cuts] : cuts_) {
      tests_.facts.push_back(
          {slot, CellsOf(area_.layout.vocabulary().fact(slot), cuts)});
    }
    return std::move(tests_);
  }

 private:
  // In a table that is read in order, an earlier rule may keep numbers from a
  // later one.
  void AddTable(const catalog::Table& table, bool is_ordered) {
    for (const Rule& rule : table.rules) {
      for (const Condition& test : rule.when) {
        AddTest(test, *rule.source, &rule, is_ordered ? &table : nullptr);
      }
      for (const catalog::Remark& action : rule.actions) {
        for (const Condition& test : action.when)
          AddTest(test, *rule.source, &rule, nullptr);
      }
    }
  }

  // Each standing of the leader is a cell of its own.
  void AddStandings() {
    Cuts& cuts = cuts_[area_.leader_standing];
    const auto& values =
        *area_.layout.vocabulary().fact(area_.leader_standing).values;
    for (int i = 0; i < values.value_count(); ++i) {
      cuts.masks.push_back(uint64_t{1} << values.value(i)->number());
    }
  }

  bool IsGroup(Slot slot) const {
    return slot != kNoSlot && slot == area_.target_group;
  }

  void AddTest(const Condition& test, const google::protobuf::Message& source,
               const Rule* rule, const catalog::Table* table) {
    if (IsGroup(test.slot)) {
      tests_.groups.push_back(&test);
    } else {
      AddCuts(test);
    }
    std::vector<std::string> refused;
    const auto times_values = [&](Slot times) {
      return NumbersOf(times, rule, table);
    };
    if (test.kind == Condition::Kind::kAnyOf ||
        test.kind == Condition::Kind::kDate) {
      AddDateTests(test, area_, times_values, tests_.dates, refused);
    }
    for (std::string& text : refused)
      tests_.refused.push_back({&source, std::move(text)});
  }

  void AddCuts(const Condition& test) {
    for (const Condition& part : test.any_of) {
      if (IsGroup(part.slot)) tests_.groups.push_back(&part);
      AddCuts(part);
    }
    if (test.slot == kNoSlot || IsGroup(test.slot)) return;
    const Fact& fact = area_.layout.vocabulary().fact(test.slot);
    if (fact.kind == FactKind::kDate) {
      if (test.kind == Condition::Kind::kAnswered) {
        tests_.answered_dates.push_back(test.slot);
      }
      return;
    }
    Cuts& cuts = cuts_[test.slot];
    if (test.kind == Condition::Kind::kIn) cuts.masks.push_back(test.mask);
    if (test.kind == Condition::Kind::kRange) {
      cuts.starts.insert(test.low);
      if (test.high < std::numeric_limits<Value>::max())
        cuts.starts.insert(test.high + 1);
    }
  }

  // The numbers of `times` with which a rule's own tests are reached: those
  // that they admit, less those that an earlier rule takes by that number
  // alone. Each of them becomes a cell.
  std::vector<Value> NumbersOf(Slot times, const Rule* rule,
                               const catalog::Table* table) {
    const auto range =
        world_.RangeOf(question_, area_.layout.vocabulary().fact(times));
    const auto admits = [times](const std::vector<Condition>& when,
                                Value number) {
      return std::all_of(when.begin(), when.end(), [&](const Condition& test) {
        return test.slot != times || test.kind != Condition::Kind::kRange ||
               (test.low <= number && number <= test.high);
      });
    };
    const auto is_taken = [&](Value number) {
      if (table == nullptr) return false;
      for (const Rule& earlier : table->rules) {
        if (&earlier == rule) return false;
        const bool alone = std::all_of(
            earlier.when.begin(), earlier.when.end(),
            [times](const Condition& test) {
              return test.slot == times && test.kind == Condition::Kind::kRange;
            });
        if (alone && admits(earlier.when, number)) return true;
      }
      return false;
    };
    std::vector<Value> numbers;
    for (Value number = range.low; number <= range.high; ++number) {
      if ((rule != nullptr && !admits(rule->when, number)) || is_taken(number))
        continue;
      numbers.push_back(number);
      cuts_[times].starts.insert(number);
      cuts_[times].starts.insert(number + 1);
    }
    return numbers;
  }

  std::vector<Value> CellsOf(const Fact& fact, const Cuts& cuts) const {
    if (fact.kind == FactKind::kBoolean) return {0, 1};
    return fact.kind == FactKind::kEnum ? EnumCells(fact, cuts)
                                        : IntegerCells(fact, cuts);
  }

  std::vector<Value> EnumCells(const Fact& fact, const Cuts& cuts) const {
    const uint64_t possible = world_.ValuesOf(question_, fact);
    std::set<std::vector<bool>> seen;
    std::vector<Value> values;
    for (int i = 0; i < fact.values->value_count(); ++i) {
      const int number = fact.values->value(i)->number();
      if (number <= 0 || number > 63 || ((possible >> number) & 1) == 0)
        continue;
      std::vector<bool> tests;
      for (const uint64_t mask : cuts.masks)
        tests.push_back(((mask >> number) & 1) != 0);
      if (seen.insert(tests).second) values.push_back(number);
    }
    return values;
  }

  std::vector<Value> IntegerCells(const Fact& fact, const Cuts& cuts) const {
    const auto range = world_.RangeOf(question_, fact);
    std::vector<Value> starts = {range.low};
    for (const Value start : cuts.starts) {
      if (start > range.low && start <= range.high) starts.push_back(start);
    }
    std::vector<Value> values;
    for (size_t i = 0; i < starts.size(); ++i) {
      // The number nearest to a limit that is tested.
      const Value last = i + 1 < starts.size() ? starts[i + 1] - 1 : range.high;
      values.push_back(i > 0               ? starts[i]
                       : starts.size() > 1 ? last
                                           : range.low);
    }
    return values;
  }

  const Area& area_;
  const Question& question_;
  const CaseWorld& world_;
  QuestionTests tests_;
  std::map<Slot, Cuts> cuts_;
};

}  // namespace

QuestionTests TestsOf(const Area& area, const Question& question,
                      const CaseWorld& world) {
  return Gatherer(area, question, world).Gather();
}

}  // namespace frikommune::proof
