#include "services/host/pages.h"

#include "absl/strings/str_cat.h"

namespace frikommune::host {
namespace {

constexpr int kOk = 200;
constexpr int kUnavailable = 503;

}  // namespace

void AddPages(const Readiness& readiness, const std::string& configuration,
              http::HttpServer& pages) {
  pages.Add("/livez",
            [] { return http::Page{.status = kOk, .body = "alive\n"}; });
  pages.Add("/readyz", [&readiness] {
    const std::string why_not = readiness.WhyNot();
    if (why_not.empty()) {
      return http::Page{.status = kOk, .body = "ready\n"};
    }
    return http::Page{.status = kUnavailable,
                      .body = absl::StrCat("not ready: ", why_not, "\n")};
  });
  pages.Add("/configz", [configuration] {
    return http::Page{.status = kOk, .body = configuration};
  });
}

}  // namespace frikommune::host
