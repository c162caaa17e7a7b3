#ifndef FRIKOMMUNE_SERVICES_CATALOG_EXPLAIN_H_
#define FRIKOMMUNE_SERVICES_CATALOG_EXPLAIN_H_

#include "absl/status/status.h"
#include "core/catalog/snapshot.h"
#include "frikommune/catalog/v1/catalog_service.pb.h"

namespace frikommune::catalog {

// Tells what is in force of a provision on a day: the version of ordinary law,
// and each option of the municipality's experiments that concerns it, with the
// gate that closes it if one does. Gates that turn on the case itself are left
// out of account. Pure and thread-safe.
//
// Errors by MakeError: NOT_FOUND NOT_IN_CATALOG for the provision, NOT_FOUND
// MUNICIPALITY_UNKNOWN, INVALID_ARGUMENT NAME_INVALID. The request has passed
// core/request.
absl::Status Explain(const Snapshot& snapshot,
                     const v1::ExplainProvisionRequest& request,
                     v1::ExplainProvisionResponse& response);

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_SERVICES_CATALOG_EXPLAIN_H_
