#include "core/catalog/date_expression.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/civil_time/date.h"

namespace frikommune::catalog {

// A recursive descent over the grammar of date expressions.
class DateExpressionParser {
 public:
  DateExpressionParser(absl::string_view text, DateExpression::Lookup lookup)
      : text_(text), lookup_(lookup) {}

  absl::StatusOr<DateExpression> Parse() {
    auto expression = Sum();
    if (!expression.ok()) return expression;
    SkipSpace();
    if (at_ != text_.size()) return Error("something follows the expression");
    expression->text_ = std::string(text_);
    return expression;
  }

 private:
  using Kind = DateExpression::Kind;

  absl::StatusOr<DateExpression> Sum() {
    auto sum = Base();
    if (!sum.ok()) return sum;
    for (;;) {
      SkipSpace();
      int sign = 0;
      if (Take('+'))
        sign = 1;
      else if (Take('-'))
        sign = -1;
      if (sign == 0) return sum;
      const absl::Status term = AddTerm(sign, *sum);
      if (!term.ok()) return term;
    }
  }

  absl::StatusOr<DateExpression> Base() {
    SkipSpace();
    const absl::string_view word = Word();
    if (word.empty()) return Error("a date or a fact is missing");
    DateExpression base;
    if (word == "max" || word == "min") {
      base.kind_ = word == "max" ? Kind::kMax : Kind::kMin;
      return Choice(std::move(base));
    }
    if (absl::ascii_isdigit(static_cast<unsigned char>(word[0]))) {
      const auto date = civil_time::ParseDate(word);
      if (!date.ok()) return Error(date.status().message());
      base.kind_ = Kind::kDate;
      base.date_ = date->days();
      return base;
    }
    const Fact* fact = lookup_(word);
    if (fact == nullptr)
      return Error(absl::StrCat("unknown fact \"", word, "\""));
    if (fact->kind != FactKind::kDate) {
      return Error(absl::StrCat("\"", word, "\" is not a date"));
    }
    base.kind_ = Kind::kFact;
    base.slot_ = fact->slot;
    return base;
  }

  absl::StatusOr<DateExpression> Choice(DateExpression choice) {
    SkipSpace();
    if (!Take('(')) return Error("\"(\" is missing");
    for (;;) {
      auto part = Sum();
      if (!part.ok()) return part;
      choice.parts_.push_back(*std::move(part));
      SkipSpace();
      if (Take(')')) break;
      if (!Take(',')) return Error("\",\" or \")\" is missing");
    }
    if (choice.parts_.size() < 2)
      return Error("max and min take two dates or more");
    return choice;
  }

  absl::Status AddTerm(int sign, DateExpression& sum) {
    SkipSpace();
    DateExpression::Term term{'d', sign};
    if (Take('{')) {
      const absl::string_view word = Word();
      const Fact* fact = lookup_(word);
      if (fact == nullptr)
        return Error(absl::StrCat("unknown fact \"", word, "\""));
      if (fact->kind != FactKind::kInteger) {
        return Error(absl::StrCat("\"", word, "\" is not a number"));
      }
      term.times = fact->slot;
      SkipSpace();
      if (Take('-')) {
        SkipSpace();
        const auto less = Number();
        if (!less.ok()) return less.status();
        term.less = *less;
      }
      if (!Take('}')) return Error("\"}\" is missing");
    } else {
      const auto count = Number();
      if (!count.ok()) return count.status();
      term.count = sign * *count;
    }
    if (Take('m'))
      term.unit = 'm';
    else if (Take('w'))
      term.count *= 7;
    else if (!Take('d'))
      return Error("the unit is missing: d, w or m");
    sum.terms_.push_back(term);
    return absl::OkStatus();
  }

  absl::StatusOr<int> Number() {
    const size_t begin = at_;
    while (at_ < text_.size() &&
           absl::ascii_isdigit(static_cast<unsigned char>(text_[at_])))
      ++at_;
    int number = 0;
    if (!absl::SimpleAtoi(text_.substr(begin, at_ - begin), &number) ||
        number > 10000) {
      return Error("a number is missing, or is over 10000");
    }
    return number;
  }

  // A name or a plain date: letters, digits, "_", ".", and "-" between digits.
  absl::string_view Word() {
    const size_t begin = at_;
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      const bool in_date =
          c == '-' && at_ > begin &&
          absl::ascii_isdigit(static_cast<unsigned char>(text_[begin])) &&
          at_ - begin < 10;
      if (!absl::ascii_isalnum(c) && c != '_' && c != '.' && !in_date) break;
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }

  void SkipSpace() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  absl::Status Error(absl::string_view what) const {
    return absl::InvalidArgumentError(absl::StrCat(
        "date expression \"", text_, "\", at character ", at_ + 1, ": ", what));
  }

  absl::string_view text_;
  DateExpression::Lookup lookup_;
  size_t at_ = 0;
};

absl::StatusOr<DateExpression> DateExpression::Parse(absl::string_view text,
                                                     Lookup lookup) {
  return DateExpressionParser(text, lookup).Parse();
}

Value DateExpression::Evaluate(const Value* facts) const {
  Value value = kUnknown;
  switch (kind_) {
    case Kind::kAbsent:
      return kNone;
    case Kind::kDate:
      value = date_;
      break;
    case Kind::kFact:
      value = facts[slot_];
      break;
    case Kind::kMax:
    case Kind::kMin:
      value = kNone;
      for (const DateExpression& part : parts_) {
        const Value other = part.Evaluate(facts);
        if (other == kUnknown) return kUnknown;
        if (other == kNone) continue;
        if (value == kNone) value = other;
        value = kind_ == Kind::kMax ? std::max(value, other)
                                    : std::min(value, other);
      }
      break;
  }
  if (value == kUnknown || value == kNone) return value;
  auto date = civil_time::Date::FromDays(value);
  for (const Term& term : terms_) {
    int32_t count = term.count;
    if (term.times != kNoSlot) {
      const Value times = facts[term.times];
      if (times == kUnknown || times == kNone) return times;
      count *= times - term.less;
    }
    date = term.unit == 'm' ? civil_time::AddMonths(date, count)
                            : civil_time::AddDays(date, count);
  }
  return date.days();
}

void DateExpression::AddSlots(std::vector<Slot>& slots) const {
  if (slot_ != kNoSlot) slots.push_back(slot_);
  for (const DateExpression& part : parts_) part.AddSlots(slots);
  for (const Term& term : terms_) {
    if (term.times != kNoSlot) slots.push_back(term.times);
  }
}

}  // namespace frikommune::catalog
