#ifndef FRIKOMMUNE_CORE_SCHEDULING_WRITE_DUTY_H_
#define FRIKOMMUNE_CORE_SCHEDULING_WRITE_DUTY_H_

#include "core/decision/render.h"
#include "core/scheduling/planner.h"
#include "core/wire/message_writer.h"

namespace frikommune::scheduling {

// Writes the fields of a PlannedDuty: in the BASIC view the decision, and where
// the duty stands under both laws; in the FULL view also the days, the forms
// and the terms. `facts` are those that the item was planned on, and `texts`
// those of their area.
void WriteDuty(const PlannedItem& item, decision::v1::View view,
               const decision::Flags& flags, const DutyTexts& texts,
               CaseFacts& facts, wire::MessageWriter& out);

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_WRITE_DUTY_H_
