#include "tests/tls/certificate_maker.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <random>

namespace frikommune::tests {
namespace {

void Need(bool good) {
  if (!good) std::abort();
}

EVP_PKEY* MakeKey() {
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  Need(key != nullptr);
  return key;
}

void Extend(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension =
      X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  Need(extension != nullptr);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Not signed yet, and without an issuer.
X509* MakeCertificate(const std::string& name, EVP_PKEY* key, absl::Time from,
                      absl::Time until) {
  X509* const certificate = X509_new();
  Need(certificate != nullptr);
  X509_set_version(certificate, 2);
  std::random_device random;
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), random());
  ASN1_TIME_set(X509_getm_notBefore(certificate), absl::ToTimeT(from));
  ASN1_TIME_set(X509_getm_notAfter(certificate), absl::ToTimeT(until));
  X509_NAME_add_entry_by_txt(
      X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
      reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_pubkey(certificate, key);
  return certificate;
}

std::string TextOf(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  std::string text(bytes, static_cast<size_t>(size));
  BIO_free(bio);
  return text;
}

std::string PemOf(X509* certificate) {
  BIO* const bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate);
  return TextOf(bio);
}

std::string PemOf(EVP_PKEY* key) {
  BIO* const bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  return TextOf(bio);
}

}  // namespace

struct CertificateMaker::Authority {
  EVP_PKEY* key;
  X509* certificate;
};

CertificateMaker::CertificateMaker(const std::string& name)
    : authority_(new Authority{MakeKey(), nullptr}) {
  X509* const own =
      MakeCertificate(name, authority_->key, absl::Now() - absl::Hours(24),
                      absl::Now() + absl::Hours(24 * 365));
  authority_->certificate = own;
  X509_set_issuer_name(own, X509_get_subject_name(own));
  Extend(own, own, NID_basic_constraints, "critical,CA:TRUE");
  Extend(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
  Need(X509_sign(own, authority_->key, EVP_sha256()) > 0);
}

CertificateMaker::~CertificateMaker() {
  X509_free(authority_->certificate);
  EVP_PKEY_free(authority_->key);
  delete authority_;
}

std::string CertificateMaker::certificate() const {
  return PemOf(authority_->certificate);
}

Issued CertificateMaker::Issue(const std::string& name, absl::Time from,
                               absl::Time until) const {
  EVP_PKEY* const key = MakeKey();
  X509* const made = MakeCertificate(name, key, from, until);
  X509_set_issuer_name(made, X509_get_subject_name(authority_->certificate));
  Extend(made, authority_->certificate, NID_subject_alt_name,
         "IP:127.0.0.1,DNS:localhost");
  Extend(made, authority_->certificate, NID_ext_key_usage,
         "serverAuth,clientAuth");
  Need(X509_sign(made, authority_->key, EVP_sha256()) > 0);
  Issued issued{PemOf(made), PemOf(key)};
  X509_free(made);
  EVP_PKEY_free(key);
  return issued;
}

}  // namespace frikommune::tests
