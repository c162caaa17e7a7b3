#ifndef FRIKOMMUNE_CORE_SCHEDULING_UNEMPLOYMENT_H_
#define FRIKOMMUNE_CORE_SCHEDULING_UNEMPLOYMENT_H_

#include "absl/container/inlined_vector.h"
#include "core/civil_time/date.h"
#include "frikommune/scheduling/v1/contact_course.pb.h"

namespace frikommune::scheduling {

// Accumulated unemployment (domain 6.1 no. 12): each day of interruption before
// a day moves the start, and with it every window, by one day.
class Unemployment {
 public:
  // A stretch of unemployment with the start that holds in it.
  struct Spell {
    civil_time::DateRange days;
    civil_time::Date start;
  };

  // Reads the spells of a course, or one that still runs from its start. The
  // course must have been checked.
  explicit Unemployment(const v1::ContactCourse& course);

  // False if the course says neither a start nor spells.
  bool known() const { return !spells_.empty(); }

  // True if only a start was given, so that it is taken as uninterrupted.
  bool taken_as_uninterrupted() const { return taken_as_uninterrupted_; }

  // The start as it counts on a day.
  civil_time::Date StartOn(civil_time::Date day) const;

  // In time order. The last day of one that still runs lies beyond any date.
  const absl::InlinedVector<Spell, 2>& spells() const { return spells_; }

 private:
  absl::InlinedVector<Spell, 2> spells_;
  bool taken_as_uninterrupted_ = false;
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_UNEMPLOYMENT_H_
