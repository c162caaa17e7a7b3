#ifndef FRIKOMMUNE_CORE_SCHEDULING_WITNESS_H_
#define FRIKOMMUNE_CORE_SCHEDULING_WITNESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "core/catalog/snapshot.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"

namespace frikommune::scheduling {

// A request whose facts are known beforehand: the way back from facts to a
// case.
struct Witness {
  // Which of the two it is.
  bool is_plan = false;
  // Of a plan: the number of the duty that is asked about; 0 for one without.
  int ordinal = 0;
  v1::PlanContactCourseRequest plan;
  v1::AssessMeetingRequest meeting;
};

// Writes the request of a question in which the known facts are those of
// `facts`: fields as they are, and events and dates from which the others are
// found. What a request cannot leave out is made up where `facts` does not say.
//
// Facts that exclude each other have no request: then some of them are not
// kept. Pure.
Witness WriteWitness(const catalog::Snapshot& snapshot,
                     const catalog::Question& question, int municipality_code,
                     const catalog::Facts& facts);

// What the snapshot answers to the question in a request, in the BASIC view.
// The errors of Plan and Assess; NOT_FOUND if the answer does not speak of it.
absl::StatusOr<decision::v1::Decision> AnswerOf(
    const catalog::Snapshot& snapshot, const catalog::Question& question,
    const Witness& witness);

// The line of a case: the request, and as its expectation the outcomes and the
// rows of `decision`.
std::string WriteCaseLine(const std::string& name, const Witness& witness,
                          const decision::v1::Decision& decision);

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_WITNESS_H_
