#ifndef FRIKOMMUNE_CORE_SCHEDULING_PLANNER_H_
#define FRIKOMMUNE_CORE_SCHEDULING_PLANNER_H_

#include "absl/container/inlined_vector.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "core/decision/allowed_days.h"
#include "core/scheduling/case_facts.h"
#include "core/scheduling/duty_words.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"

namespace frikommune::scheduling {

// A set of forms, by the bits of their numbers.
using FormMask = uint32_t;

// A duty under one law, as views into the catalog.
struct DutyView {
  v1::DutyStatus status = v1::DUTY_STATUS_UNSPECIFIED;
  catalog::Value earliest = catalog::kNone;
  catalog::Value target_from = catalog::kNone;
  catalog::Value target_to = catalog::kNone;
  catalog::Value latest = catalog::kNone;
  FormMask forms = 0;

  friend bool operator==(const DutyView&, const DutyView&) = default;
};

// One duty of a plan, as views into the catalog.
struct PlannedItem {
  const catalog::Question* question = nullptr;
  int ordinal = 0;
  // The event that is held or planned for it; null if there is none.
  const CaseFacts::Event* event = nullptr;
  decision::Answer answer;
  decision::AllowedDays days;
  DutyView here;
  DutyView ordinary_law;
};

// Plans contact courses: the duties of each, under both laws, without a
// message. Reused from course to course it does not allocate once warm. Not
// safe to share between threads; the snapshot must outlive it.
class Planner {
 public:
  explicit Planner(const catalog::Snapshot& snapshot);

  // Calls `take` with each duty of a course that has been checked, in the order
  // of the catalog. The item and the facts it was decided on hold until `take`
  // returns.
  using Take = absl::FunctionRef<void(const PlannedItem&, CaseFacts&)>;
  void Plan(const v1::ContactCourse& course, int municipality,
            civil_time::Date as_of, Take take);

  CaseFacts& facts() { return facts_; }

  // What the catalog says of its duties.
  const DutyTexts& texts() const { return texts_; }

  // The codes of the flags that an open option says of the course's meetings
  // beside any outcome, such as CANCELLATION_PATTERN. Of the last course.
  const absl::InlinedVector<absl::string_view, 2>& said() const {
    return said_;
  }

 private:
  void PlanQuestion(const catalog::Question& question, Take take);
  void PlanDuty(const catalog::Question& question, int ordinal, Take take);
  // The event held for a duty, or else the one planned; null if none.
  const CaseFacts::Event* EventOf(const catalog::Question& question,
                                  int ordinal) const;
  void FindDays(const catalog::Question& question);
  void FindForms(const catalog::Question& question);
  void SetStatus(const catalog::Question& question, bool waits);
  void HearBeside(const decision::Answer& answer);

  decision::v1::TargetGroup course_group() const {
    return facts_.course().target_group();
  }

  CaseFacts facts_;
  const DutyTexts texts_;
  catalog::Slot start_slot_;
  catalog::Slot ordinal_slot_;
  catalog::Slot form_slot_;
  catalog::Slot cancellation_slot_;
  PlannedItem item_;
  catalog::Value as_of_ = 0;
  // The last day that could be looked at; a duty allowed up to it has no end.
  catalog::Value horizon_ = 0;
  // The forms found last, and for which question, epoch and day.
  const catalog::Epoch* forms_epoch_ = nullptr;
  catalog::Value forms_day_ = catalog::kNone;
  FormMask forms_here_ = 0;
  FormMask forms_by_law_ = 0;
  // Whether the law exempts from meetings on that day, and whether that is the
  // day of the plan.
  bool exempt_now_ = false;
  bool exempt_here_ = false;
  absl::InlinedVector<absl::string_view, 2> said_;
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_PLANNER_H_
