#ifndef FRIKOMMUNE_SERVICES_LEDGER_LEDGER_READER_H_
#define FRIKOMMUNE_SERVICES_LEDGER_LEDGER_READER_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "frikommune/ledger/v1/ledger_service.pb.h"
#include "ports/ledger.h"
#include "services/decisions/ledger_calls.h"
#include "services/in_force/catalog_in_force.h"
#include "services/work/worker_pool.h"

namespace frikommune::ledger {

// What a ledger is read with. All of it outlives who uses it.
struct ReadingMeans {
  const CatalogInForce& catalog;
  Ledger& ledger;
  work::WorkerPool& workers;
};

// Where a caller stands who follows a municipality's chain.
struct Follower {
  int municipality = 0;
  // The last entry that it has.
  int64_t position = 0;
};

// Answers what LedgerService is asked, by requests whose fields are checked.
// Knows nothing of gRPC. Thread-safe.
//
// Errors: MUNICIPALITY_UNKNOWN, NAME_INVALID, PAGE_TOKEN_INVALID, DATE_ORDER,
// STORE_UNAVAILABLE, OVERLOADED.
class LedgerReader {
 public:
  explicit LedgerReader(const ReadingMeans& means) : means_(means) {}

  // These three wait for the store.

  absl::Status List(const v1::ListEntriesRequest& request,
                    v1::ListEntriesResponse& response) const;
  absl::Status GetHead(const v1::GetLedgerHeadRequest& request,
                       v1::GetLedgerHeadResponse& response) const;
  absl::StatusOr<Follower> Follow(const v1::WatchEntriesRequest& request) const;

  // The next entries of a follower, who has them then; no entries if there are
  // none yet. Waits for the store.
  absl::Status ReadNext(Follower& follower,
                        v1::WatchEntriesResponse& response) const;

  // Does not wait: workers walk the chain a part at a time, so that others'
  // requests come in between. CANCELLED once nobody wants to know. What it is
  // given lives until `done` is called.
  void Verify(const v1::VerifyLedgerRequest& request,
              v1::VerifyLedgerResponse& response,
              std::function<bool()> is_cancelled, decisions::Done done) const;

 private:
  struct Walk;

  absl::StatusOr<int> Municipality(const std::string& name) const;
  absl::StatusOr<std::shared_ptr<Walk>> Begin(
      const v1::VerifyLedgerRequest& request) const;
  // Walks a part of a chain, and lets a worker go on if that is not all.
  void Step(const std::shared_ptr<Walk>& walk) const;
  // True if the walk has come to its end.
  absl::StatusOr<bool> WalkOn(Walk& walk) const;

  const ReadingMeans means_;
};

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_SERVICES_LEDGER_LEDGER_READER_H_
