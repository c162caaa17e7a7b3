#include "core/scheduling/planner.h"

#include <algorithm>

#include "core/scheduling/dates.h"
#include "core/scheduling/status.h"
#include "core/scheduling/vocabulary.h"

namespace frikommune::scheduling {
namespace {

using catalog::kNone;
using catalog::kNoSlot;
using catalog::kUnknown;
using catalog::Value;
using civil_time::Date;
using decision::Stretches;

Value DateOf(catalog::Slot slot, catalog::Facts& facts) {
  if (slot == kNoSlot) return kNone;
  const Value date = facts.Date(slot);
  return date == kUnknown ? kNone : date;
}

// The first and the last day, and the best time, of the days found. A duty that
// may be done until the last day that could be looked at has no last day.
void SetView(const Stretches& days, Value horizon, catalog::Facts& facts,
             DutyView& view) {
  if (days.empty()) return;
  view.earliest = days.front().first;
  view.latest = days.back().last == horizon ? kNone : days.back().last;
  for (auto stretch = days.rbegin(); stretch != days.rend(); ++stretch) {
    if (stretch->rule == nullptr || stretch->rule->target_from == kNoSlot)
      continue;
    view.target_from = DateOf(stretch->rule->target_from, facts);
    view.target_to = DateOf(stretch->rule->target_to, facts);
    return;
  }
}

}  // namespace

Planner::Planner(const catalog::Snapshot& snapshot)
    : facts_(snapshot), texts_(facts_.area()) {
  const catalog::Vocabulary& words = facts_.area().layout.vocabulary();
  start_slot_ = words.Find("start")->slot;
  ordinal_slot_ = words.Find("meeting.ordinal")->slot;
  form_slot_ = words.Find("meeting.form")->slot;
  cancellation_slot_ = words.Find("meeting.cancellation_reason")->slot;
}

void Planner::Plan(const v1::ContactCourse& course, int municipality,
                   Date as_of, Take take) {
  as_of_ = as_of.days();
  horizon_ = facts_.snapshot().last_day();
  forms_epoch_ = nullptr;
  said_.clear();
  facts_.Begin(course, municipality, as_of);
  facts_.SetDay(as_of_, nullptr);
  for (const catalog::Question& question : facts_.area().questions) {
    if (question.source->asked().has_plan()) PlanQuestion(question, take);
  }
}

void Planner::PlanQuestion(const catalog::Question& question, Take take) {
  const auto group = course_group();
  if (group != decision::v1::TARGET_GROUP_UNSPECIFIED &&
      (question.groups & catalog::MaskOf(group)) == 0) {
    return;
  }
  if (question.needs_fact != kNoSlot) {
    facts_.SetDay(as_of_, nullptr);
    if (facts_.facts().Get(question.needs_fact) == kUnknown) return;
  }
  const auto& plan = question.source->asked().plan();
  if (plan.next()) {
    int done = 0;
    for (const CaseFacts::Event& event : facts_.events()) {
      if (event.meeting->kind() == question.fulfilled_by &&
          event.state == v1::MEETING_STATE_HELD && event.counts == true) {
        ++done;
      }
    }
    PlanDuty(question, done + 1, take);
  } else if (plan.ordinals().empty()) {
    PlanDuty(question, 0, take);
  } else {
    for (const int ordinal : plan.ordinals()) PlanDuty(question, ordinal, take);
  }
}

const CaseFacts::Event* Planner::EventOf(const catalog::Question& question,
                                         int ordinal) const {
  if (question.fulfilled_by == 0) return nullptr;
  const CaseFacts::Event* found = nullptr;
  for (const CaseFacts::Event& event : facts_.events()) {
    if (event.meeting->kind() != question.fulfilled_by ||
        (ordinal != 0 && event.meeting->ordinal() != ordinal)) {
      continue;
    }
    // A duty without numbers looks only ahead: what is held is behind it.
    if (event.state == v1::MEETING_STATE_HELD && event.counts == true &&
        ordinal != 0) {
      return &event;
    }
    if (event.state == v1::MEETING_STATE_PLANNED && found == nullptr)
      found = &event;
  }
  return found;
}

void Planner::PlanDuty(const catalog::Question& question, int ordinal,
                       Take take) {
  catalog::Facts& facts = facts_.facts();
  item_.question = &question;
  item_.ordinal = ordinal;
  item_.event = EventOf(question, ordinal);
  item_.here = item_.ordinary_law = DutyView();
  const v1::Meeting* const subject =
      item_.event != nullptr ? item_.event->meeting : nullptr;
  const Value day = item_.event != nullptr ? item_.event->day : as_of_;
  facts.Set(ordinal_slot_, ordinal != 0 ? ordinal : kUnknown);
  facts_.SetDay(day, subject);
  item_.days.here.clear();
  item_.days.ordinary_law.clear();
  if (question.is_duty) FindDays(question);
  const bool done =
      item_.event != nullptr && item_.event->state == v1::MEETING_STATE_HELD;
  if (!done) FindForms(question);
  facts_.SetDay(day, subject);
  facts.Set(facts_.area().date_set, item_.event != nullptr ? 1 : 0);
  item_.answer =
      decision::Decide(facts_.area(), question, facts_.municipality(), facts);
  if (question.is_duty) {
    // The last day found is the deadline, where no row names a sharper one.
    if (item_.answer.deadline == kNone)
      item_.answer.deadline = item_.here.latest;
    if (item_.answer.ordinary_deadline == kNone) {
      item_.answer.ordinary_deadline = item_.ordinary_law.latest;
    }
  }
  const bool waits = ordinal > 1 && EventOf(question, ordinal - 1) == nullptr &&
                     question.source->asked().plan().ordinals_size() > 1;
  SetStatus(question, waits);
  take(item_, facts_);
}

// Each spell has its own start, and so its own windows.
void Planner::FindDays(const catalog::Question& question) {
  const catalog::Area& area = facts_.area();
  catalog::Facts& facts = facts_.facts();
  const auto group = course_group();
  const bool by_spells = facts_.unemployment().known() &&
                         group != decision::v1::TARGET_GROUP_SICKNESS_BENEFIT;
  if (!by_spells) {
    const auto start = facts_.CourseStart();
    if (!start.has_value()) return;
    decision::FindAllowedDays(area, question, facts_.municipality(),
                              start->days(), horizon_, facts, item_.days);
  } else {
    for (const Unemployment::Spell& spell : facts_.unemployment().spells()) {
      facts.Set(start_slot_, spell.start.days());
      decision::FindAllowedDays(
          area, question, facts_.municipality(), spell.days.first.days(),
          std::min(horizon_, spell.days.last.days()), facts, item_.days);
    }
  }
  SetView(item_.days.here, horizon_, facts, item_.here);
  SetView(item_.days.ordinary_law, horizon_, facts, item_.ordinary_law);
}

// The forms on the first day that is left, and whether the law of the day of
// the plan exempts from the meeting altogether.
void Planner::FindForms(const catalog::Question& question) {
  exempt_here_ = false;
  if (question.form_question < 0) return;
  const catalog::Area& area = facts_.area();
  const catalog::Question& forms =
      area.questions[static_cast<size_t>(question.form_question)];
  const Value day = std::max(as_of_, item_.here.earliest);
  const catalog::Epoch* const epoch =
      decision::EpochOn(forms, facts_.municipality(), day);
  const bool exits = facts_.course().has_exit() &&
                     facts_.course().exit().kind() != v1::EXIT_KIND_NONE;
  const bool known = epoch == forms_epoch_ && epoch != nullptr &&
                     (!exits || day == forms_day_);
  if (!known) {
    forms_epoch_ = epoch;
    forms_day_ = day;
    forms_here_ = forms_by_law_ = 0;
    facts_.SetDay(day, nullptr);
    facts_.facts().Set(area.date_set, 1);
    // What is yet to be held has not been cancelled.
    facts_.facts().Set(cancellation_slot_, v1::CANCELLATION_REASON_NONE);
    for (int form = v1::MEETING_FORM_PERSONAL; form < v1::MeetingForm_ARRAYSIZE;
         ++form) {
      facts_.facts().Set(form_slot_, form);
      const auto answer =
          decision::Decide(area, forms, facts_.municipality(), facts_.facts());
      HearBeside(answer);
      exempt_now_ = answer.outcome == decision::v1::OUTCOME_EXEMPT_BY_LAW;
      if (exempt_now_) break;
      if (decision::IsAllowed(answer.outcome))
        forms_here_ |= FormMask{1} << form;
      if (decision::IsAllowed(answer.ordinary_outcome))
        forms_by_law_ |= FormMask{1} << form;
    }
    facts_.facts().Set(form_slot_, kUnknown);
    facts_.facts().Set(cancellation_slot_, kUnknown);
  }
  exempt_here_ = exempt_now_ && day == as_of_;
  item_.here.forms = forms_here_;
  item_.ordinary_law.forms = forms_by_law_;
}

void Planner::HearBeside(const decision::Answer& answer) {
  if (answer.open == nullptr || answer.beside == 0) return;
  const auto& rules = answer.open->beside.rules;
  for (size_t i = 0; i < rules.size() && i < 64; ++i) {
    if (((answer.beside >> i) & 1) == 0) continue;
    for (const catalog::Remark& flag : rules[i].flags) {
      if (std::find(said_.begin(), said_.end(), *flag.code) == said_.end()) {
        said_.push_back(*flag.code);
      }
    }
  }
}

void Planner::SetStatus(const catalog::Question& question, bool waits) {
  const decision::Answer& answer = item_.answer;
  const auto pending = [](decision::v1::Outcome outcome) {
    const auto kind = catalog::KindOf(outcome);
    return kind == annotations::v1::OUTCOME_KIND_PENDING ||
           kind == annotations::v1::OUTCOME_KIND_SILENT;
  };
  // A deadline of the row itself is sharper than the last day found.
  if (answer.deadline != kNone) item_.here.latest = answer.deadline;
  if (answer.ordinary_deadline != kNone) {
    item_.ordinary_law.latest = answer.ordinary_deadline;
  }
  const bool has_event = question.fulfilled_by != 0;
  const auto status = [&](decision::v1::Outcome outcome, Value deadline,
                          const Stretches& days, const DutyView& view) {
    if (item_.event != nullptr &&
        item_.event->state == v1::MEETING_STATE_HELD) {
      return v1::DUTY_STATUS_DONE;
    }
    if (exempt_here_) return v1::DUTY_STATUS_EXEMPT;
    if (pending(outcome)) return v1::DUTY_STATUS_UNSPECIFIED;
    if (question.is_duty && !days.empty())
      return StatusByDays(days, view, as_of_, waits);
    return StatusByOutcome(outcome, deadline, as_of_, has_event);
  };
  item_.ordinary_law.status =
      status(answer.ordinary_outcome, answer.ordinary_deadline,
             item_.days.ordinary_law, item_.ordinary_law);
  item_.here.status =
      answer.outcome == decision::v1::OUTCOME_NEEDS_ASSESSMENT
          ? item_.ordinary_law.status  // Ordinary law holds meanwhile.
          : status(answer.outcome, answer.deadline, item_.days.here,
                   item_.here);
}

}  // namespace frikommune::scheduling
