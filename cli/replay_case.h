#ifndef FRIKOMMUNE_CLI_REPLAY_CASE_H_
#define FRIKOMMUNE_CLI_REPLAY_CASE_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "nlohmann/json.hpp"

namespace frikommune::cli {

// How a call is expected to be refused. What is empty does not matter.
struct ExpectedError {
  // "INVALID_ARGUMENT".
  std::string code;
  // "FIELD_REQUIRED".
  std::string reason;
  // "course.meetings[0].date".
  std::string field;
};

// A call and what is expected of its answer.
struct ReplayCase {
  std::string name;
  // The day that the request is about; empty if it states none.
  std::string day;
  // What is kept of the answer for the cases after it in the file: a name, and
  // the path of a text, "decision.name".
  std::vector<std::pair<std::string, std::string>> keep;
  const google::protobuf::MethodDescriptor* method = nullptr;
  // The requests, as bytes; one unless the caller streams.
  std::vector<std::string> requests;
  // What is expected of the answer: of the list of answers if the server
  // streams. Unset if an error is expected.
  std::optional<nlohmann::json> expect;
  ExpectedError expect_error;
};

// Reads a case written on one line:
//
//   {"name": "...", "call": "frikommune.x.v1.XService/Method",
//    "request": {...}, "expect": {...}}
//
// or with "expectError": {"code", "reason", "field"} in place of "expect". The
// request of a call that streams its requests may be a list. "keep":
// {"decision": "decision.name"} lets later cases of the file write what the
// answer has there as ${decision}.
//
// INVALID_ARGUMENT, saying what is wrong, if the line is not such a case, if no
// contract in this program has the call, or if the request or the expectation
// uses a field or a value that the contract does not name: a misspelt
// expectation would otherwise be met.
absl::StatusOr<ReplayCase> ParseReplayCase(absl::string_view line);

// A message as proto3 JSON. `bytes` are of the type `type`. DATA_LOSS if they
// are not.
absl::StatusOr<nlohmann::json> ToJson(const google::protobuf::Descriptor* type,
                                      const std::string& bytes);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_REPLAY_CASE_H_
