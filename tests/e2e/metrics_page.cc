#include "tests/e2e/metrics_page.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace frikommune::e2e {
namespace {

// The answer to GET /metrics, headers and all.
std::string Ask(const std::string& address) {
  const std::vector<std::string> parts = absl::StrSplit(address, ':');
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(std::atoi(parts.at(1).c_str())));
  inet_pton(AF_INET, parts.at(0).c_str(), &to.sin_addr);
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string answer;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&to), sizeof to) ==
      0) {
    const std::string request =
        absl::StrCat("GET /metrics HTTP/1.1\r\nHost: ", address,
                     "\r\nConnection: close\r\n\r\n");
    if (write(connection, request.data(), request.size()) > 0) {
      char buffer[65536];
      ssize_t got = 0;
      while ((got = read(connection, buffer, sizeof buffer)) > 0) {
        answer.append(buffer, static_cast<size_t>(got));
      }
    }
  }
  close(connection);
  return answer;
}

}  // namespace

MetricsPage MetricsPage::Get(const std::string& address) {
  MetricsPage page;
  const std::string answer = Ask(address);
  const size_t body = answer.find("\r\n\r\n");
  if (body == std::string::npos) return page;
  page.text_ = answer.substr(body + 4);
  for (const absl::string_view line : absl::StrSplit(page.text_, '\n')) {
    const size_t space = line.rfind(' ');
    double value = 0;
    if (absl::StartsWith(line, "#") || space == absl::string_view::npos ||
        !absl::SimpleAtod(line.substr(space + 1), &value)) {
      continue;
    }
    page.values_[std::string(line.substr(0, space))] = value;
  }
  return page;
}

double MetricsPage::operator[](const std::string& series) const {
  const auto found = values_.find(series);
  return found == values_.end() ? 0 : found->second;
}

std::map<std::string, double> MetricsPage::Of(const std::string& name) const {
  std::map<std::string, double> found;
  for (const auto& [series, value] : values_) {
    if (absl::StartsWith(series, name)) found[series] = value;
  }
  return found;
}

std::string Handled(const std::string& type, const std::string& service,
                    const std::string& method, const std::string& code) {
  return absl::StrCat("grpc_server_handled_total{grpc_code=\"", code,
                      "\",grpc_method=\"", method, "\",grpc_service=\"",
                      service, "\",grpc_type=\"", type, "\"}");
}

double WaitFor(const std::string& address, const std::string& series,
               double value) {
  const absl::Time end = absl::Now() + absl::Seconds(10);
  double seen = 0;
  do {
    seen = MetricsPage::Get(address)[series];
  } while (seen != value && absl::Now() < end);
  return seen;
}

}  // namespace frikommune::e2e
