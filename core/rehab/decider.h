#ifndef FRIKOMMUNE_CORE_REHAB_DECIDER_H_
#define FRIKOMMUNE_CORE_REHAB_DECIDER_H_

#include "absl/status/status.h"
#include "core/catalog/snapshot.h"
#include "core/inquiry/fact_fields.h"
#include "core/inquiry/inquiry.h"
#include "frikommune/decision/v1/decision.pb.h"
#include "frikommune/rehab/v1/rehab_service.pb.h"

namespace frikommune::rehab {

// Decides whether a case must be presented to the rehabilitation team, and
// whether a resource programme may be extended without it. Keeps nothing of a
// request but its own scratch sheet, so that a batch does not allocate one
// each.
//
// Not safe to share between threads. The snapshot must outlive it.
class Decider {
 public:
  explicit Decider(const catalog::Snapshot& snapshot);

  // Decides a request that has passed the checks of core/request, and writes
  // the answer over `out`, in `default_view` unless the request says otherwise.
  // A transition to a job-clarification programme is decided by the law of its
  // own day.
  //
  // Errors by MakeError, with the field: those of inquiry::Inquiry::Begin, and
  // INVALID_ARGUMENT
  //   FIELD_REQUIRED  such a transition has no day
  absl::Status Decide(const v1::RouteCaseRequest& request,
                      decision::v1::View default_view,
                      decision::v1::Decision& out);

  // As above. The errors of inquiry::Inquiry::Begin.
  absl::Status Decide(const v1::DecideExtensionRequest& request,
                      decision::v1::View default_view,
                      decision::v1::Decision& out);

  // The same, writing the fields of the answer as they are encoded: for who
  // does not look into it.
  absl::Status Decide(const v1::RouteCaseRequest& request,
                      decision::v1::View default_view,
                      wire::MessageWriter& out);
  absl::Status Decide(const v1::DecideExtensionRequest& request,
                      decision::v1::View default_view,
                      wire::MessageWriter& out);

 private:
  // Takes up a request, with all its facts.
  absl::Status Begin(const v1::RouteCaseRequest& request);
  absl::Status Begin(const v1::DecideExtensionRequest& request);
  template <typename Request, typename Out>
  absl::Status Answer(const Request& request, decision::v1::View default_view,
                      Out& out);

  const inquiry::FactFields routes_;
  const inquiry::FactFields extensions_;
  inquiry::Inquiry inquiry_;
  const catalog::Slot total_extension_months_;
};

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_CORE_REHAB_DECIDER_H_
