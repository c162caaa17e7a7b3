#ifndef FRIKOMMUNE_CORE_INQUIRY_GIVEN_H_
#define FRIKOMMUNE_CORE_INQUIRY_GIVEN_H_

#include <string>

#include "frikommune/decision/v1/decision.pb.h"
#include "google/protobuf/message.h"

namespace frikommune::inquiry {

// What a request for a decision says besides its facts, whatever it asks about.
// Views of the request, which must outlive it.
struct Given {
  const google::protobuf::Message& request;
  const std::string& municipality;
  const std::string& decision_date;
  // Null if there is none.
  const decision::v1::Assessment* assessment;
  const decision::v1::LeaderReview* leader_review;
  const std::string& supersedes;
};

// The same fields have the same names in every such request.
template <typename Request>
Given GivenBy(const Request& request) {
  return {request,
          request.municipality(),
          request.decision_date(),
          request.has_assessment() ? &request.assessment() : nullptr,
          request.has_leader_review() ? &request.leader_review() : nullptr,
          request.supersedes()};
}

}  // namespace frikommune::inquiry

#endif  // FRIKOMMUNE_CORE_INQUIRY_GIVEN_H_
