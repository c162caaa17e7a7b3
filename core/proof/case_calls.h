#ifndef FRIKOMMUNE_CORE_PROOF_CASE_CALLS_H_
#define FRIKOMMUNE_CORE_PROOF_CASE_CALLS_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "core/proof/case_run.h"
#include "frikommune/decision/v1/decision.pb.h"
#include "nlohmann/json.hpp"

namespace frikommune::proof {

// Answers the request of a case as a server does, and sets the response or the
// status of `run`. INVALID_ARGUMENT if the contract cannot read the request.
using CaseCall = absl::Status (*)(const catalog::Snapshot& snapshot,
                                  const nlohmann::json& request, CaseRun& run);

// The call of that name, "frikommune.x.v1.XService/Method"; null if this
// program does not answer it by itself.
CaseCall FindCaseCall(const std::string& name);

// Shows every decision in the response of such a call.
void ForEachDecision(
    const google::protobuf::Message& response,
    absl::FunctionRef<void(const decision::v1::Decision&)> see);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_CASE_CALLS_H_
