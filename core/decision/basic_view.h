#ifndef FRIKOMMUNE_CORE_DECISION_BASIC_VIEW_H_
#define FRIKOMMUNE_CORE_DECISION_BASIC_VIEW_H_

#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::decision {

// Takes out of a decision in the FULL view what the BASIC view leaves out:
// texts, citations and the facts used.
void ReduceToBasic(v1::Decision& decision);

}  // namespace frikommune::decision

#endif  // FRIKOMMUNE_CORE_DECISION_BASIC_VIEW_H_
