#include "adapters/tls/certificates.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace frikommune::tls {
namespace {

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeX509 {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using X509Ptr = std::unique_ptr<X509, FreeX509>;

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  if (path.empty()) return "";
  std::ifstream file(path);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    return absl::UnavailableError(absl::StrCat("cannot read ", path));
  }
  return text.str();
}

Bio Open(const std::string& pem) {
  return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

// There is nobody to ask for one, so a key that wants a password is none.
int NoPassword(char*, int, int, void*) { return 0; }

// Every certificate of a file; empty if one of them is none.
std::vector<X509Ptr> Parse(const std::string& pem) {
  std::vector<X509Ptr> found;
  const Bio bio = Open(pem);
  while (
      X509Ptr one{PEM_read_bio_X509(bio.get(), nullptr, NoPassword, nullptr)}) {
    found.push_back(std::move(one));
  }
  // At the end there is no further beginning; all else is a fault.
  const bool ended =
      ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!ended) found.clear();
  return found;
}

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm parts = {};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return absl::InfinitePast();
  return absl::FromTM(parts, absl::UTCTimeZone());
}

absl::Time Until(const std::vector<X509Ptr>& certificates) {
  absl::Time until = absl::InfiniteFuture();
  for (const X509Ptr& one : certificates) {
    until = std::min(until, TimeOf(X509_get0_notAfter(one.get())));
  }
  return until;
}

absl::Status CheckOurs(const std::vector<X509Ptr>& chain,
                       const std::string& key_pem, absl::Time now) {
  if (chain.empty()) {
    return absl::FailedPreconditionError("there is no certificate");
  }
  const Bio bio = Open(key_pem);
  const Key key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassword, nullptr));
  const bool fits =
      key != nullptr && X509_check_private_key(chain[0].get(), key.get()) == 1;
  ERR_clear_error();
  if (key == nullptr) {
    return absl::FailedPreconditionError("there is no key without a password");
  }
  if (!fits) {
    return absl::FailedPreconditionError(
        "the key is not that of the certificate");
  }
  if (now < TimeOf(X509_get0_notBefore(chain[0].get()))) {
    return absl::FailedPreconditionError("the certificate is not valid yet");
  }
  if (now > TimeOf(X509_get0_notAfter(chain[0].get()))) {
    return absl::FailedPreconditionError("the certificate has expired");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Pems> ReadPems(const CertificateFiles& files) {
  if (files.certificate.empty() != files.key.empty()) {
    return absl::FailedPreconditionError(
        "a certificate and its key come together");
  }
  auto certificate = ReadFile(files.certificate);
  if (!certificate.ok()) return certificate.status();
  auto key = ReadFile(files.key);
  if (!key.ok()) return key.status();
  auto authorities = ReadFile(files.authorities);
  if (!authorities.ok()) return authorities.status();
  // A file that was named and is empty is not the same as none.
  if ((certificate->empty() && !files.certificate.empty()) ||
      (authorities->empty() && !files.authorities.empty())) {
    return absl::UnavailableError("a file of certificates is empty");
  }
  return Pems{*std::move(certificate), *std::move(key),
              *std::move(authorities)};
}

absl::StatusOr<Certificates> CheckPems(Pems pems, absl::Time now) {
  Certificates checked;
  if (!pems.certificate.empty()) {
    const std::vector<X509Ptr> chain = Parse(pems.certificate);
    absl::Status ours = CheckOurs(chain, pems.key, now);
    if (!ours.ok()) return ours;
    checked.certificate_until = Until(chain);
  }
  if (!pems.authorities.empty()) {
    const std::vector<X509Ptr> believed = Parse(pems.authorities);
    if (believed.empty()) {
      return absl::FailedPreconditionError("there is nobody to believe");
    }
    checked.authorities_until = Until(believed);
  }
  checked.pems = std::move(pems);
  return checked;
}

}  // namespace frikommune::tls
