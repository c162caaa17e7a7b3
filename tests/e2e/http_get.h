#ifndef FRIKOMMUNE_TESTS_E2E_HTTP_GET_H_
#define FRIKOMMUNE_TESTS_E2E_HTTP_GET_H_

#include <string>

namespace frikommune::e2e {

// What a server answered over HTTP.
struct HttpAnswer {
  // 200; 0 if there was no answer.
  int status = 0;
  std::string body;
};

// Asks `address`, HOST:PORT, for `path`.
HttpAnswer HttpGet(const std::string& address, const std::string& path);

}  // namespace frikommune::e2e

#endif  // FRIKOMMUNE_TESTS_E2E_HTTP_GET_H_
