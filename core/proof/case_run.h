#ifndef FRIKOMMUNE_CORE_PROOF_CASE_RUN_H_
#define FRIKOMMUNE_CORE_PROOF_CASE_RUN_H_

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/catalog/snapshot.h"
#include "google/protobuf/message.h"

namespace frikommune::proof {

// A case of the catalog, called in process.
struct CaseRun {
  catalog::Location where;
  std::string line;
  std::string name;
  // The answer; null if `status` is an error.
  std::unique_ptr<google::protobuf::Message> response;
  absl::Status status;
};

// Rows by provision and id: {"scheduling/job-meeting", "E01/K2"}.
using FiredRows = std::set<std::pair<std::string, std::string>>;

// Runs every case in the catalog's files whose call this program can answer by
// itself: it checks the request as a server does, and decides it. Shows each to
// `see`. Adds to `problems` the lines that are no case: not JSON, a call of no
// contract, a request that the contract cannot read.
void RunCases(const catalog::Snapshot& snapshot,
              const std::function<void(const CaseRun&)>& see,
              std::vector<catalog::Problem>& problems);

// Adds the rows that a case's answer names.
void AddFiredRows(const CaseRun& run, FiredRows& fired);

// Adds to `problems` each row of law and of the options that are ever open that
// is in none of `fired`.
void ReportUnfiredRows(const catalog::Snapshot& snapshot,
                       const FiredRows& fired,
                       std::vector<catalog::Problem>& problems);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_CASE_RUN_H_
