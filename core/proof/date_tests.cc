#include "core/proof/date_tests.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace frikommune::proof {
namespace {

using catalog::Area;
using catalog::Condition;
using catalog::DateExpression;
using catalog::FactKind;
using catalog::kNoSlot;
using catalog::Slot;

// The parts of "max(a, b) + 3m", each with the terms that follow: "a + 3m" and
// "b + 3m"; the text itself if it is no choice.
std::vector<std::string> PartsOf(const std::string& text) {
  const absl::string_view all = absl::StripAsciiWhitespace(text);
  const size_t open = all.find('(');
  if (open == absl::string_view::npos) return {std::string(all)};
  std::vector<absl::string_view> parts;
  int depth = 0;
  size_t begin = open + 1;
  size_t end = open;
  for (; end < all.size(); ++end) {
    if (all[end] == '(') ++depth;
    if (all[end] == ')' && --depth == 0) break;
    if (all[end] == ',' && depth == 1) {
      parts.push_back(all.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  parts.push_back(all.substr(begin, end - begin));
  const absl::string_view terms = end < all.size() ? all.substr(end + 1) : "";
  std::vector<std::string> found;
  for (const absl::string_view part : parts) {
    for (const std::string& inner : PartsOf(absl::StrCat(part, terms))) {
      found.push_back(inner);
    }
  }
  return found;
}

class Splitter {
 public:
  Splitter(const Area& area, TimesValues times_values,
           std::vector<DateTest>& tests, std::vector<std::string>& refused)
      : area_(area),
        times_values_(times_values),
        tests_(tests),
        refused_(refused) {}

  void Add(const Condition& condition) {
    for (const Condition& part : condition.any_of) Add(part);
    if (condition.kind != Condition::Kind::kDate) return;
    if (condition.from != kNoSlot)
      AddBound(condition.slot, condition.from, true);
    if (condition.to != kNoSlot) AddBound(condition.slot, condition.to, false);
  }

 private:
  void AddBound(Slot subject, Slot bound, bool is_from) {
    for (const std::string& text :
         PartsOf(area_.layout.expression(bound).text())) {
      const auto part =
          DateExpression::Parse(text, [this](absl::string_view name) {
            return area_.layout.vocabulary().Find(name);
          });
      if (part.ok()) AddPart(subject, *part, is_from);
    }
  }

  void AddPart(Slot subject, const DateExpression& bound, bool is_from) {
    DateTest test;
    test.subject = subject;
    test.bound = bound;
    test.is_from = is_from;
    test.subject_is_day = subject == area_.on;
    std::vector<Slot> slots;
    bound.AddSlots(slots);
    std::vector<Slot> anchors;
    if (!test.subject_is_day) anchors.push_back(subject);
    std::vector<Slot> times;
    for (const Slot slot : slots) {
      if (slot == area_.on) {
        test.bound_reads_day = true;
      } else if (area_.layout.vocabulary().fact(slot).kind == FactKind::kDate) {
        anchors.push_back(slot);
      } else {
        times.push_back(slot);
      }
    }
    // What the machinery sets while it decides has no value to partition.
    const bool is_computed =
        std::any_of(anchors.begin(), anchors.end(), [this](Slot slot) {
          return slot == area_.ordinary_deadline ||
                 slot == area_.experiment_last_day;
        });
    const bool is_twofold = anchors.size() > 1 && anchors[0] != anchors[1];
    if (is_computed || is_twofold || times.size() > 1) {
      refused_.push_back(
          absl::StrCat(area_.layout.vocabulary().fact(subject).name,
                       is_from ? " from " : " to ", bound.text()));
      return;
    }
    if (!anchors.empty()) test.anchor = anchors[0];
    if (times.empty()) {
      tests_.push_back(std::move(test));
      return;
    }
    test.times = times[0];
    for (const catalog::Value value : times_values_(times[0])) {
      test.times_value = value;
      tests_.push_back(test);
    }
  }

  const Area& area_;
  TimesValues times_values_;
  std::vector<DateTest>& tests_;
  std::vector<std::string>& refused_;
};

}  // namespace

void AddDateTests(const Condition& condition, const Area& area,
                  TimesValues times_values, std::vector<DateTest>& tests,
                  std::vector<std::string>& refused) {
  Splitter(area, times_values, tests, refused).Add(condition);
}

}  // namespace frikommune::proof
