#ifndef FRIKOMMUNE_TESTS_FAULTS_CHECKER_H_
#define FRIKOMMUNE_TESTS_FAULTS_CHECKER_H_

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ports/ledger.h"
#include "tests/faults/history.h"

namespace frikommune::faults {

// What a comparison found. Requests are counted, not the times they were sent.
struct Verdict {
  int64_t requests = 0;
  // Answered at least once; nobody knows; refused every time.
  int64_t acknowledged = 0;
  int64_t unknown = 0;
  int64_t refused = 0;
  // Of the unknown ones.
  int64_t unknown_kept = 0;

  // Acknowledged, and not kept.
  int64_t lost = 0;
  // Kept more than once.
  int64_t duplicated = 0;
  // Answered in two ways, or kept with another answer than was given.
  int64_t changed = 0;
  // Kept although every answer was a refusal, or nobody asked for it.
  int64_t uninvited = 0;
  // Municipalities whose chain does not hold, with the place and the fault.
  std::vector<std::string> broken;
  // Some of what is wrong, for who looks for the reason.
  std::vector<std::string> examples;

  bool Holds() const {
    return lost == 0 && duplicated == 0 && changed == 0 && uninvited == 0 &&
           broken.empty();
  }
};

std::ostream& operator<<(std::ostream& out, const Verdict& verdict);

// Compares what clients saw with what a ledger has in the end. Each request is
// known by the id of its case, whether or not it had a request id.
//
//   acknowledged  is kept once, with the answer that was given, each time the
//                 same one
//   unknown       is kept once or not at all
//   refused       is not kept
//
// and every chain holds from its first entry to its last.
class Checker {
 public:
  // DATA_LOSS if a history answers what it has not sent, or sends two requests
  // under one name.
  absl::Status Add(const std::vector<Event>& history);

  // Errors are the ledger's.
  absl::StatusOr<Verdict> Compare(Ledger& ledger) const;

 private:
  struct Request {
    std::string digest;
    // The first answer; empty if there was none.
    std::string answer;
    bool answered_differently = false;
    bool unknown = false;
  };

  absl::flat_hash_map<std::string, Request> requests_;
};

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_CHECKER_H_
