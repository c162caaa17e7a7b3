#include "core/catalog/condition.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace frikommune::catalog {
namespace {

absl::Status Refuse(const std::string& why) {
  return absl::InvalidArgumentError(why);
}

// The bits of the named enum values.
absl::StatusOr<uint64_t> MaskOf(const Fact& fact, const v1::Condition& source) {
  uint64_t mask = 0;
  for (const std::string& name : source.in()) {
    const auto* value = fact.values->FindValueByName(name);
    if (value == nullptr || value->number() == 0 || value->number() > 63) {
      return Refuse(absl::StrCat("\"", name, "\" is no value of ",
                                 fact.values->full_name(), ", which \"",
                                 fact.name, "\" is"));
    }
    mask |= uint64_t{1} << value->number();
  }
  return mask;
}

// Gives a date bound its slot.
absl::StatusOr<Slot> Bound(const std::string& text, Layout& layout) {
  if (text.empty()) return kNoSlot;
  const auto expression =
      DateExpression::Parse(text, [&layout](absl::string_view name) {
        return layout.vocabulary().Find(name);
      });
  if (!expression.ok()) return expression.status();
  return layout.AddExpression(*expression);
}

// True if one is, else unknown if one is.
Truth EvaluateAny(const std::vector<Condition>& conditions, Facts& facts) {
  Truth truth = Truth::kFalse;
  for (const Condition& condition : conditions) {
    truth = std::max(truth, Evaluate(condition, facts));
    if (truth == Truth::kTrue) break;
  }
  return truth;
}

}  // namespace

absl::StatusOr<Condition> CompileCondition(const v1::Condition& source,
                                           Layout& layout) {
  Condition condition;
  if (source.any_of_size() > 0) {
    if (!source.fact().empty()) {
      return Refuse("any_of stands alone, without a fact beside it");
    }
    condition.kind = Condition::Kind::kAnyOf;
    for (const v1::Condition& part : source.any_of()) {
      auto compiled = CompileCondition(part, layout);
      if (!compiled.ok()) return compiled.status();
      condition.any_of.push_back(*std::move(compiled));
    }
    return condition;
  }
  const Fact* fact = layout.vocabulary().Find(source.fact());
  if (fact == nullptr) {
    return Refuse(absl::StrCat("unknown fact \"", source.fact(), "\""));
  }
  condition.slot = fact->slot;
  const bool number = source.has_at_least() || source.has_at_most();
  const bool date = !source.from().empty() || !source.to().empty();
  const int tests = source.has_is() + (source.in_size() > 0) + number + date +
                    source.answered();
  if (tests != 1) {
    return Refuse(absl::StrCat("the condition on \"", fact->name, "\" holds ",
                               tests, " tests; it takes one"));
  }
  if (source.answered()) {
    condition.kind = Condition::Kind::kAnswered;
    return condition;
  }
  const auto misfit = [&fact](absl::string_view wants) {
    return Refuse(absl::StrCat("\"", fact->name, "\" is not ", wants));
  };
  if (source.has_is()) {
    if (fact->kind != FactKind::kBoolean) return misfit("a yes or no");
    condition.low = condition.high = source.is() ? 1 : 0;
  } else if (number) {
    if (fact->kind != FactKind::kInteger) return misfit("a number");
    condition.low = source.has_at_least() ? source.at_least() : kNone + 1;
    condition.high = source.has_at_most() ? source.at_most()
                                          : std::numeric_limits<Value>::max();
    if (condition.low > condition.high) {
      return Refuse(absl::StrCat("no number is at least ", condition.low,
                                 " and at most ", condition.high));
    }
  } else if (date) {
    if (fact->kind != FactKind::kDate) return misfit("a date");
    condition.kind = Condition::Kind::kDate;
    condition.of_the_day = fact->name == "on";
    const auto from = Bound(source.from(), layout);
    if (!from.ok()) return from.status();
    const auto to = Bound(source.to(), layout);
    if (!to.ok()) return to.status();
    condition.from = *from;
    condition.to = *to;
  } else {
    if (fact->kind != FactKind::kEnum) return misfit("one of named values");
    condition.kind = Condition::Kind::kIn;
    const auto mask = MaskOf(*fact, source);
    if (!mask.ok()) return mask.status();
    condition.mask = *mask;
  }
  return condition;
}

Truth EvaluateMore(const Condition& condition, Facts& facts) {
  if (condition.kind == Condition::Kind::kAnyOf) {
    return EvaluateAny(condition.any_of, facts);
  }
  if (condition.kind == Condition::Kind::kDate) {
    return EvaluateDate(condition, facts);
  }
  return facts.Get(condition.slot) == kUnknown ? Truth::kMaybe : Truth::kTrue;
}

void AddMissing(const Condition& condition, Facts& facts,
                std::vector<Slot>& missing) {
  if (Evaluate(condition, facts) != Truth::kMaybe) return;
  std::vector<Slot> slots;
  AddSlots(condition, facts.layout(), slots);
  for (const Slot slot : slots) {
    if (facts.Get(slot) == kUnknown) missing.push_back(slot);
  }
}

void AddSlots(const Condition& condition, const Layout& layout,
              std::vector<Slot>& slots) {
  if (condition.slot != kNoSlot) slots.push_back(condition.slot);
  if (condition.from != kNoSlot)
    layout.expression(condition.from).AddSlots(slots);
  if (condition.to != kNoSlot) layout.expression(condition.to).AddSlots(slots);
  for (const Condition& part : condition.any_of) AddSlots(part, layout, slots);
}

}  // namespace frikommune::catalog
