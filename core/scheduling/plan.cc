#include "absl/strings/str_cat.h"
#include "core/decision/render.h"
#include "core/scheduling/case_check.h"
#include "core/scheduling/dates.h"
#include "core/scheduling/notes.h"
#include "core/scheduling/planner.h"
#include "core/scheduling/scheduling.h"

namespace frikommune::scheduling {
namespace {

using catalog::Value;
using decision::v1::View;
using decision::v1::VIEW_FULL;

// The days are told as the last stretches of one outcome; the whole row stands
// with each.
void WriteDays(const decision::Stretches& days, v1::DutyTerms& out) {
  for (const decision::Stretch& stretch : days) {
    v1::DayRange& range = *out.add_allowed_days();
    decision::WriteDay(stretch.first, range.mutable_from());
    decision::WriteDay(stretch.last, range.mutable_to());
    range.set_outcome(stretch.outcome);
    if (stretch.rule != nullptr) range.set_row(stretch.rule->id);
  }
}

void WriteDate(Value day, std::string* (v1::DutyTerms::*field)(),
               v1::DutyTerms& out) {
  if (day != catalog::kNone) decision::WriteDay(day, (out.*field)());
}

void WriteTerms(const catalog::v1::Terms& terms, v1::DutyTerms& out) {
  for (const auto& topic : terms.topics()) out.add_topics(topic);
  for (const auto& conductor : terms.conductors())
    out.add_conductors(conductor);
}

void WriteDuty(const DutyView& view, v1::DutyTerms& out) {
  out.set_status(view.status);
  WriteDate(view.earliest, &v1::DutyTerms::mutable_earliest, out);
  WriteDate(view.target_from, &v1::DutyTerms::mutable_target_from, out);
  WriteDate(view.target_to, &v1::DutyTerms::mutable_target_to, out);
  WriteDate(view.latest, &v1::DutyTerms::mutable_latest, out);
}

void WriteForms(FormMask forms, v1::DutyTerms& out) {
  for (int form = 1; form < v1::MeetingForm_ARRAYSIZE; ++form) {
    if (((forms >> form) & 1) != 0) {
      out.add_permitted_forms(static_cast<v1::MeetingForm>(form));
    }
  }
}

// The topics and the conductors on the day of the plan.
void WriteTermsOf(const PlannedItem& item, CaseFacts& facts,
                  v1::PlannedDuty& out) {
  for (const int index : item.question->terms_questions) {
    const catalog::Question& question =
        facts.area().questions[static_cast<size_t>(index)];
    const catalog::Epoch* const epoch = decision::EpochOn(
        question, facts.municipality(), facts.facts().Get(facts.area().on));
    if (epoch == nullptr || epoch->law == nullptr) continue;
    const catalog::v1::Terms& by_law = epoch->law->source->terms();
    const catalog::Dispensation* const open = decision::OpenOption(
        facts.area(), question, facts.municipality(), facts.facts());
    WriteTerms(by_law, *out.mutable_ordinary_law());
    WriteTerms(open != nullptr && open->source->has_terms()
                   ? open->source->terms()
                   : by_law,
               *out.mutable_here());
  }
}

void Write(const PlannedItem& item, View view, CaseFacts& facts,
           v1::PlannedDuty& out) {
  out.set_kind(static_cast<v1::MeetingKind>(item.question->fulfilled_by));
  out.set_ordinal(item.ordinal);
  decision::Render(facts.snapshot(), facts.area(), item.answer, view,
                   facts.facts(), *out.mutable_decision());
  WriteDuty(item.here, *out.mutable_here());
  WriteDuty(item.ordinary_law, *out.mutable_ordinary_law());
  if (item.event != nullptr) out.set_date(item.event->meeting->date());
  if (view != VIEW_FULL) return;
  WriteDays(item.days.here, *out.mutable_here());
  WriteDays(item.days.ordinary_law, *out.mutable_ordinary_law());
  WriteForms(item.here.forms, *out.mutable_here());
  WriteForms(item.ordinary_law.forms, *out.mutable_ordinary_law());
  WriteTermsOf(item, facts, out);
  for (const auto& participant :
       item.question->source->asked().plan().participants()) {
    out.add_participants(participant);
  }
  *out.mutable_title() = item.question->source->title();
}

}  // namespace

absl::Status Plan(Planner& planner, const v1::PlanContactCourseRequest& request,
                  View default_view, v1::ContactPlan& out) {
  const catalog::Snapshot& snapshot = planner.facts().snapshot();
  const auto municipality = MunicipalityOf(snapshot, request.municipality());
  if (!municipality.ok()) return municipality.status();
  const civil_time::Date as_of = DateIn(request.as_of());
  const absl::Status checked = CheckCourse(request.course());
  if (!checked.ok()) return checked;
  const View view = request.view() != decision::v1::VIEW_UNSPECIFIED
                        ? request.view()
                        : default_view;
  planner.Plan(request.course(), *municipality, as_of,
               [&](const PlannedItem& item, CaseFacts& facts) {
                 v1::PlannedDuty& duty = *out.add_duties();
                 Write(item, view, facts, duty);
                 AddFlagNotes(facts, view, *duty.mutable_decision(),
                              *out.mutable_notes());
               });
  for (const absl::string_view code : planner.said()) {
    AddNote(snapshot, code, "course.meetings", view, *out.mutable_notes());
  }
  AddCourseNotes(planner.facts(), as_of, view, *out.mutable_notes());
  out.set_municipality(request.municipality());
  out.set_case_id(request.course().case_id());
  out.set_as_of(request.as_of());
  out.set_catalog_digest(snapshot.digest());
  return absl::OkStatus();
}

absl::Status Plan(const catalog::Snapshot& snapshot,
                  const v1::PlanContactCourseRequest& request,
                  View default_view, v1::ContactPlan& out) {
  Planner planner(snapshot);
  return Plan(planner, request, default_view, out);
}

}  // namespace frikommune::scheduling
