#ifndef FRIKOMMUNE_SERVICES_HOST_CENSUS_TAKER_H_
#define FRIKOMMUNE_SERVICES_HOST_CENSUS_TAKER_H_

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ports/agenda_store.h"
#include "ports/ledger.h"
#include "ports/store_census.h"

namespace frikommune::host {

// What a census is taken of; all of it outlives who takes it.
struct Counted {
  // The service whose decisions are looked at, "rehab".
  std::string service;
  Ledger& ledger;
  // Null for a service without agendas.
  AgendaStore* agenda = nullptr;
  // The codes of the network's municipalities.
  std::vector<int> municipalities = {};
};

// Counts what stands in the store; agendas from the day `today` on, YYYY-MM-DD.
// Reads some thousands of rows a municipality at most, and tells of no more.
// UNAVAILABLE if the store cannot be reached. Waits for it.
absl::StatusOr<StoreCensus> TakeCensus(const Counted& counted,
                                       const std::string& today);

// Takes a census at once and then again and again, on a thread of its own. One
// that fails leaves the last one as it is.
class CensusTaker {
 public:
  using Tell = std::function<void(StoreCensus)>;

  CensusTaker(Counted counted, absl::Duration pause, Tell tell);

  // Waits for a census that is under way.
  ~CensusTaker();
  CensusTaker(const CensusTaker&) = delete;
  CensusTaker& operator=(const CensusTaker&) = delete;

 private:
  void CountUntilEnd() ABSL_LOCKS_EXCLUDED(mutex_);

  const Counted counted_;
  const absl::Duration pause_;
  const Tell tell_;
  absl::Mutex mutex_;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_CENSUS_TAKER_H_
