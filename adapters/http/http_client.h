#ifndef FRIKOMMUNE_ADAPTERS_HTTP_HTTP_CLIENT_H_
#define FRIKOMMUNE_ADAPTERS_HTTP_HTTP_CLIENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "adapters/http/http_server.h"

namespace frikommune::http {

// Asks HOST:PORT for `path`, "/metrics", in plain HTTP. UNAVAILABLE if nobody
// answers. Safe to call from many threads.
absl::StatusOr<Page> Get(const std::string& address, const std::string& path);

}  // namespace frikommune::http

#endif  // FRIKOMMUNE_ADAPTERS_HTTP_HTTP_CLIENT_H_
