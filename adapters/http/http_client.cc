#include "adapters/http/http_client.h"

#include <cstdlib>
#include <memory>

#include "absl/strings/str_cat.h"
#include "civetweb.h"

namespace frikommune::http {
namespace {

constexpr int kAnswerMs = 10000;

struct Close {
  void operator()(mg_connection* connection) const {
    mg_close_connection(connection);
  }
};

}  // namespace

absl::StatusOr<Page> Get(const std::string& address, const std::string& path) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat(address, " is not written HOST:PORT"));
  }
  char error[256] = "";
  const std::unique_ptr<mg_connection, Close> connection(mg_connect_client(
      address.substr(0, colon).c_str(), std::atoi(address.c_str() + colon + 1),
      0, error, sizeof error));
  if (connection == nullptr) return absl::UnavailableError(error);
  mg_printf(connection.get(),
            "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n",
            path.c_str(), address.c_str());
  if (mg_get_response(connection.get(), error, sizeof error, kAnswerMs) < 0) {
    return absl::UnavailableError(error);
  }
  const mg_response_info* const info = mg_get_response_info(connection.get());
  Page page{.status = info->status_code, .type = "", .body = ""};
  char buffer[16384];
  int got = 0;
  while ((got = mg_read(connection.get(), buffer, sizeof buffer)) > 0) {
    page.body.append(buffer, static_cast<size_t>(got));
  }
  return page;
}

}  // namespace frikommune::http
