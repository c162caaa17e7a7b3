#include "cli/replay_case.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "frikommune/catalog/v1/catalog_service.pb.h"
#include "frikommune/certificates/v1/certificates_service.pb.h"
#include "frikommune/rehab/v1/rehab_service.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "grpc/health/v1/health.pb.h"

namespace frikommune::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using nlohmann::json;
using namespace nlohmann::literals;

// Names a message of each contract. Without it the linker would leave the
// contract out of the program, and its calls would be unknown.
const google::protobuf::DescriptorPool& LinkedContracts() {
  const Descriptor* const linked[] = {
      catalog::v1::GetCatalogRequest::descriptor(),
      certificates::v1::DecideCertificateRequest::descriptor(),
      rehab::v1::RouteCaseRequest::descriptor(),
      scheduling::v1::PlanContactCourseRequest::descriptor(),
      grpc::health::v1::HealthCheckRequest::descriptor(),
  };
  return *linked[0]->file()->pool();
}

absl::Status Bad(absl::string_view what) {
  return absl::InvalidArgumentError(what);
}

std::unique_ptr<Message> MakeMessage(const Descriptor* type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(type)
          ->New());
}

absl::StatusOr<std::string> ToBytes(const Descriptor* type, const json& value) {
  const auto message = MakeMessage(type);
  const auto status =
      google::protobuf::util::JsonStringToMessage(value.dump(), message.get());
  if (!status.ok()) {
    return Bad(absl::StrCat("is no ", type->full_name(), ": ",
                            std::string(status.message())));
  }
  return message->SerializeAsString();
}

absl::StatusOr<const MethodDescriptor*> FindMethod(const std::string& call) {
  const std::vector<std::string> parts = absl::StrSplit(call, '/');
  if (parts.size() != 2) {
    return Bad(
        absl::StrCat("call is written package.Service/Method, not ", call));
  }
  const auto* service = LinkedContracts().FindServiceByName(parts[0]);
  const auto* method =
      service == nullptr ? nullptr : service->FindMethodByName(parts[1]);
  if (method == nullptr) return Bad(absl::StrCat("there is no call ", call));
  return method;
}

absl::Status ReadRequests(const json& request, ReplayCase& read) {
  const bool is_list = read.method->client_streaming() && request.is_array();
  for (const json& one : is_list ? request : json::array({request})) {
    auto bytes = ToBytes(read.method->input_type(), one);
    if (!bytes.ok()) {
      return Bad(absl::StrCat("request ", bytes.status().message()));
    }
    read.requests.push_back(*std::move(bytes));
  }
  return absl::OkStatus();
}

absl::Status ReadExpectation(const json& expect, ReplayCase& read) {
  const bool is_list = read.method->server_streaming();
  if (is_list && !expect.is_array()) {
    return Bad("expect must be a list: the call answers with a stream");
  }
  for (const json& one : is_list ? expect : json::array({expect})) {
    const auto bytes = ToBytes(read.method->output_type(), one);
    if (!bytes.ok()) {
      return Bad(absl::StrCat("expect ", bytes.status().message()));
    }
  }
  read.expect = expect;
  return absl::OkStatus();
}

absl::Status ReadExpectedError(const json& expect, ReplayCase& read) {
  if (!expect.is_object()) return Bad("expectError must be an object");
  for (const auto& [key, value] : expect.items()) {
    if (!value.is_string()) {
      return Bad(absl::StrCat("expectError.", key, " must be a string"));
    }
    if (key == "code") {
      read.expect_error.code = value;
    } else if (key == "reason") {
      read.expect_error.reason = value;
    } else if (key == "field") {
      read.expect_error.field = value;
    } else {
      return Bad(absl::StrCat("expectError has no ", key));
    }
  }
  if (read.expect_error.code.empty()) return Bad("expectError needs a code");
  return absl::OkStatus();
}

// Where requests state their day, the first of these that is there.
std::string DayOf(const json& request) {
  static const json::json_pointer kPlaces[] = {
      "/presentation/transitionDate"_json_pointer,
      "/decisionDate"_json_pointer,
      "/asOf"_json_pointer,
      "/meeting/date"_json_pointer,
      "/teamMeeting/date"_json_pointer,
      "/document/date"_json_pointer,
      "/review/date"_json_pointer};
  for (const auto& place : kPlaces) {
    if (request.contains(place) && request.at(place).is_string()) {
      return request.at(place);
    }
  }
  return "";
}

absl::Status ReadKeep(const json& keep, ReplayCase& read) {
  if (!keep.is_object()) return Bad("keep must be an object");
  for (const auto& [name, path] : keep.items()) {
    if (!path.is_string()) {
      return Bad(absl::StrCat("keep.", name, " must be a string"));
    }
    read.keep.emplace_back(name, path);
  }
  return absl::OkStatus();
}

absl::Status CheckKeys(const json& object) {
  for (const auto& [key, value] : object.items()) {
    if (key != "name" && key != "call" && key != "request" && key != "expect" &&
        key != "expectError" && key != "keep") {
      return Bad(absl::StrCat("a case has no ", key));
    }
  }
  for (const char* key : {"name", "call"}) {
    if (!object.contains(key) || !object[key].is_string()) {
      return Bad(absl::StrCat("a case needs a ", key));
    }
  }
  if (!object.contains("request")) return Bad("a case needs a request");
  if (object.contains("expect") == object.contains("expectError")) {
    return Bad("a case needs one of expect and expectError");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ReplayCase> ParseReplayCase(absl::string_view line) {
  const json object = json::parse(line.begin(), line.end(), nullptr,
                                  /*allow_exceptions=*/false);
  if (!object.is_object()) return Bad("a case is one JSON object on one line");
  if (auto status = CheckKeys(object); !status.ok()) return status;
  ReplayCase read;
  read.name = object["name"];
  auto method = FindMethod(object["call"]);
  if (!method.ok()) return method.status();
  read.method = *method;
  read.day = DayOf(object["request"]);
  absl::Status status = ReadRequests(object["request"], read);
  if (status.ok() && object.contains("keep")) {
    status = ReadKeep(object["keep"], read);
  }
  if (status.ok()) {
    status = object.contains("expect")
                 ? ReadExpectation(object["expect"], read)
                 : ReadExpectedError(object["expectError"], read);
  }
  if (!status.ok()) return status;
  return read;
}

absl::StatusOr<json> ToJson(const Descriptor* type, const std::string& bytes) {
  const auto message = MakeMessage(type);
  std::string text;
  if (!message->ParseFromString(bytes) ||
      !google::protobuf::util::MessageToJsonString(*message, &text).ok()) {
    return absl::DataLossError(
        absl::StrCat("the answer is no ", type->full_name()));
  }
  return json::parse(text);
}

}  // namespace frikommune::cli
