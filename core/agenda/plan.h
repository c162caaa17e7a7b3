#ifndef FRIKOMMUNE_CORE_AGENDA_PLAN_H_
#define FRIKOMMUNE_CORE_AGENDA_PLAN_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "frikommune/rehab/v1/agenda.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace frikommune::rehab {

// Plans waiting cases on the days there are, as Assign does: as many deadlines
// as can be are met, then as many cases as can be have a day, then days are
// early. A day has the places that are not booked; one that is cancelled or
// lies before `as_of` has none. Dates have been checked.
//
// `meetings` are in the order of their dates.
void PlanAgenda(
    absl::Span<const v1::TeamMeeting> meetings,
    const google::protobuf::RepeatedPtrField<v1::WaitingCase>& cases,
    absl::string_view as_of, v1::PlanAgendaResponse& response);

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_CORE_AGENDA_PLAN_H_
