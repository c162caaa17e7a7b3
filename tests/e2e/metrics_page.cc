#include "tests/e2e/metrics_page.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/e2e/http_get.h"

namespace frikommune::e2e {
MetricsPage MetricsPage::Get(const std::string& address) {
  MetricsPage page;
  page.text_ = HttpGet(address, "/metrics").body;
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
