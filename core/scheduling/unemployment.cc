#include "core/scheduling/unemployment.h"

#include "core/scheduling/dates.h"

namespace frikommune::scheduling {

using civil_time::AddDays;
using civil_time::Date;
using civil_time::DaysBetween;

Unemployment::Unemployment(const v1::ContactCourse& course) {
  if (course.unemployment_spells().empty()) {
    if (course.unemployment_start().empty()) return;
    const Date start = DateIn(course.unemployment_start());
    spells_.push_back({{start, kNever}, start});
    taken_as_uninterrupted_ = true;
    return;
  }
  int32_t interrupted = 0;
  for (const v1::Spell& spell : course.unemployment_spells()) {
    const Date from = DateIn(spell.from());
    const Date to = spell.to().empty() ? kNever : DateIn(spell.to());
    if (!spells_.empty()) {
      interrupted += DaysBetween(spells_.back().days.last, from) - 1;
    }
    const Date first = spells_.empty() ? from : spells_.front().days.first;
    spells_.push_back({{from, to}, AddDays(first, interrupted)});
  }
}

Date Unemployment::StartOn(Date day) const {
  const Spell* spell = &spells_.front();
  for (const Spell& candidate : spells_) {
    if (candidate.days.first <= day) spell = &candidate;
  }
  const int32_t since = DaysBetween(spell->days.last, day) - 1;
  return since > 0 ? AddDays(spell->start, since) : spell->start;
}

}  // namespace frikommune::scheduling
