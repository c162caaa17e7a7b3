#include "core/scheduling/status.h"

namespace frikommune::scheduling {

using catalog::kNone;
using catalog::Value;
using decision::v1::Outcome;

v1::DutyStatus StatusByDays(const decision::Stretches& days,
                            const DutyView& duty, Value as_of, bool waits) {
  if (days.empty()) return v1::DUTY_STATUS_UNSPECIFIED;
  if (duty.latest != kNone && as_of > duty.latest)
    return v1::DUTY_STATUS_OVERDUE;
  // No first and no last day by law: it is held by agreement.
  if (duty.latest == kNone) return v1::DUTY_STATUS_NOT_REQUIRED;
  const Value begins =
      duty.target_from != kNone ? duty.target_from : days.front().first;
  return waits || as_of < begins ? v1::DUTY_STATUS_UPCOMING
                                 : v1::DUTY_STATUS_DUE;
}

v1::DutyStatus StatusByOutcome(Outcome outcome, Value deadline, Value as_of,
                               bool has_event) {
  switch (outcome) {
    case decision::v1::OUTCOME_EXEMPT_BY_LAW:
    case decision::v1::OUTCOME_MENTOR_EXEMPT:
      return v1::DUTY_STATUS_EXEMPT;
    case decision::v1::OUTCOME_CONTACT_OVERDUE:
    case decision::v1::OUTCOME_CONTACT_ALERT:
    case decision::v1::OUTCOME_LATE:
      return v1::DUTY_STATUS_OVERDUE;
    case decision::v1::OUTCOME_POSTPONED:
      return v1::DUTY_STATUS_UPCOMING;
    default:
      break;
  }
  switch (catalog::KindOf(outcome)) {
    case annotations::v1::OUTCOME_KIND_RELIEF_BY_LAW:
    case annotations::v1::OUTCOME_KIND_PERMISSION:
      // Nothing is asked for yet, but an event will be by the deadline.
      return has_event && deadline != kNone ? v1::DUTY_STATUS_UPCOMING
                                            : v1::DUTY_STATUS_NOT_REQUIRED;
    case annotations::v1::OUTCOME_KIND_DUTY:
      if (deadline != kNone && as_of > deadline) return v1::DUTY_STATUS_OVERDUE;
      return outcome == decision::v1::OUTCOME_FOLLOWUP_DUE && as_of < deadline
                 ? v1::DUTY_STATUS_UPCOMING
                 : v1::DUTY_STATUS_DUE;
    default:
      return v1::DUTY_STATUS_UNSPECIFIED;
  }
}

}  // namespace frikommune::scheduling
