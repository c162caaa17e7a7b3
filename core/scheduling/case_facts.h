#ifndef FRIKOMMUNE_CORE_SCHEDULING_CASE_FACTS_H_
#define FRIKOMMUNE_CORE_SCHEDULING_CASE_FACTS_H_

#include <array>
#include <optional>
#include <vector>

#include "core/catalog/snapshot.h"
#include "core/decision/decide.h"
#include "core/scheduling/unemployment.h"
#include "frikommune/scheduling/v1/contact_course.pb.h"

namespace frikommune::scheduling {

// The facts of a contact course, as they stand on a day: those that were given,
// and those found from its events.
//
// Reused from course to course. Not safe to share between threads. The snapshot
// and the course must outlive it.
class CaseFacts {
 public:
  // A meeting of the course, with what is found of it.
  struct Event {
    const v1::Meeting* meeting;
    int index;
    catalog::Value day;
    v1::MeetingState state;
    // Whether it counts; none if a fact of it is missing.
    std::optional<bool> counts;
  };

  explicit CaseFacts(const catalog::Snapshot& snapshot);

  // Takes up a course that has been checked. `today` tells events that are held
  // from those planned, where they do not say so themselves; what was held
  // later counts as planned.
  void Begin(const v1::ContactCourse& course, int municipality,
             civil_time::Date today);

  // Finds the facts of a day. `subject` is the event that is judged, which is
  // not its own predecessor; null if none is.
  void SetDay(catalog::Value day, const v1::Meeting* subject);

  // Takes the facts of the meeting that is judged; null clears them.
  void SetMeeting(const v1::Meeting* meeting);

  // Whether an event counts as the statutory one, by every provision that
  // speaks of it; none if one lacks facts.
  std::optional<bool> Counts(const v1::Meeting& meeting);

  catalog::Facts& facts() { return facts_; }
  const catalog::Area& area() const { return area_; }
  const catalog::Snapshot& snapshot() const { return snapshot_; }
  const Unemployment& unemployment() const { return *unemployment_; }
  // In time order.
  const std::vector<Event>& events() const { return events_; }
  int municipality() const { return municipality_; }
  const v1::ContactCourse& course() const { return *course_; }

  // The day the course began, by its group; none if it is not known.
  std::optional<civil_time::Date> CourseStart() const;

 private:
  // The slots of the facts that are found here.
  struct Slots {
    catalog::Slot start, days_to_exit, exit_date, last_contact_or_start,
        last_followup, last_mentor_contact, mentor_hours_difference,
        planned_hours, ordinary_hours, last_integration_contact,
        visitation_date, last_allowance_contact, has_allowance_contact,
        flexjob_conditions_met, available, needs_offers,
        last_pension_followup_or_start, has_pension_followup,
        changed_since_followup, changed_on, job_start, offers_considered,
        next_date_set, next_date, first_absence_day, meeting_kind,
        meeting_state;
  };

  catalog::Slot SlotOf(const char* name) const;
  // By kind, the last event that is held and counts; null if there is none.
  using LastEvents = std::array<const Event*, v1::MeetingKind_ARRAYSIZE>;
  // Of those on or before a day, without the subject.
  LastEvents FindLast(catalog::Value day, const v1::Meeting* subject) const;
  void SetContacts(catalog::Value day, const LastEvents& last);
  void SetAllowance(const LastEvents& last);
  void SetTallies(catalog::Value day, const v1::Meeting* subject);
  void SetReceipts(catalog::Value day);

  const catalog::Snapshot& snapshot_;
  const catalog::Area& area_;
  catalog::Facts facts_;
  // The sheet on which single events are judged.
  catalog::Facts event_facts_;
  Slots slots_;
  std::vector<catalog::Slot> policy_slots_;
  const v1::ContactCourse* course_ = nullptr;
  std::optional<Unemployment> unemployment_;
  std::vector<Event> events_;
  std::vector<civil_time::DateRange> received_;
  int municipality_ = 0;
  // The day and the subject that facts were found for last.
  catalog::Value found_day_ = catalog::kUnknown;
  const v1::Meeting* found_subject_ = nullptr;
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_CASE_FACTS_H_
