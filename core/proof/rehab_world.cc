#include <algorithm>

#include "core/proof/inquiry_world.h"
#include "core/proof/worlds.h"
#include "core/rehab/decider.h"

namespace frikommune::proof {
namespace {

using catalog::Facts;
using catalog::kUnknown;
using catalog::Value;
using google::protobuf::Message;
using rehab::v1::DecideExtensionRequest;
using rehab::v1::RouteCaseRequest;

// The world of the rehabilitation team.
class RehabWorld final : public InquiryWorld {
 public:
  RehabWorld()
      : InquiryWorld({{"frikommune.rehab.v1.RehabService/RouteCase",
                       RouteCaseRequest::descriptor()},
                      {"frikommune.rehab.v1.RehabService/DecideExtension",
                       DecideExtensionRequest::descriptor()}},
                     {}) {}

 protected:
  void WriteFound(const Facts& facts, Message& message) const override {
    if (message.GetDescriptor() == RouteCaseRequest::descriptor()) {
      auto& request = static_cast<RouteCaseRequest&>(message);
      // The law of the transition decides.
      if (request.presentation().case_type() ==
          rehab::v1::PRESENTATION_CASE_TYPE_JOB_CLARIFICATION) {
        request.mutable_presentation()->set_transition_date(
            request.decision_date());
      }
      return;
    }
    const Value total = Of(facts, "total_extension_months");
    if (total == kUnknown) return;
    auto& extension =
        *static_cast<DecideExtensionRequest&>(message).mutable_extension();
    if (!extension.has_extension_months()) extension.set_extension_months(1);
    extension.set_months_already_extended(
        std::max(0, total - extension.extension_months()));
  }

  absl::Status Answer(const catalog::Snapshot& snapshot, const Message& request,
                      decision::v1::Decision& out) const override {
    rehab::Decider decider(snapshot);
    if (request.GetDescriptor() == RouteCaseRequest::descriptor()) {
      return decider.Decide(static_cast<const RouteCaseRequest&>(request),
                            decision::v1::VIEW_BASIC, out);
    }
    return decider.Decide(static_cast<const DecideExtensionRequest&>(request),
                          decision::v1::VIEW_BASIC, out);
  }
};

}  // namespace

const CaseWorld& RehabCases() {
  static const auto* const kWorld = new RehabWorld;
  return *kWorld;
}

}  // namespace frikommune::proof
