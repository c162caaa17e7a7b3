#ifndef FRIKOMMUNE_SERVICES_DECISIONS_KEPT_DECISION_CALLS_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_KEPT_DECISION_CALLS_H_

#include <string>
#include <utility>
#include <vector>

#include "adapters/grpc/later.h"
#include "core/request/validate.h"
#include "services/decisions/kept_decisions.h"
#include "services/decisions/reviewer.h"

namespace frikommune::decisions {

// The calls of a service about the decisions that it keeps. A handler forwards
// to them. `Contract` names the types of its requests and responses:
// ReviewDecisionRequest, GetDecisionRequest, ListDecisionsRequest,
// RenderReasonsRequest, and the responses to them.
//
// Thread-safe. What it is given outlives it.
template <typename Contract>
class KeptDecisionCalls {
 public:
  // `service` is the full name of the contract; `deciding` is all that the
  // service decides.
  KeptDecisionCalls(const std::string& service, const Means& means,
                    std::vector<DecidingCall*> deciding)
      : review_call_(service + "/ReviewDecision"),
        reviewer_(means, std::move(deciding)),
        decisions_(means) {}

  grpc::ServerUnaryReactor* Review(
      grpc::CallbackServerContext* context,
      const typename Contract::ReviewDecisionRequest& request,
      typename Contract::ReviewDecisionResponse& response) {
    return rpc::ServeUnaryLater(
        context, request, review_, rpc::kUnaryBytesMax, [&](rpc::Done done) {
          reviewer_.Review({.request = &request,
                            .call = review_call_,
                            .name = request.name(),
                            .etag = request.etag(),
                            .request_id = request.request_id(),
                            .review = &request.review(),
                            .view = request.view()},
                           *response.mutable_decision(), std::move(done));
        });
  }

  grpc::ServerUnaryReactor* Get(
      grpc::CallbackServerContext* context,
      const typename Contract::GetDecisionRequest& request,
      typename Contract::GetDecisionResponse& response) {
    return rpc::ServeUnaryLater(
        context, request, get_, rpc::kUnaryBytesMax, [&](rpc::Done done) {
          decisions_.Get(request.name(), *response.mutable_decision(),
                         std::move(done));
        });
  }

  grpc::ServerUnaryReactor* List(
      grpc::CallbackServerContext* context,
      const typename Contract::ListDecisionsRequest& request,
      typename Contract::ListDecisionsResponse& response) {
    return rpc::ServeUnaryLater(
        context, request, list_, rpc::kUnaryBytesMax, [&](rpc::Done done) {
          decisions_.List({.municipality = request.municipality(),
                           .filter = &request.filter(),
                           .page_size = request.page_size(),
                           .page_token = request.page_token()},
                          *response.mutable_decisions(),
                          *response.mutable_next_page_token(), std::move(done));
        });
  }

  grpc::ServerUnaryReactor* RenderReasons(
      grpc::CallbackServerContext* context,
      const typename Contract::RenderReasonsRequest& request,
      typename Contract::RenderReasonsResponse& response) {
    return rpc::ServeUnaryLater(
        context, request, reasons_, rpc::kUnaryBytesMax, [&](rpc::Done done) {
          decisions_.RenderReasons(request.name(), *response.mutable_text(),
                                   std::move(done));
        });
  }

 private:
  const std::string review_call_;
  Reviewer reviewer_;
  KeptDecisions decisions_;
  const request::Validator review_{
      Contract::ReviewDecisionRequest::descriptor()};
  const request::Validator get_{Contract::GetDecisionRequest::descriptor()};
  const request::Validator list_{Contract::ListDecisionsRequest::descriptor()};
  const request::Validator reasons_{
      Contract::RenderReasonsRequest::descriptor()};
};

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_KEPT_DECISION_CALLS_H_
