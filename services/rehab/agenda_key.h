#ifndef FRIKOMMUNE_SERVICES_REHAB_AGENDA_KEY_H_
#define FRIKOMMUNE_SERVICES_REHAB_AGENDA_KEY_H_

#include "absl/strings/str_cat.h"
#include "core/ledger/request_digest.h"
#include "ports/agenda_store.h"
#include "ports/ids.h"

namespace frikommune::rehab {

// What is kept of a request to an RPC of RehabService. A request without an id
// gets one that nobody else has.
template <typename Request>
AgendaRequest KeyOf(int municipality, absl::string_view rpc,
                    const Request& request, Ids& ids) {
  return {municipality,
          request.request_id().empty() ? ids.Next() : request.request_id(),
          ledger::DigestOfRequest(
              absl::StrCat("frikommune.rehab.v1.RehabService/", rpc), request)};
}

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_SERVICES_REHAB_AGENDA_KEY_H_
