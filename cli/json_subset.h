#ifndef FRIKOMMUNE_CLI_JSON_SUBSET_H_
#define FRIKOMMUNE_CLI_JSON_SUBSET_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "nlohmann/json.hpp"

namespace frikommune::cli {

// A place where an answer is not as expected.
struct Difference {
  // "verdicts[1].outcome". Of a list the place is that of the element that
  // comes closest. Empty for the whole.
  std::string path;
  // Both as JSON; "nothing" where there is none.
  std::string expected;
  std::string actual;

  friend bool operator==(const Difference&, const Difference&) = default;
};

// Where `actual`, a message printed as proto3 JSON, is not as `expected` says:
//
//   an object   has what is expected of its fields; others do not matter
//   a list      has the expected elements in that order; others may stand
//               between them. [] expects none at all
//   null        expects the field to be unset
//   any other   is equal; an int64, which is printed as a string, may be
//               expected as a number
//
// A field that is absent is equal to its zero value, which proto3 JSON leaves
// out: false, 0, "" and the UNSPECIFIED value of an enum. With `type`, the
// message's, only where the field cannot tell the two apart: an `optional`
// field that is unset is unknown, which is not no. Pure.
std::vector<Difference> Differences(
    const nlohmann::json& expected, const nlohmann::json& actual,
    const google::protobuf::Descriptor* type = nullptr);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_JSON_SUBSET_H_
