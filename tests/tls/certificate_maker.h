#ifndef FRIKOMMUNE_TESTS_TLS_CERTIFICATE_MAKER_H_
#define FRIKOMMUNE_TESTS_TLS_CERTIFICATE_MAKER_H_

#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace frikommune::tests {

// A certificate and its key, in PEM.
struct Issued {
  std::string certificate;
  std::string key;
};

// An authority that vouches for whom it is told to.
class CertificateMaker {
 public:
  explicit CertificateMaker(const std::string& name);
  ~CertificateMaker();
  CertificateMaker(const CertificateMaker&) = delete;
  CertificateMaker& operator=(const CertificateMaker&) = delete;

  // Its own certificate.
  std::string certificate() const;

  // One for a server on the loopback, or for a client, by the name `name`.
  Issued Issue(const std::string& name,
               absl::Time from = absl::Now() - absl::Hours(1),
               absl::Time until = absl::Now() + absl::Hours(24)) const;

 private:
  struct Authority;
  Authority* const authority_;
};

}  // namespace frikommune::tests

#endif  // FRIKOMMUNE_TESTS_TLS_CERTIFICATE_MAKER_H_
