#ifndef FRIKOMMUNE_CORE_CATALOG_DATE_EXPRESSION_H_
#define FRIKOMMUNE_CORE_CATALOG_DATE_EXPRESSION_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/catalog/vocabulary.h"

namespace frikommune::catalog {

// Arithmetic on the dates of a case, as the catalog writes it:
//
//   start + 6m - 1d      max(last_contact, start) + {meeting.ordinal}m
//
// The grammar is told in protos/frikommune/catalog/v1/provision.proto. Terms
// are applied from left to right; months clamp (domain 6.1 no. 5).
//
// Immutable; safe to share.
class DateExpression {
 public:
  // Finds the fact of a name; null if there is none.
  using Lookup = absl::FunctionRef<const Fact*(absl::string_view)>;

  // No date: what an unset field of the catalog is.
  DateExpression() = default;

  // Reads an expression. INVALID_ARGUMENT, saying what and where, if it is not
  // well formed, if a name is no fact, or if a fact is of the wrong kind.
  static absl::StatusOr<DateExpression> Parse(absl::string_view text,
                                              Lookup lookup);

  // Whether there is an expression at all.
  explicit operator bool() const { return kind_ != Kind::kAbsent; }

  // The date, in days since 1970-01-01, for these facts by slot. kUnknown if a
  // fact it needs is; kNone if a date it needs is known to be none, except that
  // max and min then take the other one.
  Value Evaluate(const Value* facts) const;

  // Adds the slots of the facts it needs.
  void AddSlots(std::vector<Slot>& slots) const;

  // As it was written.
  const std::string& text() const { return text_; }

 private:
  friend class DateExpressionParser;
  enum class Kind { kAbsent, kDate, kFact, kMax, kMin };
  struct Term {
    char unit;             // d or m; weeks become days.
    int32_t count;         // The number, or the sign of `times`.
    Slot times = kNoSlot;  // The integer fact to multiply with,
    int32_t less = 0;      // less this.
  };

  Kind kind_ = Kind::kAbsent;
  Value date_ = kUnknown;
  Slot slot_ = kNoSlot;
  std::vector<DateExpression> parts_;
  std::vector<Term> terms_;
  std::string text_;
};

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_DATE_EXPRESSION_H_
