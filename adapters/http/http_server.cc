#include "adapters/http/http_server.h"

#include <exception>
#include <utility>

#include "CivetServer.h"
#include "absl/strings/str_cat.h"

namespace frikommune::http {
namespace {

// A connection that says nothing holds a thread for at most the timeout.
constexpr char kThreads[] = "4";
constexpr char kRequestTimeoutMs[] = "5000";

class PageHandler final : public CivetHandler {
 public:
  PageHandler(std::string path, std::function<Page()> make)
      : path_(std::move(path)), make_(std::move(make)) {}

  bool handleGet(CivetServer*, mg_connection* connection) override {
    // Whatever begins with the path comes here, too.
    if (mg_get_request_info(connection)->local_uri != path_) return false;
    const Page page = make_();
    const std::string head =
        absl::StrCat("HTTP/1.1 ", page.status, " ",
                     mg_get_response_code_text(connection, page.status),
                     "\r\nContent-Type: ", page.type,
                     "\r\nContent-Length: ", page.body.size(),
                     "\r\nCache-Control: no-store"
                     "\r\nConnection: close\r\n\r\n");
    mg_write(connection, head.data(), head.size());
    mg_write(connection, page.body.data(), page.body.size());
    return true;
  }

 private:
  const std::string path_;
  const std::function<Page()> make_;
};

}  // namespace

HttpServer::HttpServer() = default;
HttpServer::~HttpServer() = default;

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Open(
    const std::string& listen) {
  std::unique_ptr<HttpServer> opened(new HttpServer());
  // The library reports by exception; it stops here.
  try {
    opened->server_ = std::make_unique<CivetServer>(std::vector<std::string>{
        "listening_ports", listen, "num_threads", kThreads,
        "request_timeout_ms", kRequestTimeoutMs});
  } catch (const std::exception& e) {
    return absl::UnavailableError(
        absl::StrCat("cannot serve HTTP on ", listen, ": ", e.what()));
  }
  const std::vector<int> ports = opened->server_->getListeningPorts();
  if (ports.empty()) {
    return absl::UnavailableError(
        absl::StrCat("cannot serve HTTP on ", listen));
  }
  opened->address_ =
      absl::StrCat(listen.substr(0, listen.rfind(':')), ":", ports[0]);
  return opened;
}

void HttpServer::Add(const std::string& path, std::function<Page()> make) {
  pages_.push_back(std::make_unique<PageHandler>(path, std::move(make)));
  server_->addHandler(path, *pages_.back());
}

}  // namespace frikommune::http
