#ifndef FRIKOMMUNE_CORE_PROOF_INQUIRY_CASE_H_
#define FRIKOMMUNE_CORE_PROOF_INQUIRY_CASE_H_

#include <string>

#include "frikommune/decision/v1/decision.pb.h"
#include "google/protobuf/message.h"

namespace frikommune::proof {

// The line of a case whose call answers with one kept decision: the request,
// and as its expectation the outcomes and the rows of `decision`.
std::string WriteInquiryCase(const std::string& name, const std::string& call,
                             const google::protobuf::Message& request,
                             const decision::v1::Decision& decision);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_INQUIRY_CASE_H_
