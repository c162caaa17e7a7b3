#ifndef FRIKOMMUNE_SERVICES_DECISIONS_LEDGER_CALLS_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_LEDGER_CALLS_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/resource_id/resource_id.h"
#include "ports/effect_meter.h"
#include "ports/ledger.h"
#include "services/work/worker_pool.h"

namespace frikommune::decisions {

// Ends what was asked, from any thread; called once.
using Done = absl::AnyInvocable<void(const absl::Status&) &&>;

// RESOURCE_EXHAUSTED, reason OVERLOADED.
absl::Status Overloaded();

// What callers are told of an error of the ledger: UNAVAILABLE as
// STORE_UNAVAILABLE, RESOURCE_EXHAUSTED as OVERLOADED if it does not say that
// the store is full.
absl::Status ToRefusal(const absl::Status& status);

// Lets a worker do `work`, which calls the `done` it is given; or says that
// there is too much to do.
void OnWorker(work::WorkerPool& workers, Done done,
              absl::AnyInvocable<void(Done) &&> work);

// The parts of the name in `field`, which must be of `collection`:
// INVALID_ARGUMENT, reason NAME_INVALID.
absl::StatusOr<ResourceName> NameIn(absl::string_view field,
                                    absl::string_view name,
                                    absl::string_view collection);

// The latest entry of the subject named in `field`. NOT_FOUND, reason
// RESOURCE_UNKNOWN, unless one of that type is kept in its municipality. May
// wait.
absl::StatusOr<ledger::v1::Entry> LatestOf(Ledger& ledger,
                                           absl::string_view field,
                                           absl::string_view subject,
                                           absl::string_view subject_type);

// The first answer to a request that is sent again; empty if it is the first.
// INVALID_ARGUMENT, reason REQUEST_ID_REUSED, if its id was another request's.
absl::StatusOr<std::string> FirstAnswer(const LedgerReceipt& receipt,
                                        absl::string_view request_digest);

// How the request of that receipt was taken; nothing if it was not.
std::optional<RequestTaken> HowTaken(const LedgerReceipt& receipt,
                                     absl::string_view request_digest);

// Likewise FirstAnswer, of a request that is refused as it stands now: it may
// be that it was done before, and cannot be done twice; `effects` is told.
// NOT_FOUND if it was not. May wait.
absl::StatusOr<std::string> EarlierAnswer(Ledger& ledger, int municipality,
                                          absl::string_view request_id,
                                          absl::string_view request_digest,
                                          EffectMeter& effects);

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_LEDGER_CALLS_H_
