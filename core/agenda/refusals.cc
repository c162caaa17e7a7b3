#include "core/agenda/refusals.h"

#include "core/error/error.h"

namespace frikommune::rehab {
namespace {

absl::Status NotInThatState(decision::v1::ErrorReason reason,
                            absl::string_view field,
                            absl::string_view message) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, field,
                   message);
}

absl::Status Conflict(absl::string_view field, absl::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_CONFLICT, field, message);
}

}  // namespace

absl::Status ResourceUnknown(absl::string_view field) {
  return MakeError(absl::StatusCode::kNotFound,
                   decision::v1::ERROR_REASON_RESOURCE_UNKNOWN, field,
                   "nothing of that name is kept here");
}

absl::Status EtagStale() {
  return MakeError(absl::StatusCode::kAborted,
                   decision::v1::ERROR_REASON_ETAG_STALE, "etag",
                   "it has changed since; look at it again");
}

absl::Status RequestIdReused() {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_REQUEST_ID_REUSED, "request_id",
                   "the request id was used for another request");
}

absl::Status MeetingDayFull(absl::string_view field) {
  return NotInThatState(decision::v1::ERROR_REASON_MEETING_DAY_FULL, field,
                        "the day has no place left");
}

absl::Status MeetingDayCancelled(absl::string_view field) {
  return NotInThatState(decision::v1::ERROR_REASON_MEETING_DAY_CANCELLED, field,
                        "the day is cancelled");
}

absl::Status MeetingDayPast(absl::string_view field) {
  return NotInThatState(decision::v1::ERROR_REASON_MEETING_DAY_PAST, field,
                        "the day lies in the past");
}

absl::Status DeadlineMissed(absl::string_view field,
                            absl::string_view message) {
  return NotInThatState(decision::v1::ERROR_REASON_DEADLINE_MISSED, field,
                        message);
}

absl::Status StateConflict(absl::string_view field, absl::string_view message) {
  return NotInThatState(decision::v1::ERROR_REASON_STATE_CONFLICT, field,
                        message);
}

absl::Status AlreadyOnAgenda() {
  return MakeError(absl::StatusCode::kAlreadyExists,
                   decision::v1::ERROR_REASON_ALREADY_ON_AGENDA,
                   "waiting_case.case_id",
                   "the case has an agenda item; move or withdraw that");
}

absl::Status StatusOf(v1::DayRefusal refusal, absl::string_view field) {
  switch (refusal) {
    case v1::DAY_REFUSAL_FULL:
      return MeetingDayFull(field);
    case v1::DAY_REFUSAL_CANCELLED:
      return MeetingDayCancelled(field);
    case v1::DAY_REFUSAL_PAST:
      return MeetingDayPast(field);
    case v1::DAY_REFUSAL_AFTER_DEADLINE:
      return DeadlineMissed(field, "the day lies after the case's deadline");
    case v1::DAY_REFUSAL_TOO_EARLY:
      return Conflict(field, "the day lies before the case's first day");
    case v1::DAY_REFUSAL_NO_EDUCATION_MEMBER:
      return Conflict(field,
                      "the case needs the education member, who is not there");
    default:
      return absl::OkStatus();
  }
}

}  // namespace frikommune::rehab
