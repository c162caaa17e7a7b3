#ifndef FRIKOMMUNE_SERVICES_DECISIONS_KEPT_DECISION_CALLS_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_KEPT_DECISION_CALLS_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/grpc/call_watch.h"
#include "adapters/grpc/later.h"
#include "core/request/validate.h"
#include "services/decisions/decision_calls.h"
#include "services/decisions/kept_decisions.h"
#include "services/decisions/reviewer.h"
#include "services/in_force/editions.h"

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
  KeptDecisionCalls(const std::string& service, const KeepingMeans& means,
                    const std::vector<MakeDecidingCall>& deciding)
      : review_call_(service + "/ReviewDecision"),
        kept_(means.catalog, [means,
                              deciding](const catalog::Snapshot& snapshot) {
          return std::make_unique<Kept>(means.By(snapshot), deciding, snapshot);
        }) {}

  grpc::ServerUnaryReactor* Review(
      grpc::CallbackServerContext* context,
      const typename Contract::ReviewDecisionRequest& request,
      typename Contract::ReviewDecisionResponse& response) {
    return rpc::ServeUnaryLater(
        context, request, review_, rpc::kUnaryBytesMax, [&](rpc::Done done) {
          Now().reviewer.Review({.request = &request,
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
          Now().decisions.Get(request.name(), *response.mutable_decision(),
                              std::move(done));
        });
  }

  grpc::ServerUnaryReactor* List(
      grpc::CallbackServerContext* context,
      const typename Contract::ListDecisionsRequest& request,
      typename Contract::ListDecisionsResponse& response) {
    return rpc::ServeUnaryLater(
        context, request, list_, rpc::kUnaryBytesMax, [&](rpc::Done done) {
          Now().decisions.List({.municipality = request.municipality(),
                                .filter = &request.filter(),
                                .page_size = request.page_size(),
                                .page_token = request.page_token()},
                               *response.mutable_decisions(),
                               *response.mutable_next_page_token(),
                               std::move(done));
        });
  }

  grpc::ServerUnaryReactor* RenderReasons(
      grpc::CallbackServerContext* context,
      const typename Contract::RenderReasonsRequest& request,
      typename Contract::RenderReasonsResponse& response) {
    return rpc::ServeUnaryLater(
        context, request, reasons_, rpc::kUnaryBytesMax, [&](rpc::Done done) {
          Now().decisions.RenderReasons(
              request.name(), *response.mutable_text(), std::move(done));
        });
  }

 private:
  using Calls = std::vector<std::unique_ptr<DecidingCall>>;

  static Calls MakeAll(const std::vector<MakeDecidingCall>& makers,
                       const catalog::Snapshot& snapshot) {
    Calls calls;
    for (const auto& make : makers) calls.push_back(make(snapshot));
    return calls;
  }
  static std::vector<DecidingCall*> PointersTo(const Calls& calls) {
    std::vector<DecidingCall*> pointers;
    for (const auto& call : calls) pointers.push_back(call.get());
    return pointers;
  }

  // What reads and reviews by one catalog.
  struct Kept {
    Kept(const Means& means, const std::vector<MakeDecidingCall>& makers,
         const catalog::Snapshot& snapshot)
        : calls(MakeAll(makers, snapshot)),
          reviewer(means, PointersTo(calls)),
          decisions(means) {}

    const Calls calls;
    Reviewer reviewer;
    KeptDecisions decisions;
  };

  // By the catalog in force, to the end of the call whose handler this is.
  Kept& Now() {
    const auto edition = kept_.Get();
    rpc::CallWatch::Current().AnsweredBy(edition, edition->catalog->digest());
    return *edition->made;
  }

  const std::string review_call_;
  Editions<Kept> kept_;
  const request::Validator review_{
      Contract::ReviewDecisionRequest::descriptor()};
  const request::Validator get_{Contract::GetDecisionRequest::descriptor()};
  const request::Validator list_{Contract::ListDecisionsRequest::descriptor()};
  const request::Validator reasons_{
      Contract::RenderReasonsRequest::descriptor()};
};

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_KEPT_DECISION_CALLS_H_
