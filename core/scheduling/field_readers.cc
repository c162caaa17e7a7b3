#include "core/scheduling/field_readers.h"

#include "frikommune/scheduling/v1/contact_course.pb.h"

namespace frikommune::scheduling {

using catalog::Enum;
using catalog::FieldReader;
using catalog::MayBeUnset;

std::vector<FieldReader> CourseReaders() {
  using C = v1::ContactCourse;
  return {
      Enum<C, &C::target_group>(C::kTargetGroupFieldNumber),
      MayBeUnset<C, &C::has_sickness_category, &C::sickness_category>(
          C::kSicknessCategoryFieldNumber),
      Enum<C, &C::risk>(C::kRiskFieldNumber),
      MayBeUnset<C, &C::has_weekly_ordinary_hours, &C::weekly_ordinary_hours>(
          C::kWeeklyOrdinaryHoursFieldNumber),
      MayBeUnset<C, &C::has_seasonal, &C::seasonal>(C::kSeasonalFieldNumber),
      MayBeUnset<C, &C::has_wants_personal_attendance,
                 &C::wants_personal_attendance>(
          C::kWantsPersonalAttendanceFieldNumber),
  };
}

std::vector<FieldReader> MeetingReaders() {
  using M = v1::Meeting;
  return {
      Enum<M, &M::kind>(M::kKindFieldNumber),
      MayBeUnset<M, &M::has_ordinal, &M::ordinal>(M::kOrdinalFieldNumber),
      Enum<M, &M::state>(M::kStateFieldNumber),
      Enum<M, &M::form>(M::kFormFieldNumber),
      Enum<M, &M::conductor>(M::kConductorFieldNumber),
      MayBeUnset<M, &M::has_conductor_delegated, &M::conductor_delegated>(
          M::kConductorDelegatedFieldNumber),
      MayBeUnset<M, &M::has_journalled, &M::journalled>(
          M::kJournalledFieldNumber),
      MayBeUnset<M, &M::has_cv_and_joblog_discussed,
                 &M::cv_and_joblog_discussed>(
          M::kCvAndJoblogDiscussedFieldNumber),
      MayBeUnset<M, &M::has_content_individually_adapted,
                 &M::content_individually_adapted>(
          M::kContentIndividuallyAdaptedFieldNumber),
      MayBeUnset<M, &M::has_initiated_by_citizen, &M::initiated_by_citizen>(
          M::kInitiatedByCitizenFieldNumber),
      MayBeUnset<M, &M::has_new_perspectives, &M::new_perspectives>(
          M::kNewPerspectivesFieldNumber),
      Enum<M, &M::cancellation_reason>(M::kCancellationReasonFieldNumber),
      MayBeUnset<M, &M::has_case_note, &M::case_note>(M::kCaseNoteFieldNumber),
      MayBeUnset<M, &M::has_flexjob_conditions_met, &M::flexjob_conditions_met>(
          M::kFlexjobConditionsMetFieldNumber),
      MayBeUnset<M, &M::has_available, &M::available>(M::kAvailableFieldNumber),
      MayBeUnset<M, &M::has_needs_offers, &M::needs_offers>(
          M::kNeedsOffersFieldNumber),
      MayBeUnset<M, &M::has_offers_considered, &M::offers_considered>(
          M::kOffersConsideredFieldNumber),
      MayBeUnset<M, &M::has_counted, &M::counted>(M::kCountedFieldNumber),
      MayBeUnset<M, &M::has_fund_present, &M::fund_present>(
          M::kFundPresentFieldNumber),
  };
}

}  // namespace frikommune::scheduling
