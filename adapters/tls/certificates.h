#ifndef FRIKOMMUNE_ADAPTERS_TLS_CERTIFICATES_H_
#define FRIKOMMUNE_ADAPTERS_TLS_CERTIFICATES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace frikommune::tls {

// PEM files, as an operator names them. One that is not needed is empty; a
// certificate and its key come together.
struct CertificateFiles {
  // Ours, and those that vouch for it up to a root.
  std::string certificate;
  std::string key;
  // Whom we believe.
  std::string authorities;

  bool empty() const { return certificate.empty() && authorities.empty(); }
};

// What is in them, word for word.
struct Pems {
  std::string certificate;
  std::string key;
  std::string authorities;

  bool operator==(const Pems&) const = default;
};

// Certificates that belong together, and until when they do: to the first day
// on which one of the file has expired; in the infinite future without any.
struct Certificates {
  Pems pems;
  absl::Time certificate_until = absl::InfiniteFuture();
  absl::Time authorities_until = absl::InfiniteFuture();
};

// UNAVAILABLE if a file cannot be read, or is empty; FAILED_PRECONDITION for a
// certificate without a key.
absl::StatusOr<Pems> ReadPems(const CertificateFiles& files);

// FAILED_PRECONDITION, in a few words and without what is secret, if there is
// no certificate where one should be, the key is another's, or our certificate
// is not valid `now`.
absl::StatusOr<Certificates> CheckPems(Pems pems, absl::Time now);

}  // namespace frikommune::tls

#endif  // FRIKOMMUNE_ADAPTERS_TLS_CERTIFICATES_H_
