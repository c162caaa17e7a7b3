#ifndef FRIKOMMUNE_TESTS_FAULTS_FAILING_CALLS_H_
#define FRIKOMMUNE_TESTS_FAULTS_FAILING_CALLS_H_

#include <ostream>

namespace frikommune::faults {

// Stands between the adapters and their databases' libraries, in programs that
// are linked so (CMakeLists.txt): any call of SQLite that runs or prepares a
// statement, and of libpq that runs one or connects, can be made to fail.
//
// All of it is for one test at a time, and safe to be called by many threads.

// How a call fails.
enum class Failure {
  // It does nothing.
  kBefore,
  // It does what it should, and nobody is told.
  kAfter,
  // It does nothing, nor does any call after it.
  kForGood,
};
std::ostream& operator<<(std::ostream& out, Failure failure);

// Lets the `nth` call from now on fail, counted from 1. Of PostgreSQL the
// connection is lost with it.
void FailCall(int nth, Failure failure);

// Lets none fail any more. Returns whether one did.
bool StopFailing();

// Lets no transaction be: each statement is one of its own, and nothing is
// rolled back.
void BreakTransactions(bool broken);

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_FAILING_CALLS_H_
