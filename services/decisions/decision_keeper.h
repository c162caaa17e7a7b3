#ifndef FRIKOMMUNE_SERVICES_DECISIONS_DECISION_KEEPER_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_DECISION_KEEPER_H_

#include <functional>
#include <string>
#include <vector>

#include "core/catalog/snapshot.h"
#include "core/decision/decide.h"
#include "core/wire/message_writer.h"
#include "ports/clock.h"
#include "ports/decision_meter.h"
#include "ports/effect_meter.h"
#include "ports/ids.h"
#include "ports/ledger.h"
#include "services/decisions/deciding_call.h"
#include "services/decisions/effect.h"
#include "services/decisions/entry_drafts.h"
#include "services/decisions/ledger_calls.h"
#include "services/in_force/catalog_in_force.h"
#include "services/work/worker_pool.h"

namespace frikommune::decisions {

// What decisions are kept with. All of it outlives who uses it.
struct Means {
  // The service, as entries name it: "certificates".
  std::string service;
  const catalog::Snapshot& snapshot;
  DecisionMeter& meter;
  EffectMeter& effects;
  Ledger& ledger;
  const Clock& clock;
  Ids& ids;
  work::WorkerPool& workers;
};

// The same, whatever catalog decides.
struct KeepingMeans {
  std::string service;
  const CatalogInForce& catalog;
  DecisionMeter& meter;
  EffectMeter& effects;
  Ledger& ledger;
  const Clock& clock;
  Ids& ids;
  work::WorkerPool& workers;

  Means By(const catalog::Snapshot& snapshot) const {
    return {service, snapshot, meter, effects, ledger, clock, ids, workers};
  }
};

// Many questions at once.
struct AskedBatch {
  std::vector<Asked> items;
  // For items that do not say.
  decision::v1::View view = decision::v1::VIEW_BASIC;
  bool validate_only = false;
  // Whether nobody wants the answer any more.
  std::function<bool()> is_cancelled;
};

// Decides, keeps what is decided, and then answers. A request that is sent
// again with its id gets the first answer, also while that is under way: the
// ledger keeps one entry for an id, whoever comes first.
//
// Answers are written, and what is kept as the answer to a request is what was
// written. Every response with one decision has it where DecisionResult has.
//
// Knows nothing of gRPC. Thread-safe. Decides on the thread that calls, and
// does not wait; what must read before it decides is done by a worker. What it
// is given to read and to write to lives until `done` is called.
class DecisionKeeper {
 public:
  explicit DecisionKeeper(const Means& means) : means_(means) {}

  // The fields of the response to a batch.
  static constexpr int kResultsField = 1;
  static constexpr int kCatalogDigestField = 2;

  // Decides a request whose fields are checked, and writes the fields of the
  // response; in the FULL view unless it says otherwise. Errors as the call,
  // and
  //
  //   REQUEST_ID_REUSED  its id was another request's
  //   NAME_INVALID, RESOURCE_UNKNOWN, CONFLICT, STATE_CONFLICT, ETAG_STALE
  //                      of `supersedes`: no such decision in the municipality,
  //                      another case's, superseded already, changed meanwhile
  //   OVERLOADED, STORE_UNAVAILABLE
  void Decide(DecidingCall& call, const Asked& asked, wire::MessageWriter& out,
              Done done);

  // Checks and decides an item of a stream, and writes the fields of a
  // DecisionResult: its decision or its error.
  void DecideItem(DecidingCall& call, const Asked& asked,
                  wire::MessageWriter& out, absl::AnyInvocable<void() &&> done);

  // Likewise each item of a batch, as the fields of its response; one append
  // for all of them. CANCELLED, with nothing kept, once nobody wants the
  // answer; OVERLOADED if nothing can be kept now.
  void DecideAll(DecidingCall& call, const AskedBatch& batch,
                 wire::MessageWriter& out, Done done);

 private:
  // A question on its way to the answer that is kept of it.
  struct Item {
    Asked asked;
    decision::v1::View view;
    // Before which byte of the response its answer stands.
    size_t place = 0;
    absl::Status status = {};
    // The fields of a DecisionResult.
    std::string answer = {};
    // What it counts as.
    std::string experiment = {};
    decision::v1::Outcome outcome = {};
    decision::v1::Regime regime = {};
    int municipality = 0;
    // What it leads to, if it is kept as final.
    Effect effect = {};
    std::string digest = {};
    // The place of its draft, and later of its receipt; -1 if it has none.
    int draft = -1;
  };
  using Items = std::vector<Item>;

  // Room for what is written on the way, used for one item after the other.
  struct Written {
    // The fields of the decision in either view, and what the BASIC view says.
    wire::MessageWriter full{4096};
    wire::MessageWriter basic{1024};
    decision::v1::Decision said;
    // The decision as it is kept, or answered.
    wire::MessageWriter record{4096};
  };

  using Settled = absl::AnyInvocable<void(Items) &&>;

  // Writes the field of the answer, without keeping anything. Unless that is
  // OK, nothing is written.
  absl::Status Answer(DecidingCall& call, const Asked& asked,
                      decision::v1::View view, absl::string_view digest,
                      wire::MessageWriter& out);
  // Whether so many more may be kept now: to decide what is then refused would
  // take time from what is not.
  bool HasRoom(size_t drafts);
  static bool AllAreOverloaded(const Items& items);
  // Writes the fields of the response where the items' answers have their
  // places in what was `written`.
  void WriteAll(const Items& items, absl::string_view written,
                wire::MessageWriter& out);
  // Decides all items, here or by a worker, and keeps them.
  void Keep(DecidingCall& call, Items items, Settled settled, Done overloaded);
  void KeepNow(DecidingCall& call, Items items, Settled settled);
  // Decides one and drafts its entries.
  absl::Status Draft(DecidingCall& call, Item& item, Written& written,
                     std::vector<LedgerDraft>& drafts);
  // Decides, in both views.
  static absl::Status Write(DecidingCall& call, const Asked& asked,
                            Written& out);
  // Fills in the entry of a decision that was written.
  void WriteEntry(const Item& item, decision::v1::DecisionState state,
                  Written& written, ledger::v1::Entry& entry);
  // Drafts the end of a decision whose place the last of the drafts takes.
  void DraftEnd(decision::v1::RecordedDecision old, absl::Time now,
                std::vector<LedgerDraft>& drafts);
  // The decision whose place the item's takes; may wait.
  absl::StatusOr<decision::v1::RecordedDecision> Superseded(const Item& item);
  void Settle(const LedgerReceipt& receipt, Item& item);

  const Means means_;
};

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_DECISION_KEEPER_H_
