#ifndef FRIKOMMUNE_SERVICES_HOST_PAGES_H_
#define FRIKOMMUNE_SERVICES_HOST_PAGES_H_

#include <string>

#include "adapters/http/http_server.h"
#include "services/host/readiness.h"

namespace frikommune::host {

// Adds what operators ask over HTTP beside /metrics:
//
//   /livez     200 for as long as the process lives
//   /readyz    200 while it takes calls, else 503 and why
//   /configz   `configuration`
//
// `readiness` outlives `pages`.
void AddPages(const Readiness& readiness, const std::string& configuration,
              http::HttpServer& pages);

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_PAGES_H_
