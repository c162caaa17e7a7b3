#ifndef FRIKOMMUNE_ADAPTERS_HTTP_HTTP_SERVER_H_
#define FRIKOMMUNE_ADAPTERS_HTTP_HTTP_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

class CivetHandler;
class CivetServer;

namespace frikommune::http {

// What is answered to a GET.
struct Page {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
};

// Answers GET of a few pages that are made anew each time, in plain HTTP, by
// threads of its own; 404 to all else. To close it takes about two seconds.
//
// Thread-safe.
class HttpServer {
 public:
  // Listens on HOST:PORT; port 0 takes any that is free. UNAVAILABLE if it
  // cannot listen there.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Open(
      const std::string& listen);
  ~HttpServer();

  // HOST:PORT, with the port that was bound.
  const std::string& address() const { return address_; }

  // Answers GET `path`, "/metrics", with what `make` returns, which may be
  // called by several threads at once.
  void Add(const std::string& path, std::function<Page()> make);

 private:
  HttpServer();

  std::string address_;
  std::vector<std::unique_ptr<CivetHandler>> pages_;
  // Last, so that it is closed before its pages are gone.
  std::unique_ptr<CivetServer> server_;
};

}  // namespace frikommune::http

#endif  // FRIKOMMUNE_ADAPTERS_HTTP_HTTP_SERVER_H_
