#include "absl/strings/str_cat.h"
#include "core/decision/allowed_days.h"
#include "core/decision/render.h"
#include "core/error/error.h"
#include "core/inquiry/municipality.h"
#include "core/scheduling/case_check.h"
#include "core/scheduling/case_facts.h"
#include "core/scheduling/dates.h"
#include "core/scheduling/notes.h"
#include "core/scheduling/scheduling.h"

namespace frikommune::scheduling {
namespace {

using catalog::Effect;
using catalog::kNone;
using catalog::Question;
using catalog::Value;
using decision::v1::View;

bool IsAskedOf(const Question& question, const v1::Meeting& meeting) {
  if (((question.meeting_kinds >> meeting.kind()) & 1) == 0) return false;
  const auto& ordinals = question.source->asked().ordinals();
  if (ordinals.empty()) return true;
  for (const int ordinal : ordinals) {
    if (ordinal == meeting.ordinal()) return true;
  }
  return false;
}

// What all verdicts say together of counting, or of the interval.
class Together {
 public:
  void Add(Effect effect, bool missing) {
    if (missing) {
      missing_ = true;
    } else if (effect != Effect::kSilent) {
      spoken_ = true;
      yes_ = yes_ && effect == Effect::kYes;
    }
  }

  // Said only if something speaks and nothing is missing; a no needs no more.
  bool said() const { return spoken_ && (!missing_ || !yes_); }
  bool yes() const { return yes_; }

 private:
  bool spoken_ = false;
  bool missing_ = false;
  bool yes_ = true;
};

// The last days of a duty under both laws, where its rows do not say them.
void SetDeadlines(const Question& question, Value day, CaseFacts& facts,
                  decision::Answer& answer) {
  const auto start = facts.CourseStart();
  if (!question.is_duty || !start.has_value() || answer.epoch == nullptr ||
      answer.epoch->law == nullptr ||
      catalog::KindOf(answer.ordinary_outcome) ==
          annotations::v1::OUTCOME_KIND_PENDING) {
    return;
  }
  decision::AllowedDays days;
  const Value horizon = facts.snapshot().last_day();
  decision::FindAllowedDays(facts.area(), question, facts.municipality(),
                            start->days(), horizon, facts.facts(), days);
  const auto last = [horizon](const decision::Stretches& stretches) {
    const Value found = decision::LastDay(stretches);
    return found == horizon ? kNone : found;
  };
  if (answer.deadline == kNone) answer.deadline = last(days.here);
  if (answer.ordinary_deadline == kNone)
    answer.ordinary_deadline = last(days.ordinary_law);
  facts.facts().Set(facts.area().on, day);
  facts.facts().Set(facts.area().date_set, 1);
}

}  // namespace

absl::Status Assess(CaseFacts& facts, const v1::AssessMeetingRequest& request,
                    Hear hear, wire::MessageWriter& out) {
  using A = v1::AssessMeetingResponse;
  const catalog::Snapshot& snapshot = facts.snapshot();
  const auto municipality =
      inquiry::MunicipalityOf(snapshot, request.municipality());
  if (!municipality.ok()) return municipality.status();
  const v1::Meeting& meeting = request.meeting();
  const civil_time::Date date = DateIn(meeting.date());
  absl::Status checked = CheckCourse(request.course());
  if (!checked.ok()) return checked;
  checked = CheckMeeting(request.course(), meeting);
  if (!checked.ok()) return checked;
  const View view = request.view() != decision::v1::VIEW_UNSPECIFIED
                        ? request.view()
                        : decision::v1::VIEW_FULL;

  facts.Begin(request.course(), *municipality, date);
  facts.SetMeeting(&meeting);
  facts.SetDay(date.days(), nullptr);
  facts.facts().Set(facts.area().date_set, 1);
  Together counts;
  Together resets;
  Notes notes(facts);
  bool asked = false;
  for (const Question& question : facts.area().questions) {
    if (!IsAskedOf(question, meeting)) continue;
    asked = true;
    decision::Answer answer =
        decision::Decide(facts.area(), question, *municipality, facts.facts());
    SetDeadlines(question, date.days(), facts, answer);
    if (question.speaks_of_counting) {
      const bool missing =
          answer.outcome == decision::v1::OUTCOME_INSUFFICIENT_FACTS;
      counts.Add(answer.counts, missing);
      resets.Add(answer.resets_clock, missing);
    }
    hear(answer);
    const decision::Flags flags = notes.Take(answer, facts.facts());
    out.Message(
        A::kVerdictsFieldNumber,
        [&] {
          decision::Render(snapshot, facts.area(), answer, view, flags,
                           facts.facts(), out);
        },
        wire::Expect::kLong);
  }
  if (!asked) {
    return MakeError(absl::StatusCode::kInvalidArgument,
                     decision::v1::ERROR_REASON_QUESTION_UNKNOWN,
                     "meeting.kind",
                     "no provision on file speaks of such a meeting");
  }
  if (counts.said()) out.AddNumber(A::kCountsFieldNumber, counts.yes());
  if (resets.said()) out.AddNumber(A::kResetsClockFieldNumber, resets.yes());
  if (!meeting.registered_on().empty()) {
    const int lag =
        civil_time::DaysBetween(date, DateIn(meeting.registered_on()));
    out.AddNumber(A::kRegistrationLagDaysFieldNumber, lag);
    if (lag > 0) notes.Add("REGISTRATION_LAG", "meeting");
  }
  notes.AddOfCourse(date);
  notes.Write(A::kNotesFieldNumber, view, out);
  out.Text(A::kCatalogDigestFieldNumber, snapshot.digest());
  return absl::OkStatus();
}

absl::Status Assess(const catalog::Snapshot& snapshot,
                    const v1::AssessMeetingRequest& request,
                    v1::AssessMeetingResponse& out) {
  CaseFacts facts(snapshot);
  wire::MessageWriter bytes(kAnswerBytes);
  absl::Status status = Assess(
      facts, request, [](const decision::Answer&) {}, bytes);
  if (status.ok()) wire::Read(bytes, out);
  return status;
}

}  // namespace frikommune::scheduling
