#ifndef FRIKOMMUNE_TESTS_E2E_METRICS_PAGE_H_
#define FRIKOMMUNE_TESTS_E2E_METRICS_PAGE_H_

#include <map>
#include <string>

namespace frikommune::e2e {

// What a server tells at GET /metrics.
class MetricsPage {
 public:
  // Asks `address`, HOST:PORT. Empty if there is no answer.
  static MetricsPage Get(const std::string& address);

  // The value of a series, given as it is written: `name{label="value"}`. 0 if
  // it is not there.
  double operator[](const std::string& series) const;

  // Every series of this name, buckets included, with its value.
  std::map<std::string, double> Of(const std::string& name) const;

  // As it was sent.
  const std::string& text() const { return text_; }

  size_t size() const { return values_.size(); }

 private:
  std::string text_;
  std::map<std::string, double> values_;
};

// The series that counts how calls ended.
std::string Handled(const std::string& type, const std::string& service,
                    const std::string& method, const std::string& code);

// Asks again until the series has that value, for up to ten seconds: a call may
// end for its caller before it has been counted. Returns the last value.
double WaitFor(const std::string& address, const std::string& series,
               double value);

}  // namespace frikommune::e2e

#endif  // FRIKOMMUNE_TESTS_E2E_METRICS_PAGE_H_
