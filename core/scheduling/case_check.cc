#include "core/scheduling/case_check.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/error/error.h"
#include "core/scheduling/dates.h"

namespace frikommune::scheduling {
namespace {

using civil_time::Date;

absl::Status Refuse(decision::v1::ErrorReason reason, absl::string_view field,
                    absl::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, field, message);
}

template <typename Spells>
absl::Status CheckSpells(const Spells& spells, absl::string_view field) {
  Date before = Date::FromDays(-kNever.days());
  for (int i = 0; i < spells.size(); ++i) {
    const auto& spell = spells[i];
    const Date from = DateIn(spell.from());
    const Date to = spell.to().empty() ? kNever : DateIn(spell.to());
    if (to < from) {
      return Refuse(decision::v1::ERROR_REASON_DATE_ORDER,
                    absl::StrCat(field, "[", i, "].to"),
                    "the stretch ends before it begins");
    }
    if (from <= before) {
      return Refuse(decision::v1::ERROR_REASON_DATE_ORDER,
                    absl::StrCat(field, "[", i, "].from"),
                    "the stretches overlap or are not in time order");
    }
    before = to;
  }
  return absl::OkStatus();
}

// A field of a meeting. Put together only once there is something wrong with
// it.
std::string FieldOf(std::optional<int> place, absl::string_view name) {
  return place.has_value()
             ? absl::StrCat("course.meetings[", *place, "].", name)
             : absl::StrCat("meeting.", name);
}

// The day before which an event of a kind cannot lie; empty if none is known.
const std::string& StartOf(const v1::ContactCourse& course,
                           v1::MeetingKind kind) {
  switch (kind) {
    case v1::MEETING_KIND_FOLLOWUP:
      return course.first_absence_day();
    case v1::MEETING_KIND_INTEGRATION_CONTACT:
      return course.integration().visitation_date();
    case v1::MEETING_KIND_PENSION_FOLLOWUP:
      return course.subsidised_job().start_date();
    case v1::MEETING_KIND_JOB_MEETING:
    case v1::MEETING_KIND_JOINT_MEETING:
    case v1::MEETING_KIND_UNSOLICITED_CALL:
      return course.unemployment_spells().empty()
                 ? course.unemployment_start()
                 : course.unemployment_spells(0).from();
    default:
      return v1::ContactCourse::default_instance().case_id();
  }
}

bool IsNumbered(v1::MeetingKind kind) {
  return kind == v1::MEETING_KIND_JOB_MEETING ||
         kind == v1::MEETING_KIND_JOINT_MEETING ||
         kind == v1::MEETING_KIND_FOLLOWUP;
}

absl::Status CheckUnemployment(const v1::ContactCourse& course) {
  absl::Status checked =
      CheckSpells(course.unemployment_spells(), "course.unemployment_spells");
  if (!checked.ok()) return checked;
  if (!course.unemployment_spells().empty() &&
      !course.unemployment_start().empty() &&
      course.unemployment_spells(0).from() != course.unemployment_start()) {
    return Refuse(decision::v1::ERROR_REASON_CONFLICT,
                  "course.unemployment_start",
                  "it is not the day on which the first spell begins");
  }
  return absl::OkStatus();
}

// What a course says besides its events.
absl::Status CheckFacts(const v1::ContactCourse& course) {
  absl::Status checked = CheckUnemployment(course);
  if (!checked.ok()) return checked;
  checked =
      CheckSpells(course.allowance().received(), "course.allowance.received");
  if (!checked.ok()) return checked;
  const v1::Exit& exit = course.exit();
  if (course.has_exit() && exit.kind() != v1::EXIT_KIND_NONE &&
      exit.date().empty()) {
    return Refuse(decision::v1::ERROR_REASON_FIELD_REQUIRED, "course.exit.date",
                  "an exit has a day, unless its kind is EXIT_KIND_NONE");
  }
  if (exit.kind() == v1::EXIT_KIND_NONE && !exit.date().empty()) {
    return Refuse(decision::v1::ERROR_REASON_CONFLICT, "course.exit.date",
                  "no exit has no day");
  }
  const v1::SubsidisedJob& job = course.subsidised_job();
  if (!job.changed_on().empty() && job.changed_on() < job.start_date()) {
    return Refuse(decision::v1::ERROR_REASON_EVENT_BEFORE_START,
                  "course.subsidised_job.changed_on",
                  "it lies before the job began");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckMeeting(const v1::ContactCourse& course,
                          const v1::Meeting& meeting,
                          std::optional<int> place) {
  // Checked dates are written alike, so that they compare as they read.
  const std::string& start = StartOf(course, meeting.kind());
  if (!start.empty() && meeting.date() < start) {
    return Refuse(decision::v1::ERROR_REASON_EVENT_BEFORE_START,
                  FieldOf(place, "date"),
                  "the event lies before the start of the course");
  }
  if (IsNumbered(meeting.kind()) && !meeting.has_ordinal()) {
    return Refuse(decision::v1::ERROR_REASON_FIELD_REQUIRED,
                  FieldOf(place, "ordinal"),
                  "an event of this kind has a number");
  }
  if (!meeting.registered_on().empty() &&
      meeting.registered_on() < meeting.date()) {
    return Refuse(decision::v1::ERROR_REASON_DATE_ORDER,
                  FieldOf(place, "registered_on"),
                  "it was registered before it was held");
  }
  return absl::OkStatus();
}

absl::Status CheckCourse(const v1::ContactCourse& course) {
  absl::Status checked = CheckFacts(course);
  if (!checked.ok()) return checked;
  if (course.meetings_size() > kMostMeetings) {
    return Refuse(
        decision::v1::ERROR_REASON_VALUE_OUT_OF_RANGE, "course.meetings",
        absl::StrCat("a course holds at most ", kMostMeetings, " events"));
  }
  for (int i = 0; i < course.meetings_size(); ++i) {
    const v1::Meeting& meeting = course.meetings(i);
    checked = CheckMeeting(course, meeting, i);
    if (!checked.ok()) return checked;
    for (int j = 0; j < i; ++j) {
      const v1::Meeting& other = course.meetings(j);
      if (meeting.has_ordinal() && other.kind() == meeting.kind() &&
          other.has_ordinal() && other.ordinal() == meeting.ordinal() &&
          other.state() == meeting.state() &&
          meeting.state() != v1::MEETING_STATE_CANCELLED) {
        return Refuse(decision::v1::ERROR_REASON_CONFLICT,
                      FieldOf(i, "ordinal"),
                      absl::StrCat("meetings[", j, "] has the same number"));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace frikommune::scheduling
