#ifndef FRIKOMMUNE_PORTS_LEDGER_H_
#define FRIKOMMUNE_PORTS_LEDGER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "core/ledger/chain_walk.h"
#include "frikommune/ledger/v1/entry.pb.h"

namespace frikommune {

// An entry to be kept. The ledger itself gives it its position and its hashes;
// everything else is set.
struct LedgerDraft {
  ledger::v1::Entry entry;
  // The name of the entry that must still be the latest of the subject; empty
  // if there must be none; not set if it does not matter.
  std::optional<std::string> follows;
  // Kept together with the draft before it, which is of the same municipality:
  // either both are kept now, or neither is.
  bool joined = false;
};

// What became of a draft.
struct LedgerReceipt {
  // OK if the entry is kept, now or earlier. ABORTED if `follows` is no longer
  // the latest, of this draft or of one that it is joined with;
  // RESOURCE_EXHAUSTED if the ledger has too much to do, or, reason STORE_FULL,
  // no room left; UNAVAILABLE if the store cannot be reached, and then it is
  // not known whether the entry is kept: to send it again is safe.
  absl::Status status;
  // Its place in the municipality's chain, if it is kept now.
  int64_t position = 0;
  // True if an entry of its municipality and request id was kept before: that
  // is `entry`, and the caller compares request_digest.
  bool repeated = false;
  std::optional<ledger::v1::Entry> entry;
};

// Which subjects are wanted. What is unset does not matter.
struct SubjectFilter {
  std::string service = {};
  std::string subject_type = {};
  std::string case_id = {};
  std::string provision = {};
  std::string experiment = {};
  std::optional<int> outcome = {};
  std::optional<int> state = {};
  // Days since 1970-01-01, both included.
  std::optional<int> from_day = {};
  std::optional<int> to_day = {};
};

// What waits to be kept.
struct LedgerQueue {
  // Drafts that are not answered yet, and the most that may wait.
  size_t depth = 0;
  size_t limit = 0;
  // How long the oldest has waited that is not answered; 0 if there is none.
  absl::Duration oldest = absl::ZeroDuration();
};

// The append-only record of what was decided, with a hash chain for each
// municipality. No entry is ever changed or removed.
//
// Every implementation passes tests/contract/ledger_contract.h, and is safe to
// call from many threads at once.
class Ledger {
 public:
  // Receipts in the order of the drafts. Called once, from any thread, and must
  // not wait.
  using Done = absl::AnyInvocable<void(std::vector<LedgerReceipt>) &&>;

  virtual ~Ledger() = default;

  // Keeps each draft, unless an entry of its municipality and request id is
  // kept already, which is looked at first; one draft's failure does not touch
  // the others, but for those that are joined. `done` is called when what is
  // kept will outlast a crash. Does not wait.
  virtual void Append(std::vector<LedgerDraft> drafts, Done done) = 0;

  // What waits now: nothing, where nothing ever does.
  virtual LedgerQueue Queue() { return {}; }

  // The functions below may wait for the store. UNAVAILABLE if it cannot be
  // reached; NOT_FOUND if there is no such entry.

  virtual absl::StatusOr<ledger::v1::Entry> FindByRequestId(
      int municipality, absl::string_view request_id) = 0;

  // The latest entry of a subject.
  virtual absl::StatusOr<ledger::v1::Entry> Latest(
      int municipality, absl::string_view subject) = 0;

  // The latest entries of the subjects that match, in the order of the
  // subjects' names, from the first after `after` on; at most `limit`.
  virtual absl::StatusOr<std::vector<ledger::v1::Entry>> ListSubjects(
      int municipality, const SubjectFilter& filter, absl::string_view after,
      int limit) = 0;

  // The entries of a municipality after a position, in their order; at most
  // `limit`.
  virtual absl::StatusOr<std::vector<ledger::v1::Entry>> Read(
      int municipality, int64_t after_position, int limit) = 0;

  // Likewise, as they are stored: nothing is read that is not asked for, and
  // nothing is taken for granted. Each lives until `take` returns, which does
  // not call the ledger.
  virtual absl::Status Scan(
      int municipality, int64_t after_position, int limit,
      absl::FunctionRef<void(const ledger::StoredEntry&)> take) = 0;

  // The first municipality after `after` that has something kept; 0 if there is
  // none.
  virtual absl::StatusOr<int> NextMunicipality(int after) = 0;

  // The last position that an entry of a municipality has; 0 if there is none.
  virtual absl::StatusOr<int64_t> LastPosition(int municipality) = 0;

  // The position that is noted beside a municipality's chain as its end, which
  // is the last one in a chain that is whole; 0 if none is noted.
  virtual absl::StatusOr<int64_t> NotedEnd(int municipality) = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_LEDGER_H_
