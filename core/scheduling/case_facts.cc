#include "core/scheduling/case_facts.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "core/scheduling/dates.h"
#include "core/scheduling/receipt.h"
#include "core/scheduling/vocabulary.h"

namespace frikommune::scheduling {
namespace {

using catalog::kNone;
using catalog::kNoSlot;
using catalog::kUnknown;
using catalog::Slot;
using catalog::Value;
using civil_time::Date;

// A yes, a no, or no answer yet.
Value Answered(bool has, bool value) { return has ? Value{value} : kUnknown; }

// Adds where both are known dates or numbers.
bool Known(Value value) { return value != kUnknown && value != kNone; }

}  // namespace

CaseFacts::CaseFacts(const catalog::Snapshot& snapshot)
    : snapshot_(snapshot),
      area_(*snapshot.FindArea(kArea)),
      facts_(area_.layout),
      event_facts_(area_.layout),
      slots_{SlotOf("start"),
             SlotOf("days_to_exit"),
             SlotOf("exit.date"),
             SlotOf("last_contact_or_start"),
             SlotOf("last_followup"),
             SlotOf("last_mentor_contact"),
             SlotOf("mentor_hours_difference"),
             SlotOf("mentor.planned_hours"),
             SlotOf("mentor.ordinary_hours"),
             SlotOf("last_integration_contact"),
             SlotOf("integration.visitation_date"),
             SlotOf("last_allowance_contact"),
             SlotOf("has_allowance_contact"),
             SlotOf("flexjob_conditions_met"),
             SlotOf("available"),
             SlotOf("needs_offers"),
             SlotOf("last_pension_followup_or_start"),
             SlotOf("has_pension_followup"),
             SlotOf("changed_since_followup"),
             SlotOf("subsidised_job.changed_on"),
             SlotOf("subsidised_job.start_date"),
             SlotOf("offers_considered"),
             SlotOf("next_date_set"),
             SlotOf("integration.next_date"),
             SlotOf("first_absence_day"),
             SlotOf("meeting.kind"),
             SlotOf("meeting.state")} {
  for (const catalog::Fact& fact : area_.layout.vocabulary().facts()) {
    if (absl::StartsWith(fact.name, "policy."))
      policy_slots_.push_back(fact.slot);
  }
}

Slot CaseFacts::SlotOf(const char* name) const {
  return area_.layout.vocabulary().Find(name)->slot;
}

void CaseFacts::Begin(const v1::ContactCourse& course, int municipality,
                      Date today) {
  found_day_ = kUnknown;
  course_ = &course;
  municipality_ = municipality;
  unemployment_.emplace(course);
  facts_.Forget();
  facts_.Load(kCourseRoot, course);
  for (const Slot slot : policy_slots_) {
    if (facts_.Get(slot) != kUnknown) facts_.Pin(slot);
  }
  facts_.Set(area_.assessment_recorded, course.has_assessment() ? 1 : 0);

  received_.clear();
  for (const v1::Spell& spell : course.allowance().received()) {
    received_.push_back({DateIn(spell.from()),
                         spell.to().empty() ? kNever : DateIn(spell.to())});
  }
  events_.clear();
  for (int i = 0; i < course.meetings_size(); ++i) {
    const v1::Meeting& meeting = course.meetings(i);
    Event event{&meeting, i, DateIn(meeting.date()).days(), meeting.state(),
                true};
    // Seen from an earlier day, what was held later is still ahead.
    if (event.state != v1::MEETING_STATE_CANCELLED &&
        (event.state == v1::MEETING_STATE_UNSPECIFIED ||
         event.day > today.days())) {
      event.state = event.day <= today.days() ? v1::MEETING_STATE_HELD
                                              : v1::MEETING_STATE_PLANNED;
    }
    events_.push_back(event);
  }
  std::sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) {
    return a.day != b.day ? a.day < b.day : a.index < b.index;
  });
  for (Event& event : events_) {
    if (event.state != v1::MEETING_STATE_HELD) {
      event.counts = false;  // What was not held has nothing to be judged by.
    } else if (event.meeting->has_counted()) {
      event.counts = event.meeting->counted();
    } else {
      event.counts = Counts(*event.meeting);
    }
  }
}

std::optional<bool> CaseFacts::Counts(const v1::Meeting& meeting) {
  bool asked = false;
  std::optional<bool> counts = true;
  for (const catalog::Question& question : area_.questions) {
    if (!question.speaks_of_counting ||
        ((question.meeting_kinds >> meeting.kind()) & 1) == 0) {
      continue;
    }
    if (!asked) {
      event_facts_.CopyFrom(facts_);
      event_facts_.Load(kMeetingRoot, meeting);
      event_facts_.Set(area_.on, DateIn(meeting.date()).days());
      event_facts_.Set(area_.date_set, 1);
      asked = true;
    }
    const decision::Answer answer =
        decision::Decide(area_, question, municipality_, event_facts_);
    if (answer.outcome == decision::v1::OUTCOME_INSUFFICIENT_FACTS) {
      counts.reset();
    } else if (answer.counts == catalog::Effect::kNo) {
      return false;
    }
  }
  return counts;
}

void CaseFacts::SetMeeting(const v1::Meeting* meeting) {
  if (meeting == nullptr) {
    facts_.Clear(kMeetingRoot);
  } else {
    facts_.Load(kMeetingRoot, *meeting);
  }
}

std::optional<Date> CaseFacts::CourseStart() const {
  const auto day = [this](Slot slot) -> std::optional<Date> {
    const Value value = facts_.Get(slot);
    if (!Known(value)) return std::nullopt;
    return Date::FromDays(value);
  };
  switch (course_->target_group()) {
    case decision::v1::TARGET_GROUP_SICKNESS_BENEFIT:
      return day(slots_.first_absence_day);
    case decision::v1::TARGET_GROUP_INTEGRATION_PROGRAMME:
      return day(slots_.visitation_date);
    case decision::v1::TARGET_GROUP_DISABILITY_PENSION_SUBSIDISED_JOB:
      return day(slots_.job_start);
    default:
      if (!unemployment_->known()) return std::nullopt;
      return unemployment_->spells().front().days.first;
  }
}

CaseFacts::LastEvents CaseFacts::FindLast(Value day,
                                          const v1::Meeting* subject) const {
  LastEvents last{};
  for (const Event& event : events_) {
    if (event.day > day) break;
    const auto kind = static_cast<size_t>(event.meeting->kind());
    if (event.state == v1::MEETING_STATE_HELD && event.meeting != subject &&
        event.counts == true && kind < last.size()) {
      last[kind] = &event;
    }
  }
  return last;
}

void CaseFacts::SetDay(Value day, const v1::Meeting* subject) {
  facts_.Set(area_.on, day);
  if (unemployment_->known()) {
    facts_.Set(slots_.start,
               unemployment_->StartOn(Date::FromDays(day)).days());
  }
  if (day == found_day_ && subject == found_subject_) return;
  found_day_ = day;
  found_subject_ = subject;
  const Value exit = facts_.Get(slots_.exit_date);
  facts_.Set(slots_.days_to_exit, Known(exit) ? exit - day : kUnknown);
  const LastEvents last = FindLast(day, subject);
  SetContacts(day, last);
  SetAllowance(last);
  SetTallies(day, subject);
  SetReceipts(day);
}

void CaseFacts::SetContacts(Value day, const LastEvents& last) {
  const auto on = [](const Event* event, Value otherwise) {
    return event != nullptr ? event->day : otherwise;
  };
  const std::optional<Date> began = CourseStart();
  Value contact = began.has_value() ? began->days() : kUnknown;
  for (const auto kind :
       {v1::MEETING_KIND_JOB_MEETING, v1::MEETING_KIND_JOINT_MEETING,
        v1::MEETING_KIND_FOLLOWUP, v1::MEETING_KIND_UNSOLICITED_CALL}) {
    contact = std::max(contact, on(last[kind], kUnknown));
  }
  facts_.Set(slots_.last_contact_or_start, contact);
  facts_.Set(slots_.last_followup, on(last[v1::MEETING_KIND_FOLLOWUP], kNone));
  // A mentor contact is measured from the one before it, on an earlier day.
  facts_.Set(slots_.last_mentor_contact,
             on(last[v1::MEETING_KIND_MENTOR_CONTACT], kUnknown));
  const Value planned = facts_.Get(slots_.planned_hours);
  const Value ordinary = facts_.Get(slots_.ordinary_hours);
  facts_.Set(slots_.mentor_hours_difference,
             Known(planned) && Known(ordinary) ? planned - ordinary : kUnknown);
  facts_.Set(slots_.last_integration_contact,
             on(last[v1::MEETING_KIND_INTEGRATION_CONTACT],
                facts_.Get(slots_.visitation_date)));
  facts_.Set(slots_.next_date_set, Known(facts_.Get(slots_.next_date)) ? 1 : 0);
  const Event* const pension = last[v1::MEETING_KIND_PENSION_FOLLOWUP];
  const Value followed = on(pension, facts_.Get(slots_.job_start));
  facts_.Set(slots_.last_pension_followup_or_start, followed);
  facts_.Set(slots_.has_pension_followup, pension != nullptr ? 1 : 0);
  const Value changed = facts_.Get(slots_.changed_on);
  facts_.Set(slots_.changed_since_followup,
             Known(changed) && changed > followed && changed <= day ? 1 : 0);
  // No contact at all has not considered the offers.
  const Event* const resource = last[v1::MEETING_KIND_RESOURCE_CONTACT];
  facts_.Set(slots_.offers_considered,
             resource == nullptr
                 ? 0
                 : Answered(resource->meeting->has_offers_considered(),
                            resource->meeting->offers_considered()));
}

void CaseFacts::SetAllowance(const LastEvents& last) {
  const Event* const contact = last[v1::MEETING_KIND_ALLOWANCE_CONTACT];
  facts_.Set(slots_.has_allowance_contact, contact != nullptr ? 1 : 0);
  facts_.Set(slots_.last_allowance_contact,
             contact != nullptr ? contact->day : kNone);
  const v1::Meeting& meeting =
      contact != nullptr ? *contact->meeting : v1::Meeting::default_instance();
  facts_.Set(slots_.flexjob_conditions_met,
             Answered(meeting.has_flexjob_conditions_met(),
                      meeting.flexjob_conditions_met()));
  facts_.Set(slots_.available,
             Answered(meeting.has_available(), meeting.available()));
  facts_.Set(slots_.needs_offers,
             Answered(meeting.has_needs_offers(), meeting.needs_offers()));
}

void CaseFacts::SetTallies(Value day, const v1::Meeting* subject) {
  for (const catalog::Tally& tally : area_.tallies) {
    Value count = 0;
    for (const Event& event : events_) {
      if (event.day > day || event.meeting == subject ||
          (tally.kind != 0 && tally.kind != event.meeting->kind()) ||
          (tally.state != 0 && tally.state != event.state) ||
          (tally.counted && event.counts != true)) {
        continue;
      }
      facts_.Set(area_.event, event.day);
      if (EvaluateAll(tally.when, facts_) == catalog::Truth::kTrue) ++count;
    }
    facts_.Set(tally.slot, count);
  }
}

void CaseFacts::SetReceipts(Value day) {
  for (const catalog::Receipt& receipt : area_.receipts) {
    if (!course_->has_allowance()) {
      facts_.Set(receipt.slot, kUnknown);
      facts_.Set(receipt.holds, kUnknown);
      continue;
    }
    std::optional<Date> reset;
    if (!course_->allowance().last_reassessment().empty()) {
      reset = DateIn(course_->allowance().last_reassessment());
    }
    const auto since = ReceiptSince({receipt.months, receipt.within_months},
                                    received_, reset, Date::FromDays(day));
    facts_.Set(receipt.slot, since.has_value() ? since->days() : kNone);
    facts_.Set(receipt.holds, since.has_value() ? 1 : 0);
  }
}

}  // namespace frikommune::scheduling
