#ifndef FRIKOMMUNE_TESTS_FAULTS_FAULTY_LEDGERS_H_
#define FRIKOMMUNE_TESTS_FAULTS_FAULTY_LEDGERS_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "ports/ledger.h"

namespace frikommune::faults {

// A ledger over `ledger` with one protection broken:
//
//   answer-before-commit  says that a draft is kept when it is sent to be
//   forget-request-ids    takes each request for one that is new
//   ignore-write-errors   says that a draft is kept whatever the store says
//
// Null if there is no such fault.
std::unique_ptr<Ledger> BreakLedger(absl::string_view fault,
                                    std::unique_ptr<Ledger> ledger);

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_FAULTY_LEDGERS_H_
