#include "core/proof/inquiry_case.h"

#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"

namespace frikommune::proof {
namespace {

nlohmann::json ToJson(const google::protobuf::Message& message) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json).ok())
    json = "{}";
  return nlohmann::json::parse(json);
}

}  // namespace

std::string WriteInquiryCase(const std::string& name, const std::string& call,
                             const google::protobuf::Message& request,
                             const decision::v1::Decision& decision) {
  decision::v1::Decision expected;
  expected.set_provision(decision.provision());
  expected.set_outcome(decision.outcome());
  expected.set_ordinary_law_outcome(decision.ordinary_law_outcome());
  for (const auto& reason : decision.reasons()) {
    expected.add_reasons()->set_row(reason.row());
  }
  for (const auto& reason : decision.ordinary_law_reasons()) {
    expected.add_ordinary_law_reasons()->set_row(reason.row());
  }
  const nlohmann::ordered_json line = {
      {"name", name},
      {"call", call},
      {"request", ToJson(request)},
      {"expect", {{"decision", {{"decision", ToJson(expected)}}}}}};
  return line.dump();
}

}  // namespace frikommune::proof
