#ifndef FRIKOMMUNE_CORE_CATALOG_FACTS_H_
#define FRIKOMMUNE_CORE_CATALOG_FACTS_H_

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/catalog/date_expression.h"
#include "core/catalog/vocabulary.h"

namespace frikommune::catalog {

// The facts of an area and the dates the catalog computes from them, each with
// a slot. Immutable once the catalog is compiled, and then safe to share.
class Layout {
 public:
  explicit Layout(Vocabulary vocabulary) : vocabulary_(std::move(vocabulary)) {}

  const Vocabulary& vocabulary() const { return vocabulary_; }
  Vocabulary& vocabulary() { return vocabulary_; }

  // Gives a date expression a slot; equal ones share it. Every fact must have
  // been added before: call Seal first.
  Slot AddExpression(const DateExpression& expression);

  // Says that the vocabulary is complete.
  void Seal();

  // Facts, and after them the dates computed from them.
  int size() const {
    return vocabulary_.size() + static_cast<int>(expressions_.size());
  }

  const DateExpression& expression(Slot slot) const {
    return expressions_[static_cast<size_t>(slot - vocabulary_.size())];
  }
  bool IsExpression(Slot slot) const { return slot >= vocabulary_.size(); }

  // The computed dates that change with a fact.
  const std::vector<Slot>& Dependents(Slot slot) const {
    return dependents_[static_cast<size_t>(slot)];
  }

 private:
  Vocabulary vocabulary_;
  std::vector<DateExpression> expressions_;
  absl::flat_hash_map<std::string, Slot> by_text_;
  std::vector<std::vector<Slot>> dependents_;
};

// The facts of one case while it is decided. Reused from case to case, it does
// not allocate. Not safe to share between threads.
class Facts {
 public:
  explicit Facts(const Layout& layout)
      : layout_(&layout),
        values_(static_cast<size_t>(layout.size()), kUnknown) {
    Forget();
  }

  const Layout& layout() const { return *layout_; }

  Value Get(Slot slot) const { return values_[static_cast<size_t>(slot)]; }

  void Set(Slot slot, Value value) {
    Value& kept = values_[static_cast<size_t>(slot)];
    if (kept == value) return;
    kept = value;
    for (const Slot dependent : layout_->Dependents(slot)) {
      values_[static_cast<size_t>(dependent)] = kStale;
    }
  }

  // The date of an expression, computed when it is first asked for.
  Value Date(Slot slot) {
    Value& kept = values_[static_cast<size_t>(slot)];
    if (kept == kStale)
      kept = layout_->expression(slot).Evaluate(values_.data());
    return kept;
  }

  // Reads the facts of a message; see Vocabulary::Load.
  void Load(int root, const google::protobuf::Message& message) {
    layout_->vocabulary().Load(root, message, values_.data());
    ForgetDates();
  }

  // Makes every fact of a root unknown.
  void Clear(int root) {
    layout_->vocabulary().Clear(root, values_.data());
    ForgetDates();
  }

  // The next day on which a test of the day that is decided for may turn, as
  // far as tests have been evaluated since Unturn; kNeverTurns if none may.
  static constexpr Value kNeverTurns = std::numeric_limits<Value>::max();
  Value turn() const { return turn_; }
  void Unturn() { turn_ = kNeverTurns; }
  void TurnOn(Value day) { turn_ = std::min(turn_, day); }

  // Keeps a fact as the request assumed it: the catalog's own value of a local
  // policy is then not set over it.
  void Pin(Slot slot) { pinned_ |= PinOf(slot); }
  bool IsPinned(Slot slot) const { return (pinned_ & PinOf(slot)) != 0; }

  // Makes every fact unknown, and unpins it.
  void Forget() {
    pinned_ = 0;
    std::fill(values_.begin(), values_.begin() + layout_->vocabulary().size(),
              kUnknown);
    ForgetDates();
  }

  // Takes the values of another sheet of the same layout.
  void CopyFrom(const Facts& other) {
    std::copy(other.values_.begin(), other.values_.end(), values_.begin());
    pinned_ = other.pinned_;
  }

 private:
  // A date that must be computed again.
  static constexpr Value kStale = std::numeric_limits<Value>::max();

  // Local policies are few: 64 facts from the first of them on share the bits.
  static uint64_t PinOf(Slot slot) { return uint64_t{1} << (slot & 63); }

  void ForgetDates() {
    std::fill(values_.begin() + layout_->vocabulary().size(), values_.end(),
              kStale);
  }

  const Layout* layout_;
  std::vector<Value> values_;
  uint64_t pinned_ = 0;
  Value turn_ = kNeverTurns;
};

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_FACTS_H_
