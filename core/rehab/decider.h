#ifndef FRIKOMMUNE_CORE_REHAB_DECIDER_H_
#define FRIKOMMUNE_CORE_REHAB_DECIDER_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
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
  // the fields of its Decision in that view, whatever the request says of it.
  // A transition to a job-clarification programme is decided by the law of its
  // own day.
  //
  // Errors by MakeError, with the field: those of inquiry::Inquiry::Begin, and
  // INVALID_ARGUMENT
  //   FIELD_REQUIRED  such a transition has no day
  absl::StatusOr<decision::Answer> Write(const v1::RouteCaseRequest& request,
                                         decision::v1::View view,
                                         wire::MessageWriter& out);

  // As above. The errors of inquiry::Inquiry::Begin.
  absl::StatusOr<decision::Answer> Write(
      const v1::DecideExtensionRequest& request, decision::v1::View view,
      wire::MessageWriter& out);

  // The same, read over `out` as the message that it is, in `default_view`
  // unless the request says otherwise.
  absl::Status Decide(const v1::RouteCaseRequest& request,
                      decision::v1::View default_view,
                      decision::v1::Decision& out);
  absl::Status Decide(const v1::DecideExtensionRequest& request,
                      decision::v1::View default_view,
                      decision::v1::Decision& out);

 private:
  const inquiry::FactFields routes_;
  const inquiry::FactFields extensions_;
  inquiry::Inquiry inquiry_;
  const catalog::Slot total_extension_months_;
};

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_CORE_REHAB_DECIDER_H_
