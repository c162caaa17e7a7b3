#include "tests/e2e/http_get.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace frikommune::e2e {

HttpAnswer HttpGet(const std::string& address, const std::string& path) {
  const std::vector<std::string> parts = absl::StrSplit(address, ':');
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(std::atoi(parts.at(1).c_str())));
  inet_pton(AF_INET, parts.at(0).c_str(), &to.sin_addr);
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string text;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&to), sizeof to) ==
      0) {
    const std::string request =
        absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: ", address,
                     "\r\nConnection: close\r\n\r\n");
    if (write(connection, request.data(), request.size()) > 0) {
      char buffer[65536];
      ssize_t got = 0;
      while ((got = read(connection, buffer, sizeof buffer)) > 0) {
        text.append(buffer, static_cast<size_t>(got));
      }
    }
  }
  close(connection);
  const size_t space = text.find(' ');
  const size_t body = text.find("\r\n\r\n");
  if (space == std::string::npos || body == std::string::npos) return {};
  return {std::atoi(text.c_str() + space), text.substr(body + 4)};
}

}  // namespace frikommune::e2e
