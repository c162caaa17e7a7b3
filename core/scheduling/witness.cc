#include "core/scheduling/witness.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/civil_time/date.h"
#include "core/request/field_path.h"
#include "core/scheduling/vocabulary.h"

namespace frikommune::scheduling {
namespace {

using catalog::Fact;
using catalog::kNone;
using catalog::kUnknown;
using catalog::Value;
using request::IsSet;
using request::SetField;

std::string DayText(Value day) {
  return civil_time::FormatDate(civil_time::Date::FromDays(day));
}

Value DayOf(const std::string& text) {
  const auto date = civil_time::ParseDate(text);
  return date.ok() ? date->days() : kUnknown;
}

bool IsKnown(Value value) { return value != kUnknown && value != kNone; }

class Writer {
 public:
  Writer(const catalog::Area& area, const catalog::Question& question,
         const catalog::Facts& facts)
      : area_(area), question_(question), facts_(facts), tests_(area.layout) {
    tests_.CopyFrom(facts);
    on_ = Of("on");
  }

  Witness Write(int municipality_code) {
    const bool has_plan = question_.source->asked().has_plan();
    witness_.is_plan =
        question_.meeting_kinds == 0 || (Of("date_set") == 0 && has_plan);
    course_ = witness_.is_plan ? witness_.plan.mutable_course()
                               : witness_.meeting.mutable_course();
    const std::string name = absl::StrCat("municipalities/", municipality_code);
    witness_.plan.set_municipality(witness_.is_plan ? name : "");
    witness_.meeting.set_municipality(witness_.is_plan ? "" : name);
    WriteFields();
    WriteMeeting();
    WriteStartAndContact();
    WriteMentor();
    WriteIntegration();
    WriteAllowance();
    WriteJob();
    WriteOffers();
    WriteExit();
    if (Of("assessment_recorded") == 1 || course_->has_assessment()) {
      course_->mutable_assessment()->set_assessor("a-1");
    }
    if (Of("assessment_recorded") == 0) course_->clear_assessment();
    WriteNeededFact();
    WriteTallies();
    return std::move(witness_);
  }

 private:
  Value Of(absl::string_view name) const {
    const Fact* fact = area_.layout.vocabulary().Find(name);
    return fact != nullptr ? facts_.Get(fact->slot) : kUnknown;
  }

  // The facts that are fields of the request.
  void WriteFields() {
    for (const Fact& fact : area_.layout.vocabulary().facts()) {
      const Value value = facts_.Get(fact.slot);
      // Local policy is the catalog's own, unless it is assumed.
      const bool is_own =
          absl::StartsWith(fact.name, "policy.") && !facts_.IsPinned(fact.slot);
      if (!IsKnown(value) || is_own) continue;
      absl::string_view path = fact.name;
      if (absl::ConsumePrefix(&path, "meeting.")) {
        if (!witness_.is_plan)
          SetField(*witness_.meeting.mutable_meeting(), path, value);
      } else {
        SetField(*course_, path, value);
      }
    }
  }

  // The meeting that is judged, or the day of the plan.
  void WriteMeeting() {
    witness_.plan.set_as_of(witness_.is_plan ? DayText(on_) : "");
    const auto& asked = question_.source->asked();
    if (witness_.is_plan) {
      const auto& plan = asked.plan();
      if (IsKnown(Of("meeting.ordinal"))) {
        witness_.ordinal = Of("meeting.ordinal");
      } else {
        witness_.ordinal =
            plan.ordinals_size() > 0 ? plan.ordinals(0) : plan.next();
      }
      if (Of("date_set") != 1 || question_.fulfilled_by == 0) return;
      v1::Meeting& planned = *course_->add_meetings();
      planned.set_kind(static_cast<v1::MeetingKind>(question_.fulfilled_by));
      planned.set_date(DayText(on_));
      planned.set_state(v1::MEETING_STATE_PLANNED);
      if (IsKnown(Of("meeting.ordinal")))
        planned.set_ordinal(Of("meeting.ordinal"));
      return;
    }
    v1::Meeting& meeting = *witness_.meeting.mutable_meeting();
    meeting.set_date(DayText(on_));
    for (int kind = 1; meeting.kind() == 0 && kind < v1::MeetingKind_ARRAYSIZE;
         ++kind) {
      if (((question_.meeting_kinds >> kind) & 1) != 0) {
        meeting.set_kind(static_cast<v1::MeetingKind>(kind));
      }
    }
    if (!meeting.has_ordinal() && meeting.kind() <= v1::MEETING_KIND_FOLLOWUP) {
      meeting.set_ordinal(asked.ordinals_size() > 0 ? asked.ordinals(0) : 1);
    }
  }

  // A plan leaves out a duty of which nothing is known.
  void WriteNeededFact() {
    if (!witness_.is_plan || question_.needs_fact == catalog::kNoSlot) return;
    const Fact& fact = area_.layout.vocabulary().fact(question_.needs_fact);
    if (IsKnown(facts_.Get(fact.slot)) || IsSet(*course_, fact.name)) return;
    const bool is_date = fact.kind == catalog::FactKind::kDate;
    if (SetField(*course_, fact.name, is_date ? on_ - 30 : 1)) return;
    if (fact.name == "last_mentor_contact") {
      Held(v1::MEETING_KIND_MENTOR_CONTACT, on_ - 1);
    }
  }

  v1::Meeting& Held(v1::MeetingKind kind, Value day) {
    v1::Meeting& meeting = *course_->add_meetings();
    meeting.set_kind(kind);
    meeting.set_date(DayText(day));
    meeting.set_state(v1::MEETING_STATE_HELD);
    meeting.set_counted(true);
    return meeting;
  }

  // The field that says when the course of this group began.
  std::string* StartField() {
    switch (course_->target_group()) {
      case decision::v1::TARGET_GROUP_SICKNESS_BENEFIT:
        return course_->mutable_first_absence_day();
      case decision::v1::TARGET_GROUP_INTEGRATION_PROGRAMME:
        return course_->mutable_integration()->mutable_visitation_date();
      case decision::v1::TARGET_GROUP_DISABILITY_PENSION_SUBSIDISED_JOB:
        return course_->mutable_subsidised_job()->mutable_start_date();
      default:
        return course_->mutable_unemployment_start();
    }
  }

  // The start, the contacts before this day, and the follow-ups among them, of
  // which the last is on a known day. A plan counts them.
  void WriteStartAndContact() {
    if (IsKnown(Of("start")))
      course_->set_unemployment_start(DayText(Of("start")));
    const Value contact = Of("last_contact_or_start");
    if (IsKnown(contact) && StartField()->empty())
      *StartField() = DayText(contact);
    const Value last = Of("last_followup");
    int followups = IsKnown(last) ? 1 : 0;
    if (witness_.is_plan && question_.source->asked().plan().next()) {
      followups = witness_.ordinal - 1;
    }
    Value on = last;
    if (!IsKnown(on)) on = IsKnown(contact) ? contact : on_ - 1;
    for (int i = 0; i < followups; ++i) {
      Held(v1::MEETING_KIND_FOLLOWUP, on).set_ordinal(i + 1);
    }
    const bool is_met = followups > 0 && on == contact;
    if (IsKnown(contact) && contact > DayOf(*StartField()) && !is_met) {
      Held(v1::MEETING_KIND_UNSOLICITED_CALL, contact);
    }
  }

  void WriteMentor() {
    if (IsKnown(Of("last_mentor_contact"))) {
      Held(v1::MEETING_KIND_MENTOR_CONTACT, Of("last_mentor_contact"));
    }
    const Value difference = Of("mentor_hours_difference");
    if (!IsKnown(difference)) return;
    course_->mutable_mentor()->set_planned_hours(std::max(0, difference));
    course_->mutable_mentor()->set_ordinary_hours(std::max(0, -difference));
  }

  void WriteIntegration() {
    const Value last = Of("last_integration_contact");
    if (IsKnown(last)) {
      std::string* const start =
          course_->mutable_integration()->mutable_visitation_date();
      if (start->empty()) *start = DayText(last);
      if (last > DayOf(*start))
        Held(v1::MEETING_KIND_INTEGRATION_CONTACT, last);
    }
    if (Of("next_date_set") == 1 &&
        course_->integration().next_date().empty()) {
      course_->mutable_integration()->set_next_date(DayText(on_));
    }
    if (course_->has_integration() &&
        course_->integration().visitation_date().empty()) {
      course_->mutable_integration()->set_visitation_date(DayText(on_ - 30));
    }
  }

  void WriteAllowance() {
    for (const catalog::Receipt& receipt : area_.receipts) {
      const Value since = facts_.Get(receipt.slot);
      const Value holds = facts_.Get(receipt.holds);
      if (holds == kUnknown && since == kUnknown) continue;
      v1::Spell& spell = *course_->mutable_allowance()->add_received();
      const bool is_there = holds == kUnknown ? since != kNone : holds == 1;
      if (is_there) {
        // The months as days, none of them short.
        spell.set_from(
            DayText(IsKnown(since) ? since : on_ - 31 * receipt.months));
      } else {
        spell.set_from(DayText(on_ - 1));
      }
    }
    const Value has = Of("has_allowance_contact");
    const Value last = Of("last_allowance_contact");
    const bool is_told =
        has == 1 || IsKnown(last) || IsKnown(Of("available")) ||
        IsKnown(Of("flexjob_conditions_met")) || IsKnown(Of("needs_offers"));
    if (!is_told || has == 0) return;
    v1::Meeting& contact =
        Held(v1::MEETING_KIND_ALLOWANCE_CONTACT, IsKnown(last) ? last : on_);
    for (const char* name :
         {"flexjob_conditions_met", "available", "needs_offers"}) {
      if (IsKnown(Of(name))) SetField(contact, name, Of(name));
    }
  }

  void WriteJob() {
    Value followed = Of("last_pension_followup_or_start");
    const bool is_told =
        IsKnown(followed) || Of("has_pension_followup") != kUnknown ||
        IsKnown(Of("changed_since_followup")) || course_->has_subsidised_job();
    if (!is_told) return;
    v1::SubsidisedJob& job = *course_->mutable_subsidised_job();
    const bool has_followup = Of("has_pension_followup") == 1;
    if (!IsKnown(followed)) followed = on_ - 30;
    if (job.start_date().empty()) {
      job.set_start_date(DayText(has_followup ? followed - 60 : followed));
    }
    if (has_followup) Held(v1::MEETING_KIND_PENSION_FOLLOWUP, followed);
    if (Of("changed_since_followup") == 1 && job.changed_on().empty()) {
      job.set_changed_on(DayText(on_));
    }
  }

  void WriteOffers() {
    const Value considered = Of("offers_considered");
    if (IsKnown(considered)) {
      Held(v1::MEETING_KIND_RESOURCE_CONTACT, on_)
          .set_offers_considered(considered == 1);
    }
    if (course_->has_offers() && course_->offers().covered_until().empty()) {
      course_->mutable_offers()->set_covered_until(DayText(on_));
    }
  }

  // An exit has a kind, and a day unless it is none.
  void WriteExit() {
    const Value days = Of("days_to_exit");
    if (IsKnown(days)) course_->mutable_exit()->set_date(DayText(on_ + days));
    if (!course_->has_exit()) return;
    v1::Exit& exit = *course_->mutable_exit();
    if (exit.kind() == v1::EXIT_KIND_UNSPECIFIED) {
      exit.set_kind(exit.date().empty() ? v1::EXIT_KIND_NONE
                                        : v1::EXIT_KIND_OTHER_JOB);
    } else if (exit.kind() == v1::EXIT_KIND_NONE) {
      exit.clear_date();
    } else if (exit.date().empty()) {
      exit.set_date(DayText(on_ + 365));
    }
  }

  // As many events as a tally says, on the last days on which they are counted.
  void WriteTallies() {
    for (const catalog::Tally& tally : area_.tallies) {
      const Value count = facts_.Get(tally.slot);
      if (!IsKnown(count) || count <= 0) continue;
      int found = 0;
      for (Value day = on_; found < count && day > on_ - 800; --day) {
        tests_.Set(area_.event, day);
        if (EvaluateAll(tally.when, tests_) != catalog::Truth::kTrue) continue;
        v1::Meeting& event = *course_->add_meetings();
        event.set_kind(tally.kind != 0
                           ? static_cast<v1::MeetingKind>(tally.kind)
                           : v1::MEETING_KIND_UNSOLICITED_CALL);
        event.set_state(tally.state != 0
                            ? static_cast<v1::MeetingState>(tally.state)
                            : v1::MEETING_STATE_HELD);
        event.set_date(DayText(day));
        if (tally.counted) event.set_counted(true);
        ++found;
      }
    }
  }

  const catalog::Area& area_;
  const catalog::Question& question_;
  const catalog::Facts& facts_;
  catalog::Facts tests_;
  Value on_ = 0;
  Witness witness_;
  v1::ContactCourse* course_ = nullptr;
};

}  // namespace

Witness WriteWitness(const catalog::Snapshot& snapshot,
                     const catalog::Question& question, int municipality_code,
                     const catalog::Facts& facts) {
  return Writer(*snapshot.FindArea(kArea), question, facts)
      .Write(municipality_code);
}

}  // namespace frikommune::scheduling
