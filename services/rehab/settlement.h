#ifndef FRIKOMMUNE_SERVICES_REHAB_SETTLEMENT_H_
#define FRIKOMMUNE_SERVICES_REHAB_SETTLEMENT_H_

#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "frikommune/rehab/v1/agenda.pb.h"
#include "ports/agenda_store.h"
#include "ports/certificate_source.h"
#include "services/work/worker_pool.h"

namespace frikommune::rehab {

// Asks certificates about agenda items that wait, and keeps what it says: an
// item is CONFIRMED only when LÆ265 is settled, and else waits and says why.
//
// Thread-safe. What it is given outlives it. Its end waits for what is under
// way.
class Settlement {
 public:
  using Done = absl::AnyInvocable<void(absl::Status) &&>;

  // What becomes of a request if certificates cannot be asked.
  enum class WhenAway {
    // Its answer is the item, CERTIFICATES_UNAVAILABLE.
    kAnswer,
    // It fails with UNAVAILABLE, reason CERTIFICATES_UNAVAILABLE, and may be
    // sent again; the item stays as it is.
    kRefuse,
  };

  Settlement(AgendaStore& store, CertificateSource& certificates,
             work::WorkerPool& workers)
      : store_(store), certificates_(certificates), workers_(workers) {}
  ~Settlement();
  Settlement(const Settlement&) = delete;
  Settlement& operator=(const Settlement&) = delete;

  // Settles `item` and closes the request's answer, which is put in `answer`.
  // Does not wait. `done` is called once, on any thread; `answer` stays until
  // then. RESOURCE_EXHAUSTED, reason OVERLOADED, if the workers have too much
  // to do: the request is then open still, and goes on when it is sent again.
  void Settle(const AgendaRequest& request, const v1::AgendaItem& item,
              WhenAway when_away, v1::AgendaItem& answer, Done done)
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // One item that is asked about.
  struct Question;

  // What follows from the answer: the first on a thread that may not wait, the
  // second on one that may.
  void Answered(const std::shared_ptr<Question>& question,
                absl::StatusOr<CertificateAnswer> answer);
  absl::Status Keep(Question& question);
  void Finish(Question& question, absl::Status status)
      ABSL_LOCKS_EXCLUDED(mutex_);

  AgendaStore& store_;
  CertificateSource& certificates_;
  work::WorkerPool& workers_;
  absl::Mutex mutex_;
  int under_way_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_SERVICES_REHAB_SETTLEMENT_H_
